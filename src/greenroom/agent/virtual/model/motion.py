"""Movement as a function of time: a value on its way, a list that is dragged or flung. Closed forms, so that the same
moment shows the same picture however often somebody looked in between."""

import math
from collections.abc import Callable
from dataclasses import dataclass

TICK = (
    1 / 24
)  # seconds between two pictures of a movement, counted from its start: phones that move alike show the same
_GLIDE = 0.34  # seconds in which a flung list loses 63 % of its speed
_STILL = 24.0  # dp per second: slower is standing


def ticked(passed: float) -> float:
    """Seconds since a movement's start, back to its last picture; a timer that rings a moment early counts as due."""
    return math.floor(max(0.0, passed) / TICK + 0.05) * TICK


@dataclass(frozen=True, slots=True)
class Move:
    """A value that goes from one number to another, quickly at first; or glides until friction ends it."""

    start: float
    origin: float
    target: float
    lasts: float
    glide: bool = False

    def at(self, now: float) -> float:
        if now >= self.start + self.lasts:
            return self.target
        passed = ticked(now - self.start)
        if self.glide:
            return self.origin + (self.target - self.origin) * (1 - math.exp(-passed / _GLIDE))
        left = 1 - passed / self.lasts
        return self.target + (self.origin - self.target) * left**3

    def over(self, now: float) -> bool:
        return now >= self.start + self.lasts


class Scroll:
    """The place of one list: how far it is scrolled, of how much. Sizes are set when it is laid out."""

    def __init__(self) -> None:
        self.offset = 0.0
        self.viewport = 0.0
        self.content = 0.0
        self.snap = False
        self.move: Move | None = None
        self.end: Callable[[], None] | None = None  # asked for more when the end comes near

    @property
    def limit(self) -> float:
        return max(0.0, self.content - self.viewport)

    def sized(self, viewport: float, content: float, *, snap: bool) -> None:
        if snap and viewport != self.viewport and self.viewport:  # the same page after a turn of the phone
            self.offset = round(self.offset / self.viewport) * viewport
            self.move = None
        self.viewport, self.content, self.snap = viewport, content, snap
        self.offset = max(0.0, min(self.offset, self.limit))

    def drag(self, by: float) -> bool:
        """Moved by the finger; whether it moved."""
        return self.to(self.offset + by)

    def to(self, offset: float) -> bool:
        self.move = None
        before, self.offset = self.offset, max(0.0, min(offset, self.limit))
        return self.offset != before

    def glide(self, speed: float, now: float) -> None:
        """Let go at this speed, in dp per second."""
        if self.snap and self.viewport:
            page = round(self.offset / self.viewport + max(-0.45, min(0.45, speed / 900)))
            self.ease(page * self.viewport, now)
        elif abs(speed) > _STILL * 2:
            target = self.offset + speed * _GLIDE
            self.move = Move(now, self.offset, target, _GLIDE * math.log(abs(speed) / _STILL), glide=True)

    def ease(self, target: float, now: float, lasts: float = 0.28) -> None:
        self.move = Move(now, self.offset, max(0.0, min(target, self.limit)), lasts)

    def advance(self, now: float) -> bool:
        """The list at this moment; whether it moved."""
        if self.move is None:
            return False
        before = self.offset
        wanted = self.move.at(now)
        self.offset = max(0.0, min(wanted, self.limit))
        if self.move.over(now) or wanted != self.offset:
            self.move = None
        return self.offset != before
