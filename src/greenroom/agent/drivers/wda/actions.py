"""Touches as W3C pointer actions: the true path in its own time, in points; pure."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from greenroom.agent.phone_values import Stop


def drawn(path: Sequence[Stop]) -> dict[str, Any]:
    """One finger along a path of points."""
    steps: list[dict[str, Any]] = [_move(path[0], 0), {"type": "pointerDown", "button": 0}]
    for before, stop in pairwise(path):
        milliseconds = round((stop.at - before.at) * 1000)
        if (stop.x, stop.y) == (before.x, before.y):
            steps.append({"type": "pause", "duration": milliseconds})
        else:
            steps.append(_move(stop, milliseconds))
    steps.append({"type": "pointerUp", "button": 0})
    finger = {"type": "pointer", "id": "finger1", "parameters": {"pointerType": "touch"}, "actions": steps}
    return {"actions": [finger]}


def _move(stop: Stop, milliseconds: int) -> dict[str, Any]:
    return {"type": "pointerMove", "duration": milliseconds, "x": stop.x, "y": stop.y, "origin": "viewport"}
