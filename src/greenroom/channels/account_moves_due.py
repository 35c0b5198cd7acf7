"""The tick that moves accounts on when their time has come: the next phase of a ramp, the end of a rest."""

import logging

from greenroom.channels import account_moves_store as store
from greenroom.channels import account_store, pace_store
from greenroom.channels.account_moves import Standing, by_rule, standing
from greenroom.channels.pace import pace_of
from greenroom.infra.context import Actor, Context, House
from greenroom.infra.database import Row
from greenroom.infra.jobs.contexts import context_for

log = logging.getLogger(__name__)

_AT_ONCE = 200
_ACTOR = Actor("rule", None, "channels")


async def tick(house: House) -> None:
    await move_due(house)


async def move_due(house: House) -> int:
    """Move every account whose phase, rest or cooldown is over; gives how many. One that fails holds up no other."""
    async with house.database.transaction() as tx:
        found = await store.to_move(tx, _AT_ONCE)
    moved = 0
    for row in found:
        try:
            async with context_for(house, row["organisation_id"], row["client_id"], _ACTOR) as ctx:
                moved += await _move_on(ctx, await account_store.account(ctx, row["id"], lock=True))
        except Exception:
            log.exception("account %s could not be moved on; the next tick tries again", row["id"])
    return moved


async def _move_on(ctx: Context, before: Row) -> bool:
    if not await store.is_due(ctx, before["id"]):
        return False
    at = await standing(ctx, before["id"])
    if before["state"] == "ramping":
        rule, why = "the ramp", await _phase_words(ctx, before, at)
    else:
        rest = "rest" if before["state"] == "resting" else "cooldown"
        rule, why = f"the {rest}’s end", f"Its {rest} is over"
    await by_rule(ctx, before, at.state, rule, why, until=at.until, phase=at.phase)
    return True


async def _phase_words(ctx: Context, before: Row, at: Standing) -> str:
    cap = pace_of(await pace_store.pace(ctx, before["id"])).daily_cap
    if at.phase is None:
        return f"Its ramp is over: {_posts(cap)} a day from now on"
    return f"Phase {at.phase.number} of its ramp: {_posts(min(cap, at.phase.posts))} a day"


def _posts(count: int) -> str:
    return "1 post" if count == 1 else f"{count} posts"
