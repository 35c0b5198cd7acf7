"""The ticks: hours that are over are summed up, what told readers apart is thrown away."""

import logging

from greenroom.infra.context import Actor, House
from greenroom.infra.jobs.contexts import context_for
from greenroom.insights import store
from greenroom.insights.count import forget

log = logging.getLogger(__name__)

_AT_ONCE = 500
_ACTOR = Actor("system", None, "insights")


async def sum_up(house: House) -> int:
    """Sum up every hour that is over and has new hits, also late ones; gives how many were. May be repeated."""
    async with house.database.transaction() as tx:
        marks = await store.open_hours(tx, _AT_ONCE)
    done = 0
    for mark in marks:
        async with context_for(house, mark["organisation_id"], mark["client_id"], _ACTOR) as ctx:
            done += await store.close_hour(ctx, mark["id"])
    return done


async def roll_up(house: House) -> None:
    await sum_up(house)


async def forget_readers(house: House) -> None:
    async with house.database.transaction() as tx:
        await forget(tx, house.clock.now())
