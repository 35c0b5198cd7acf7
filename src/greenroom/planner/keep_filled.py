"""The tick that keeps schedules two weeks ahead: new times come into sight, queues and approvals change."""

import logging
from uuid import UUID

from greenroom.infra.context import Actor, House
from greenroom.infra.jobs.contexts import AWAY, context_for
from greenroom.planner import schedule_store
from greenroom.planner.fill import Filled, fill

log = logging.getLogger(__name__)

_AT_ONCE = 50
_LATER = 600
_ACTOR = Actor("system", None, "planner")


async def fill_due(house: House) -> int:
    """Fill every schedule whose turn it is; gives how many posts were made. A part of one is a transaction.

    Several callers at once follow each other; a schedule that fails holds up no other, its turn comes in ten minutes.
    """
    async with house.database.transaction() as tx:
        due = await schedule_store.to_fill(tx, _AT_ONCE)
    made = 0
    for row in due:
        organisation, client, schedule = row["organisation_id"], row["client_id"], row["id"]
        try:
            filled = Filled(0, more=True)
            while filled.more:
                filled = await _fill(house, organisation, client, schedule)
                made += filled.made
        except AWAY:
            log.exception("schedule %s is to be filled and the database does not answer; the next tick tries", schedule)
        except Exception:
            log.exception("schedule %s could not be filled; it is tried again in ten minutes", schedule)
            async with context_for(house, organisation, client, _ACTOR) as ctx:
                await schedule_store.fill_later(ctx, schedule, seconds=_LATER)
    return made


async def tick(house: House) -> None:
    await fill_due(house)


async def _fill(house: House, organisation: UUID, client: UUID, schedule: UUID) -> Filled:
    async with context_for(house, organisation, client, _ACTOR) as ctx:
        return await fill(ctx, schedule)
