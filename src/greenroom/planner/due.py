"""The tick that sends posts on their way when their time has come."""

import logging
from uuid import UUID

from greenroom.channels import facade as channels
from greenroom.infra.context import Actor, House
from greenroom.infra.database import Row
from greenroom.infra.jobs.contexts import AWAY, context_for
from greenroom.planner import schedule_store, store

log = logging.getLogger(__name__)

_AT_ONCE = 200
_ACTOR = Actor("system", None, "planner")


async def send_due(house: House) -> int:
    """Claim every post that is due; gives how many were. Several callers at once share them, none takes one twice.

    Each post is claimed in a transaction of its own together with its job, so one that fails holds up no other;
    it is put to failed, or enough of them would fill every tick.
    """
    async with house.database.transaction() as tx:
        due = await store.due(tx, _AT_ONCE, late=house.settings.late_after)
    taken = 0
    for row in due:
        try:
            taken += await _claim(house, row["organisation_id"], row["client_id"], row["id"])
        except AWAY:
            log.exception("post %s is due and the database does not answer; the next tick tries again", row["id"])
        except Exception as error:
            log.exception("post %s is due and could not be claimed", row["id"])
            taken += await _give_up(house, row, error)
    return taken


async def tick(house: House) -> None:
    await send_due(house)


async def _claim(house: House, organisation: UUID, client: UUID, post: UUID) -> bool:
    async with context_for(house, organisation, client, _ACTOR) as ctx:
        late = await channels.database_now(ctx) - house.settings.late_after
        schedule = await channels.schedule_of(ctx, post)
        skip = schedule is not None and (await schedule_store.schedule(ctx, schedule))["misfire"] == "skip"
        return await channels.claim_due(ctx, post, late=late, skip=skip) is not None


async def _give_up(house: House, row: Row, error: Exception) -> bool:
    reason = f"A fault in Greenroom kept it from going out ({type(error).__name__}); publish it again or cancel it"
    try:
        async with context_for(house, row["organisation_id"], row["client_id"], _ACTOR) as ctx:
            await channels.give_up(ctx, row["id"], reason)
    except Exception:
        log.exception("post %s could not be put to failed; the next tick tries again", row["id"])
        return False
    return True
