"""One time for each instant and account, also where clocks that are put forward make two wall times one. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from greenroom.planner.occurrences import Occurrence
from greenroom.planner.when import clock, instant, note_on, shown


def once(found: Iterable[Occurrence], place: ZoneInfo) -> Iterator[Occurrence]:
    """The times in the order in which they come, each instant once for an account.

    Of two that are one instant the time that clocks show stays, with the other as its `skipped`; of two that are the
    same on the wall the first. `found` is in the order of the wall.
    """
    at: datetime | None = None
    there: set[UUID] = set()
    for moment, one in _in_order(iter(found), place):
        if moment != at:
            at, there = moment, set()
        if one.account not in there:
            there.add(one.account)
            yield one


def note_of(one: Occurrence, place: ZoneInfo) -> str | None:
    """What clocks do to this time, in words; None when nothing."""
    if one.skipped is None:
        return note_on(one.wall, place)
    return (
        f"Clocks are put forward past {clock(one.skipped)} that day, which would go out at {clock(one.wall)} too; "
        "it goes out once"
    )


def _in_order(found: Iterator[Occurrence], place: ZoneInfo) -> Iterator[tuple[datetime, Occurrence]]:
    around: list[Occurrence] = []
    until: datetime | None = None
    for one in found:
        if until is not None and one.wall > until:
            yield from _settled(around, place)
            around, until = [], None
        if until is not None or shown(one.wall, place) != one.wall:
            # From the first that clocks skip to the last that may be one instant with a skipped one.
            around.append(one)
            until = max(until or one.wall, shown(one.wall, place))
        else:
            yield instant(one.wall, place), one
    yield from _settled(around, place)


def _settled(around: list[Occurrence], place: ZoneInfo) -> list[tuple[datetime, Occurrence]]:
    skipped = {(one.account, shown(one.wall, place)): one.wall for one in around if shown(one.wall, place) != one.wall}
    kept = [replace(one, skipped=skipped.get((one.account, one.wall))) for one in around]
    placed = [(instant(one.wall, place), shown(one.wall, place) != one.wall, one) for one in kept]
    return [(at, one) for at, _, one in sorted(placed, key=lambda each: each[:2])]
