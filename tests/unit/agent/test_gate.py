"""Only the present holder's input passes, over any order of news and connections; and what a finger meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.agent.drivers.aim import fault
from greenroom.agent.phone_values import Point, Stop
from greenroom.agent.program.gate import Gate
from greenroom.agent.program.stay import MOST, pause
from greenroom.agent.program.strokes import Gesture, Strokes, Swipe, Tap
from greenroom.kit.chance import Chance
from greenroom.wire.binary import Action, Touch
from greenroom.wire.messages import Lease


def heard(gate: Gate, epoch: int, *, held: bool = True, seconds: float = 60, now: float = 0) -> int:
    return gate.hear(Lease(7, epoch, held=held, seconds=seconds), now)


def test_the_gate_as_a_table() -> None:
    gate = Gate()
    assert gate.judge(7, 1, 0) == "unknown"
    assert heard(gate, 3) == 3
    assert [gate.judge(7, epoch, 1) for epoch in (2, 3, 4)] == ["stale", None, "stale"]
    assert (gate.judge(7, 3, 59.9), gate.judge(7, 3, 60)) == (None, "expired")
    heard(gate, 3, now=50)
    assert gate.judge(7, 3, 100) is None
    heard(gate, 4, held=False, seconds=0, now=100)
    assert (gate.judge(7, 3, 100), gate.judge(7, 4, 100)) == ("stale", "nobody")
    assert heard(gate, 3, now=101) == 4
    assert gate.judge(7, 3, 101) == "stale"
    assert gate.judge(8, 4, 101) == "unknown"


@given(st.lists(st.integers(1, 50), min_size=1), st.integers(1, 50))
def test_in_whatever_order_news_come_no_older_epoch_passes(epochs: list[int], sent: int) -> None:
    gate = Gate()
    for epoch in epochs:
        heard(gate, epoch)
    assert (gate.judge(7, sent, 1) is None) == (sent == max(epochs))


def touch(
    action: Action, x: int, y: int, at: float = 0, *, epoch: int = 3, size: tuple[int, int] = (360, 800)
) -> Touch:
    return Touch(7, epoch, 1, round(at * 1e6), action, x, y, *size)


DOWN, MOVE, UP = Action.DOWN, Action.MOVE, Action.UP
FRAME = (360, 800)


@pytest.mark.parametrize(
    ("touches", "meant"),
    [
        ([touch(DOWN, 5, 6, 10), touch(UP, 5, 6, 10.2)], Tap(Point(5, 6, FRAME), 0.2)),
        ([touch(DOWN, 5, 6, 10), touch(UP, 6, 6, 10.9)], Tap(Point(5, 6, FRAME), 0.9)),
        (
            [touch(DOWN, 5, 6), touch(MOVE, 5, 90, 0.25), touch(UP, 5, 200, 0.5)],
            Swipe((Stop(5, 6, 0), Stop(5, 90, 0.25), Stop(5, 200, 0.5)), FRAME),
        ),
        ([touch(UP, 5, 6)], None),
        ([touch(DOWN, 5, 6), touch(Action.CANCEL, 5, 6), touch(UP, 5, 6, 1)], None),
        ([touch(DOWN, 5, 6), touch(MOVE, 5, 90, 0.1, epoch=4), touch(UP, 5, 90, 0.2, epoch=4)], None),
        ([touch(DOWN, 5, 6), touch(UP, 5, 6, 0.1, size=(800, 360))], None),
    ],
)
def test_what_a_finger_meant(touches: list[Touch], meant: Gesture | None) -> None:
    strokes = Strokes()
    gestures = [strokes.feed(one) for one in touches]
    assert gestures[:-1] == [None] * (len(touches) - 1)
    found = gestures[-1]
    if isinstance(meant, Tap) and isinstance(found, Tap):
        assert (found.at, round(found.held, 6), found.long) == (meant.at, meant.held, meant.held >= 0.5)
    else:
        assert found == meant


def test_a_finger_that_goes_backwards_in_time_is_held_to_go_on() -> None:
    strokes = Strokes()
    for one in (touch(DOWN, 1, 1, 10), touch(MOVE, 2, 2, 11), touch(MOVE, 3, 3, 9)):
        strokes.feed(one)
    found = strokes.feed(touch(UP, 4, 4, 0))
    assert isinstance(found, Swipe)
    assert [stop.at for stop in found.path] == [0, 1, 1, 1]


def test_a_stray_touch_of_who_was_before_takes_nothing_from_who_is_now() -> None:
    strokes = Strokes()
    strokes.feed(touch(DOWN, 1, 1, 0))
    strokes.lift(2)
    assert strokes.feed(touch(UP, 1, 1, 0.1)) is not None
    strokes.feed(touch(DOWN, 1, 1, 0))
    strokes.lift(3)
    assert strokes.feed(touch(UP, 1, 1, 0.1)) is None


def test_a_stroke_of_which_a_part_did_not_come_is_lost_and_the_next_one_is_whole() -> None:
    strokes = Strokes()
    for sequence, one in ((2**32 - 1, touch(DOWN, 1, 1, 0)), (0, touch(MOVE, 2, 2, 0.1)), (2, touch(UP, 9, 9, 0.2))):
        strokes.follow(sequence)
        assert strokes.feed(one) is None
    strokes.follow(7)
    strokes.feed(touch(DOWN, 1, 1, 1))
    strokes.follow(8)  # a key
    strokes.follow(9)
    found = strokes.feed(touch(UP, 1, 1, 1.1))
    assert found is not None


def test_no_finger_goes_further_than_a_phone_takes() -> None:
    strokes = Strokes()
    strokes.feed(touch(DOWN, 1, 1, 0))
    for turn in range(3_000):
        strokes.feed(touch(MOVE, turn % 300, 5, turn / 1000))
    found = strokes.feed(touch(UP, 9, 9, 3))
    assert isinstance(found, Swipe)
    assert fault(found.path) == ""


def test_pauses_grow_to_half_a_minute_and_differ() -> None:
    chance = Chance("agent")
    pauses = [pause(failures, chance) for failures in range(40)]
    assert 0.25 <= pauses[0] <= 0.5
    assert max(pauses) <= MOST
    assert len(set(pauses[10:])) > 20
