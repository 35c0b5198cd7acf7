"""The light list of steps says what the stages are; and what progress and time left follow from it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.studio.make.stages import STAGES
from greenroom.studio.steps import STEPS, share, time_left


def test_the_steps_are_the_stages() -> None:
    assert [(s.name, s.title, s.weight) for s in STEPS] == [(s.name, s.title, s.weight) for s in STAGES]


def test_the_shares_follow_each_other_from_nought_to_one() -> None:
    end = 0.0
    for step in STEPS:
        assert share(step.name).begin == pytest.approx(end)
        end = share(step.name).overall(1.0)
    assert end == pytest.approx(1.0)


@given(st.sampled_from(STEPS), st.floats(0, 1))
def test_a_stages_fraction_comes_back_from_the_wholes(step: object, fraction: float) -> None:
    part = share(step.name)
    assert part.within(part.overall(fraction)) == pytest.approx(fraction, abs=1e-9)


def test_time_left_needs_a_pace() -> None:
    assert time_left(worked=timedelta(seconds=1), done=0.0, left=1.0) is None
    assert time_left(worked=timedelta(seconds=10), done=0.5, left=0.25) == timedelta(seconds=5)
