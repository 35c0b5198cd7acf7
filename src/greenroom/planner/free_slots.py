"""Which of an account's queue slots are free: no post stands in them, and the account's pace allows one."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from greenroom.channels import facade as channels
from greenroom.infra.context import Context
from greenroom.kit.errors import Conflict
from greenroom.planner import slot_store as store
from greenroom.planner.occurrences import Occurrence
from greenroom.planner.once import note_of, once
from greenroom.planner.slot_contracts import FreeSlot
from greenroom.planner.when import When, instant, place_of
from greenroom.tenancy import facade as tenancy

_FAR = timedelta(days=60)
"""How far is looked for the next free slot."""


async def within(ctx: Context, account: UUID, first: date, last: date) -> list[FreeSlot]:
    """The account's free slots from the beginning of `first` to the end of `last`, those to come."""
    return [
        FreeSlot(wall=when.wall, zone=when.zone, at=when.at, note=when.note)
        for when in await _free(ctx, account, first, last)
    ]


async def next_free(ctx: Context, account: UUID) -> When:
    """The account's next free slot; Conflict when it has none. Lock the account to keep it free."""
    now = await channels.database_now(ctx)
    begin = now.date() - timedelta(days=1)
    for free in await _free(ctx, account, begin, begin + _FAR):
        return free
    name = (await channels.get_account(ctx, account)).name
    if await store.slots(ctx, account):
        raise Conflict(f"No slot of {name} is free for {_FAR.days} days; add slots, or change the account's pace")
    raise Conflict(f"{name} has no queue slots; add some in the calendar, or choose a time")


async def _free(ctx: Context, account: UUID, first: date, last: date) -> list[When]:
    client = (await channels.get_account(ctx, account)).client_id
    zone = await tenancy.client_zone(ctx, client)
    place, now = place_of(zone), await channels.database_now(ctx)
    week = [(row["weekday"], row["at"]) for row in await store.slots(ctx, account)]
    walls = (Occurrence(f"{wall}", wall, account) for wall in slot_walls(week, first, last))
    coming = [one for one in once(walls, place) if instant(one.wall, place) > now]
    allowed = await channels.free_among(ctx, account, [instant(one.wall, place) for one in coming])
    return [
        When(one.wall, zone, instant(one.wall, place), note_of(one, place))
        for one, free in zip(coming, allowed, strict=True)
        if free
    ]


def slot_walls(week: Iterable[tuple[int, time]], first: date, last: date) -> Iterator[datetime]:
    """The wall times of weekly slots from day to day, in order."""
    by_day = sorted(week)
    while first <= last:
        for weekday, at in by_day:
            if weekday == first.weekday():
                yield datetime.combine(first, at)
        first += timedelta(days=1)
