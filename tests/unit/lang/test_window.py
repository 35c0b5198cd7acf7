"""Times drawn in a window keep its bounds and their distance, and are the same each time."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.kit.errors import Invalid
from greenroom.lang.window import Window, check_window, drawn

DAY = date(2026, 11, 23)


@given(
    opens=st.times(), closes=st.times(), times=st.integers(1, 24), apart=st.integers(0, 600), seed=st.text(max_size=5)
)
def test_drawn_times_lie_in_the_window_and_apart(opens: time, closes: time, times: int, apart: int, seed: str) -> None:
    window = Window(opens.replace(second=0, microsecond=0), closes.replace(second=0, microsecond=0), times,
                    timedelta(minutes=apart))  # fmt: skip
    try:
        check_window(window)
    except Invalid:
        return
    found = drawn(window, DAY, seed=seed)
    begin = datetime.combine(DAY, window.opens)
    assert len(found) == times
    assert all(begin <= at <= begin + window.length for at in found)
    assert all(two - one >= max(window.apart, timedelta(minutes=1)) for one, two in pairwise(found))
    assert found == drawn(window, DAY, seed=seed)


def test_days_and_seeds_differ() -> None:
    window = Window(time(8), time(22), 3)
    seen = {tuple(drawn(window, DAY + timedelta(days=n), seed=seed)) for n in range(20) for seed in ("a", "b")}
    assert len(seen) == 40


def test_all_of_the_window_is_used() -> None:
    window = Window(time(22), time(2))
    minutes = [(drawn(window, DAY, seed=str(n))[0] - datetime.combine(DAY, time(22))).seconds // 60 for n in range(500)]
    assert min(minutes) < 15
    assert max(minutes) > 225
    assert 100 < sum(minutes) / len(minutes) < 140


@pytest.mark.parametrize(
    "window",
    [
        Window(time(9), time(10), 0),
        Window(time(9), time(10), 25),
        Window(time(9), time(10), 3, timedelta(minutes=31)),
        Window(time(9), time(10), 2, timedelta(minutes=-1)),
        Window(time(9), time(9, 5), 7),
    ],
)
def test_windows_that_do_not_hold_their_times(window: Window) -> None:
    with pytest.raises(Invalid):
        check_window(window)
