"""A new account's ramp, its cap and the distance between posts."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.channels.pacing import RAMP, Pace, begins_again

BEGIN = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("day", "phase", "cap"),
    [(-5, 1, 1), (0, 1, 1), (6, 1, 1), (7, 2, 2), (13, 2, 2), (14, 3, 3), (27, 3, 3), (28, None, 10), (400, None, 10)],
)
def test_the_ramp(day: int, phase: int | None, cap: int) -> None:
    pace = Pace(daily_cap=10, ramp_from=BEGIN)
    at = BEGIN + timedelta(days=day)
    found = pace.phase_on(at)
    assert (found.number if found else None, pace.cap_on(at)) == (phase, cap)


def test_a_ramp_never_gives_more_than_the_accounts_own_cap() -> None:
    assert Pace(daily_cap=2, ramp_from=BEGIN).cap_on(BEGIN + timedelta(days=20)) == 2


def test_without_a_ramp_the_cap_holds_from_the_first_day() -> None:
    assert Pace(daily_cap=4).cap_on(BEGIN) == 4
    assert sum(phase.days for phase in RAMP) == 28


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 2), timezones=st.just(UTC))  # noqa: DTZ001 -- Hypothesis wants them bare


@given(MOMENTS, st.lists(MOMENTS, max_size=12), st.integers(0, 300))
def test_the_free_time_keeps_the_distance_and_is_the_first(
    wanted: datetime, others: list[datetime], minutes: int
) -> None:
    apart = timedelta(minutes=minutes)
    free = Pace(daily_cap=1, apart=apart).free_from(wanted, others)
    assert free >= wanted
    assert all(abs(other - free) >= apart for other in others)
    # Nothing between is free: whatever is tried there is too near to one of them.
    tried = [wanted + (free - wanted) * part / 20 for part in range(20)] if free > wanted else []
    assert all(any(abs(other - one) < apart for other in others) for one in tried)


@pytest.mark.parametrize(("day", "ends"), [(-3, 7), (0, 7), (6, 7), (7, 14), (14, 28), (27, 28), (28, None)])
def test_when_a_phase_ends(day: int, ends: int | None) -> None:
    found = Pace(daily_cap=10, ramp_from=BEGIN).phase_ends(BEGIN + timedelta(days=day))
    assert found == (None if ends is None else BEGIN + timedelta(days=ends))


@given(st.integers(1, 3))
def test_a_phase_that_begins_again_begins_today(number: int) -> None:
    pace = Pace(daily_cap=10, ramp_from=begins_again(number, BEGIN))
    today, before = pace.phase_on(BEGIN), pace.phase_on(BEGIN - timedelta(days=1))
    assert today is not None
    assert today.number == number
    assert number == 1 or (before is not None and before.number == number - 1)


def test_the_next_free_time_goes_over_a_day_of_25_hours() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    full = [datetime(2026, 10, 25, hour, tzinfo=berlin) for hour in (8, 12)]
    wanted = datetime(2026, 10, 25, 0, 30, tzinfo=berlin)
    free = Pace(daily_cap=2).next_free(wanted, full, berlin, last=wanted + timedelta(days=9))
    assert free == datetime(2026, 10, 26, 0, 30, tzinfo=berlin)
    assert Pace(daily_cap=2).next_free(wanted, full, berlin, last=wanted + timedelta(hours=20)) is None
