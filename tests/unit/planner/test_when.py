"""Wall times and zones: every clock change of every zone from 2026 to 2030, and what is refused."""

# ruff: noqa: DTZ001 -- a wall time has no zone, that is what is tested here

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.kit.errors import Invalid
from greenroom.planner.when import GRACE, When, instant, near_names, note_on, resolve, zone_names

START = datetime(2026, 1, 1, tzinfo=UTC)
END = datetime(2031, 1, 1, tzinfo=UTC)
ZONES = sorted(zone_names())


@cache
def transitions(name: str) -> tuple[datetime, ...]:
    """The moments (UTC, to the second) at which a zone's offset changes."""
    zone, found, step = ZoneInfo(name), [], timedelta(days=5)
    at = START
    while at < END:
        if at.astimezone(zone).utcoffset() != (at + step).astimezone(zone).utcoffset():
            found.append(_narrow(zone, at, at + step))
        at += step
    return tuple(found)


def _narrow(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
    return high.replace(microsecond=0)


def offsets(name: str, change: datetime) -> tuple[timedelta, timedelta]:
    zone = ZoneInfo(name)
    before = (change - timedelta(seconds=1)).astimezone(zone).utcoffset()
    after = change.astimezone(zone).utcoffset()
    assert before is not None
    assert after is not None
    return before, after


CHANGES = [(name, change) for name in ZONES for change in transitions(name)]


def test_there_are_changes_to_test() -> None:
    gaps = sum(1 for name, change in CHANGES if offsets(name, change)[1] > offsets(name, change)[0])
    assert gaps > 400
    assert len(CHANGES) - gaps > 400


def test_every_gap_moves_forward_by_what_was_skipped_and_says_so() -> None:
    for name, change in CHANGES:
        before, after = offsets(name, change)
        if after < before:
            continue
        skipped = (change + before).replace(tzinfo=None) + (after - before) / 2
        at = instant(skipped, ZoneInfo(name))
        assert at >= change, name
        shown = at.astimezone(ZoneInfo(name)).replace(tzinfo=None)
        assert shown == skipped + (after - before), name
        assert "put forward" in (note_on(skipped, ZoneInfo(name)) or ""), name


def test_every_fold_means_the_first_and_says_so() -> None:
    for name, change in CHANGES:
        before, after = offsets(name, change)
        if after > before:
            continue
        twice = (change + after).replace(tzinfo=None) + (before - after) / 2
        at = instant(twice, ZoneInfo(name))
        assert at < change, name
        assert at.astimezone(ZoneInfo(name)).replace(tzinfo=None) == twice, name
        assert "comes twice" in (note_on(twice, ZoneInfo(name)) or ""), name


@given(zone=st.sampled_from(ZONES), wall=st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31)))
def test_any_other_time_is_shown_as_asked(zone: str, wall: datetime) -> None:
    place = ZoneInfo(zone)
    at = instant(wall, place)
    assert at.tzinfo is UTC
    if note_on(wall, place) is None:
        assert at.astimezone(place).replace(tzinfo=None) == wall
        later = at + timedelta(days=1)
        assert later > at


@given(
    data=st.data(),
    change=st.sampled_from(CHANGES),
    minutes=st.integers(-180, 180),
)
def test_a_daily_time_fires_once_each_local_day_around_a_change(
    data: st.DataObject, change: tuple[str, datetime], minutes: int
) -> None:
    zone, at = change
    place = ZoneInfo(zone)
    wall = (at.astimezone(place) + timedelta(minutes=minutes)).replace(tzinfo=None)
    days = [instant(wall + timedelta(days=n), place) for n in range(-2, 3)]
    assert days == sorted(days)
    assert len(set(days)) == len(days)


@given(zone=st.sampled_from(ZONES), wall=st.datetimes(datetime(2026, 6, 1), datetime(2026, 7, 1)))
def test_never_before_now(zone: str, wall: datetime) -> None:
    now = datetime(2026, 6, 15, 12, tzinfo=UTC)
    if instant(wall, ZoneInfo(zone)) >= now - GRACE:
        assert resolve(wall, zone, now=now).at >= now
        return
    with pytest.raises(Invalid, match="has passed"):
        resolve(wall, zone, now=now)


def test_just_passed_means_now() -> None:
    now = datetime(2026, 11, 22, 8, 1, 30, tzinfo=UTC)
    asked = datetime(2026, 11, 22, 9, 0)
    assert resolve(asked, "Europe/Berlin", now=now) == When(asked, "Europe/Berlin", now)


def test_the_plain_case() -> None:
    found = resolve(datetime(2026, 11, 22, 9, 0), "Europe/Berlin", now=START)
    assert found.at == datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    assert found.note is None


@pytest.mark.parametrize(
    ("zone", "near"),
    [
        ("europe/berlin", "Europe/Berlin"),
        ("Europe/Berlim", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("Asia/Calcuta", "Asia/Calcutta"),
    ],
)
def test_an_unknown_zone_names_the_near_ones(zone: str, near: str) -> None:
    with pytest.raises(Invalid) as refused:
        resolve(datetime(2026, 11, 22, 9, 0), zone, now=START)
    assert near in near_names(zone)
    assert near in refused.value.detail
    assert "at.zone" in refused.value.fields


@pytest.mark.parametrize(
    "zone", ["", "Mars/Olympus_Mons", "../../etc/passwd", "localtime", "Factory", "x" * 5000, "\x00"]
)
def test_what_is_no_zone_is_refused(zone: str) -> None:
    with pytest.raises(Invalid, match="is no time zone"):
        resolve(datetime(2026, 11, 22, 9, 0), zone, now=START)


@pytest.mark.parametrize(
    ("wall", "says"),
    [
        (datetime(2026, 11, 21, 9, 0), "has passed"),
        (datetime(2030, 1, 1, 9, 0), "within the next two years"),
        (datetime(2026, 11, 23, 9, 0, tzinfo=UTC), "without an offset"),
        (datetime(1, 1, 1), "has passed"),
        (datetime(9999, 12, 31, 23, 59), "within the next two years"),
    ],
)
def test_times_that_cannot_be_planned_are_refused_with_a_sentence(wall: datetime, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        resolve(wall, "Europe/Berlin", now=datetime(2026, 11, 22, 12, tzinfo=UTC))
