"""The tick that sends posts on their way when their time has come."""

import logging
from datetime import timedelta
from uuid import UUID

from greenroom.channels import facade as channels
from greenroom.infra.context import Actor, House
from greenroom.infra.jobs.contexts import context_for
from greenroom.planner import store

log = logging.getLogger(__name__)

LATE = timedelta(hours=1)
"""A post this late is missed, and a person is asked."""

_AT_ONCE = 200
_ACTOR = Actor("system", None, "planner")


async def send_due(house: House) -> int:
    """Claim every post that is due; gives how many were. Several callers at once share them, none takes one twice.

    Each post is claimed in a transaction of its own together with its job, so one that fails holds up no other.
    """
    async with house.database.transaction() as tx:
        due = await store.due(tx, _AT_ONCE)
    taken = 0
    for row in due:
        try:
            taken += await _claim(house, row["organisation_id"], row["client_id"], row["id"])
        except Exception:
            log.exception("post %s is due and could not be claimed; the next tick tries again", row["id"])
    return taken


async def tick(house: House) -> None:
    await send_due(house)


async def _claim(house: House, organisation: UUID, client: UUID, post: UUID) -> bool:
    async with context_for(house, organisation, client, _ACTOR) as ctx:
        late = await channels.database_now(ctx) - LATE
        return await channels.claim_due(ctx, post, late=late) is not None
