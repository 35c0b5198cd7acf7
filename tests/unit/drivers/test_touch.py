"""Where a touch lands: scaled onto the screen of the moment, refused across a turn, along its true path."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.agent.drivers.aim import aim, fault, fine, hurried
from greenroom.agent.drivers.wda.actions import drawn
from greenroom.agent.phone_values import Point, Stop


@pytest.mark.parametrize(
    ("point", "now", "spot"),
    [
        (Point(108, 240, (216, 480)), (1080, 2400), (540, 1200)),
        (Point(108, 240, (216, 480)), (216, 480), (108, 240)),
        (Point(215, 479, (216, 480)), (1080, 2400), (1075, 2395)),
        (Point(240, 108, (480, 216)), (1080, 2400), None),  # turned meanwhile
        (Point(108, 240, (216, 480)), (2400, 1080), None),
        (Point(100, 200, (216, 480)), (1080, 1920), None),  # another phone's frame
        (Point(-5, 9999, (216, 480)), (216, 480), (0, 479)),
        (Point(1, 1, (0, 0)), (216, 480), None),
        (Point(10, 10, (224, 480)), (1080, 2400), (48, 50)),  # the video's width is rounded up to 16
    ],
)
def test_a_point_goes_where_it_was_seen_or_nowhere(
    point: Point, now: tuple[int, int], spot: tuple[int, int] | None
) -> None:
    assert aim(point, now) == spot


stops = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000), st.floats(0, 0.4)), min_size=2, max_size=12).map(
    lambda steps: [Stop(x, y, sum(step[2] for step in steps[1 : at + 1])) for at, (x, y, _) in enumerate(steps)]
)


@given(stops)
def test_a_path_is_made_finer_without_another_place_or_time(path: list[Stop]) -> None:
    found = fine(path)
    assert [one for one in found if one in path] or found == path
    assert (found[0], found[-1].x, found[-1].y) == (path[0], path[-1].x, path[-1].y)
    assert math.isclose(found[-1].at, path[-1].at, abs_tol=1e-9)
    assert all(0 <= later.at - one.at <= 0.0161 for one, later in pairwise(found))


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ([Stop(1, 1, 0)], "two points"),
        ([Stop(1, 1, 0), Stop(2, 2, 31)], "30 s"),
        ([Stop(1, 1, 0), Stop(2, 2, 1), Stop(3, 3, 0.5)], "backwards"),
        ([Stop(1, 1, 0), Stop(2, 2, math.nan), Stop(3, 3, 1)], "no numbers"),
        ([Stop(1, 1, 0)] * 2001, "2000 points"),
        ([Stop(1, 1, 0), Stop(1, 400, 0.3)], ""),
    ],
)
def test_paths_that_no_finger_can_take_are_named(path: list[Stop], says: str) -> None:
    assert says in fault(path)
    assert bool(fault(path)) == bool(says)


def test_an_iphone_gets_the_path_as_pointer_actions_in_its_own_time() -> None:
    body = drawn([Stop(10, 20, 0.0), Stop(10, 20, 0.3), Stop(10, 120, 0.55)])
    steps = body["actions"][0]["actions"]
    assert [(step["type"], step.get("duration")) for step in steps] == [
        ("pointerMove", 0),
        ("pointerDown", None),
        ("pause", 300),
        ("pointerMove", 250),
        ("pointerUp", None),
    ]


def test_a_gesture_that_cannot_be_cut_is_made_shorter_and_keeps_its_shape() -> None:
    path = [Stop(0, 0, 1.0), Stop(5, 9, 3.0), Stop(9, 9, 11.0)]
    assert [(one.x, one.y, round(one.at, 3)) for one in hurried(path)] == [(0, 0, 1.0), (5, 9, 1.4), (9, 9, 3.0)]
    assert hurried(path[:2]) == path[:2]
    assert hurried([Stop(1, 1, 0.0), Stop(1, 2, 0.0)]) == [Stop(1, 1, 0.0), Stop(1, 2, 0.0)]
