"""A new account's ramp, its cap and the distance between posts."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.channels.pacing import RAMP, Pace

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
