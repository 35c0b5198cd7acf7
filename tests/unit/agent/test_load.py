"""When fewer frames are called for, and when more again."""

from greenroom.agent.program.load import CALM, MOST, STEPS, Load


def fed(load: Load, late: float, times: int) -> list[int]:
    return [load.share for _ in range(times) if load.feed(late)]


def test_a_loop_that_is_late_for_half_a_second_halves_the_frames_and_one_slow_moment_does_not() -> None:
    load = Load()
    for late in (0.5, 0.5, 0.0, 0.5, 0.5, 0.5, 0.5, 0.02):
        assert not load.feed(late)
    assert fed(load, 0.15, STEPS) == [2]
    assert fed(load, 0.15, 3 * STEPS) == [4]
    assert load.share == MOST


def test_they_come_back_step_by_step_after_ten_calm_seconds() -> None:
    load = Load()
    fed(load, 1.0, 2 * STEPS)
    assert fed(load, 0.0, CALM - 1) == []
    assert not load.feed(0.05)  # neither late nor early: the calm begins anew
    assert fed(load, 0.0, CALM) == [2]
    assert fed(load, 0.0, 3 * CALM) == [1]
