"""From a point on the frame that somebody saw to a point on the screen as it is now, or the news that it turned."""

import math
from collections.abc import Sequence
from itertools import pairwise

from greenroom.agent.phone_values import Point, Size, Stop

CLOSE = 0.06  # how far proportions may differ: video sizes are rounded to multiples of 8 or 16
UNCUT = 2.0  # seconds of a gesture that cannot be ended before its time: its holder may be replaced meanwhile
STOPS, LONGEST = 2_000, 30.0  # points of one swipe, and its seconds


def aim(point: Point, now: Size) -> tuple[int, int] | None:
    """The same place on a screen of size `now`, inside it; None when the frame was of another shape."""
    if not same_shape(point.frame, now):
        return None
    return inside(point.x * now[0] / point.frame[0], point.y * now[1] / point.frame[1], now)


def same_shape(one: Size, other: Size) -> bool:
    """Whether both show one screen held the same way."""
    if min(*one, *other) <= 0:
        return False
    across, down = one[0] * other[1], one[1] * other[0]
    return abs(across - down) <= CLOSE * max(across, down)


def inside(x: float, y: float, size: Size) -> tuple[int, int]:
    return min(max(round(x), 0), size[0] - 1), min(max(round(y), 0), size[1] - 1)


def fine(path: Sequence[Stop], step: float = 0.016) -> list[Stop]:
    """The same path in its own time, with stops between those that lie further apart than `step` seconds."""
    found = [path[0]]
    for stop in path[1:]:
        last = found[-1]
        count = max(1, math.ceil((stop.at - last.at) / step))
        for part in range(1, count + 1):
            share = part / count
            x, y = last.x + (stop.x - last.x) * share, last.y + (stop.y - last.y) * share
            found.append(Stop(round(x), round(y), last.at + (stop.at - last.at) * share))
    return found


def hurried(path: Sequence[Stop], most: float = UNCUT) -> list[Stop]:
    """The same way in at most so many seconds, each part of it in proportion."""
    began = path[0].at
    share = min(1.0, most / max(path[-1].at - began, 1e-9))
    return [Stop(stop.x, stop.y, began + (stop.at - began) * share) for stop in path]


def fault(path: Sequence[Stop]) -> str:
    """Why a finger cannot go that way; empty when it can."""
    if len(path) < 2:
        return "a swipe needs two points"
    if len(path) > STOPS or not 0 <= path[-1].at - path[0].at <= LONGEST:
        return f"a swipe has at most {STOPS} points and {LONGEST:g} s"
    if any(not math.isfinite(stop.at) for stop in path):
        return "its times are no numbers"
    if any(later.at < earlier.at for earlier, later in pairwise(path)):
        return "its times go backwards"
    return ""
