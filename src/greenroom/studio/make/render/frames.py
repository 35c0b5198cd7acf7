"""Seconds to frames: every scene gets whole frames, and they add up to the whole video."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from greenroom.studio.contracts import Scene


@dataclass(frozen=True, slots=True)
class Span:
    """Frames [first, first + count) of the video."""

    first: int
    count: int


def spans(scenes: Sequence[Scene], fps: int) -> list[Span]:
    """At least one frame a scene; ends are rounded once, so that nothing drifts."""
    edges = [0]
    for scene in scenes:
        edges.append(max(edges[-1] + 1, round(scene.end * fps)))
    return [Span(first, last - first) for first, last in pairwise(edges)]
