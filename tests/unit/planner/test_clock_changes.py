"""Every zone and every change of its clocks from 2026 to 2030: a daily time comes once a day, and stays on the wall."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.planner.fill import due_between
from greenroom.planner.occurrences import Plan
from greenroom.planner.schedule_contracts import ScheduleDraft
from greenroom.planner.when import instant, note_on, zone_names
from tests.support.figures import Figures

FIRST, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
ACCOUNT = UUID("01a1fed8-c14b-7320-86cb-10ca3a4fb5ff")
ZONES = sorted(zone_names())
_AN_HOUR = timedelta(hours=1)
_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Change:
    """The instant at which a zone's clocks are moved, and by how much."""

    zone: str
    at: datetime
    by: timedelta


def changes(zone: str) -> Iterator[Change]:
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


def test_all_zones_and_all_their_changes(figures: Figures) -> None:
    checked, moved = 0, {zone: list(changes(zone)) for zone in ZONES}
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
