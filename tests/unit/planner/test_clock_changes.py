"""Every zone and every change of its clocks from 2026 to 2030: a time comes once, and stays on the wall."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from itertools import pairwise, takewhile
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.planner.fill import due_between
from greenroom.planner.occurrences import Occurrence, Plan, occurrences
from greenroom.planner.once import note_of, once
from greenroom.planner.schedule_contracts import ScheduleDraft, WindowShape
from greenroom.planner.when import instant, note_on, zone_names
from tests.support.figures import Figures

FIRST, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
ACCOUNT = UUID("01a1fed8-c14b-7320-86cb-10ca3a4fb5ff")
OTHER = UUID("01a1fed8-c14b-7320-86cb-10ca3a4fb600")
ZONES = sorted(zone_names())
_AN_HOUR = timedelta(hours=1)
_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Change:
    """The instant at which a zone's clocks are moved, and by how much."""

    zone: str
    at: datetime
    by: timedelta


@cache
def changes(zone: str) -> tuple[Change, ...]:
    return tuple(_changes(zone))


def _changes(zone: str) -> Iterator[Change]:
    """The changes of the zone's offset within the years, to the second."""
    place = ZoneInfo(zone)

    def offset(at: datetime) -> timedelta:
        found = at.astimezone(place).utcoffset()
        assert found is not None
        return found

    at = FIRST
    while at < END:
        if offset(at) != offset(at + _A_DAY):
            low, high = at, at + _A_DAY
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                low, high = (middle, high) if offset(middle) == offset(low) else (low, middle)
            yield Change(zone, high.replace(microsecond=0), offset(at + _A_DAY) - offset(at))
        at += _A_DAY


def daily(zone: str, at: time, start: datetime) -> Plan:
    draft = ScheduleDraft(
        name="Daily", kind="rule", rule="FREQ=DAILY", start=datetime.combine(start.date(), at), zone=zone,
        accounts=(ACCOUNT,), seed="1",
    )  # fmt: skip
    return Plan(draft, "1")


def fired(zone: str, at: time, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """The times between two instants as (wall, instant)."""
    place = ZoneInfo(zone)
    found = due_between(daily(zone, at, since.replace(tzinfo=None) - 3 * _A_DAY), place, since, until)
    return [(one.wall, instant(one.wall, place)) for one in found]


def check_around(change: Change, at: time) -> None:
    """Four days around a change: one time for each local day, at that time on the wall or the first one after it."""
    place = ZoneInfo(change.zone)
    local = change.at.astimezone(place).date()
    first, last = local - 2 * _A_DAY, local + 2 * _A_DAY
    begin, end = (instant(datetime.combine(day, time(0)), place) for day in (first, last))
    found = [one for one in fired(change.zone, at, begin - _A_DAY, end + _A_DAY) if first <= one[0].date() < last]
    assert [wall for wall, _ in found] == [
        datetime.combine(first + day * _A_DAY, at) for day in range((last - first).days)
    ]
    moments = [moment for _, moment in found]
    assert moments == sorted(set(moments))
    for wall, moment in found:
        shown = moment.astimezone(place).replace(tzinfo=None)
        if shown == wall:
            # Of two moments that show this time it is the first.
            assert not any(
                (moment - back).astimezone(place).replace(tzinfo=None) == wall
                for back in (abs(change.by), timedelta(minutes=30), _AN_HOUR, _A_DAY)
            )
        else:
            # No clock shows this time: it is moved on by what was skipped, past the change, and says so.
            assert change.by > timedelta(0)
            assert shown == wall + change.by
            assert change.at <= moment
            assert "Clocks are put forward" in (note_on(wall, place) or "")


@pytest.mark.slow
def test_all_zones_and_all_their_changes(figures: Figures) -> None:
    checked, moved = 0, {zone: changes(zone) for zone in ZONES}
    for zone, found in moved.items():
        for change in found:
            local = change.at.astimezone(ZoneInfo(zone))
            # Nine in the morning, the moment of the change, and times in the gap or the fold.
            near = [(local + by).time().replace(second=0, tzinfo=None) for by in _AROUND]
            for at in (time(9), time(0), *near):
                check_around(change, at)
                checked += 1
    assert [len(moved[zone]) for zone in ("Europe/Berlin", "America/New_York", "Asia/Tokyo")] == [10, 10, 0]
    zones, all_changes = sum(map(bool, moved.values())), sum(map(len, moved.values()))
    figures(
        "clock changes 2026 to 2030",
        f"{len(ZONES)} zones, {all_changes} changes in {zones} of them; {checked} daily times, each once a day",
    )
    assert (zones > 150, all_changes > 1500) == (True, True)


_AROUND = (-timedelta(minutes=30), timedelta(0), timedelta(minutes=45))


def several(change: Change) -> Iterator[tuple[str, Plan]]:
    """A plan of each kind with many times around the change: before it, in the gap or the fold, and after it."""
    moved = change.at + min(timedelta(0), change.by)
    first = moved.astimezone(ZoneInfo(change.zone)).replace(tzinfo=None, second=0) - _AN_HOUR
    if change.by > timedelta(0):
        first -= change.by
    last = first + abs(change.by) + 2 * _AN_HOUR
    halves = [first + number * timedelta(minutes=30) for number in range(int((last - first) / timedelta(minutes=30)))]
    hours, minutes = ({getattr(half, part) for half in halves} for part in ("hour", "minute"))
    rule = f"FREQ=DAILY;BYHOUR={','.join(map(str, hours))};BYMINUTE={','.join(map(str, minutes))}"
    said = {
        "name": "Often", "start": datetime.combine(first.date() - 2 * _A_DAY, time(0)), "zone": change.zone,
        "accounts": (ACCOUNT, OTHER), "seed": "1",
    }  # fmt: skip
    window = WindowShape(opens=f"{first:%H:%M}", closes=f"{last:%H:%M}", times=24)
    yield "several a day", Plan(ScheduleDraft(kind="rule", rule=rule, **said), "1")
    yield "in turns", Plan(ScheduleDraft(kind="rule", rule=rule, pattern="rotate", **said), "1")
    yield "windows", Plan(ScheduleDraft(kind="window", window=window, **said), "1")
    week = tuple((day, half.time()) for half in halves for day in range(7))
    yield "slots", Plan(ScheduleDraft(kind="slots", **said), "1", {ACCOUNT: week, OTHER: week[::2]})


def check_once(change: Change, plan: Plan) -> int:
    """Three days around a change: no time is lost and none comes twice. How many became one with another."""
    place = ZoneInfo(change.zone)
    begin, end = change.at - _A_DAY, change.at + _A_DAY
    wall = begin.astimezone(place).replace(tzinfo=None)
    planned = [
        one for one in takewhile(lambda one: one.wall < wall + 4 * _A_DAY, occurrences(plan, wall - _A_DAY))
        if begin < instant(one.wall, place) <= end
    ]  # fmt: skip
    found = list(due_between(plan, place, begin, end))
    comes = [(instant(one.wall, place), one.account) for one in found]
    assert [at for at, _ in comes] == sorted(at for at, _ in comes)
    assert len(set(comes)) == len(comes)
    assert set(comes) == {(instant(one.wall, place), one.account) for one in planned}
    assert len({(one.wall, one.account) for one in found}) == len(found)
    stands = {(one.account, one.wall) for one in planned}
    for one in found:
        shown = instant(one.wall, place).astimezone(place).replace(tzinfo=None)
        if shown != one.wall:
            assert change.by > timedelta(0)
            assert (one.account, shown) not in stands
        if one.skipped is not None:
            assert one.skipped + change.by == one.wall == shown
            assert "it goes out once" in (note_of(one, place) or "")
    return len(planned) - len(found)


def test_windows_and_several_times_a_day_come_once_at_every_change(figures: Figures) -> None:
    # Zones whose clocks do the same for a week before and after are one case.
    alike = {_around(change): change for zone in ZONES for change in changes(zone)}
    forward, back = Counter[str](), Counter[str]()
    for change in alike.values():
        for kind, plan in several(change):
            (forward if change.by > timedelta(0) else back)[kind] += check_once(change, plan)
    merged = ", ".join(f"{number} of {kind}" for kind, number in forward.items())
    figures(
        "times around a change",
        f"{len(alike)} different changes, schedules of {len(forward)} kinds: each instant once; put forward, {merged} "
        "became one with another",
    )
    assert (len(alike) > 100, min(forward.values()) > 50, sum(back.values())) == (True, True, 0)


def _around(change: Change) -> tuple[object, ...]:
    place = ZoneInfo(change.zone)
    return (change.at, *((change.at + day * _A_DAY).astimezone(place).utcoffset() for day in range(-7, 8)))


def test_of_two_times_that_become_one_the_one_that_clocks_show_stays() -> None:
    place = ZoneInfo("Europe/Berlin")
    walls = [datetime.fromisoformat(f"2027-03-28T{at}") for at in ("01:30", "02:15", "02:30", "03:00", "03:30")]
    found = list(once([Occurrence(f"{wall:%H:%M}", wall, ACCOUNT) for wall in walls], place))
    assert [(one.key, one.skipped and f"{one.skipped:%H:%M}") for one in found] == [
        ("01:30", None), ("03:00", None), ("02:15", None), ("03:30", "02:30"),
    ]  # fmt: skip
    assert [note_of(one, place) for one in found] == [
        None,
        None,
        "Clocks are put forward past 02:15 that day, so it goes out at 03:15",
        "Clocks are put forward past 02:30 that day, which would go out at 03:30 too; it goes out once",
    ]


@settings(deadline=None, max_examples=25)
@given(zone=st.sampled_from(ZONES), hour=st.integers(0, 23), minute=st.integers(0, 59))
def test_a_daily_time_comes_once_on_each_day_of_five_years(zone: str, hour: int, minute: int) -> None:
    place, at = ZoneInfo(zone), time(hour, minute)
    found = fired(zone, at, FIRST - 2 * _A_DAY, END + 2 * _A_DAY)
    days = [wall.date() for wall, _ in found]
    assert days == [days[0] + number * _A_DAY for number in range(len(days))]
    assert {wall.time() for wall, _ in found} == {at}
    moments = [moment for _, moment in found]
    assert all(one < two for one, two in pairwise(moments))
    skipped = [wall for wall, moment in found if moment.astimezone(place).replace(tzinfo=None) != wall]
    assert all(note_on(wall, place) for wall in skipped)
