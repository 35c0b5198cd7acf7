"""Fingers: what begins with a touch and becomes a tap, a long one, a scroll, or a pull at an edge of the screen."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from greenroom.agent.virtual.contracts import Action
from greenroom.agent.virtual.model.compose import Spot
from greenroom.agent.virtual.model.element import El
from greenroom.agent.virtual.model.motion import Scroll

if TYPE_CHECKING:
    from greenroom.agent.virtual.model.phone import Phone

SLOP = 8.0  # dp: less is a tap
LONG = 0.5  # seconds
_RECENT = 0.09  # seconds of movement that say how fast a finger left

Edge = Literal["", "shade", "shade_up", "home", "back", "unlock"]


@dataclass(slots=True, eq=False)
class Finger:
    x: float
    y: float
    t: float
    path: list[Spot]
    edge: Edge = ""
    at: tuple[float, float] = (0.0, 0.0)
    decided: bool = False
    scroll: tuple[Scroll, str, El] | None = None
    held: bool = False
    trail: list[tuple[float, float, float]] = field(default_factory=list)


class Fingers:
    """One finger acts at a time; others, while it is down, do nothing."""

    def __init__(self, phone: "Phone") -> None:
        self._phone = phone
        self._down: Finger | None = None
        self._pointer = 0

    def touch(self, action: Action, x: float, y: float, t: float, pointer: int) -> None:
        """`x` and `y` in dp."""
        if action == "down":
            if self._down is None:
                self._pointer = pointer
                self._press(x, y, t)
        elif self._down is not None and pointer == self._pointer:
            if action == "move":
                self._move(self._down, x, y, t)
            else:
                self._move(self._down, x, y, t)
                self._release(self._down, t)

    def forget(self) -> None:
        """The screen has changed under the finger (rotation, a lock): what it does from here counts for nothing."""
        if self._down is not None:
            self._down.decided, self._down.scroll, self._down.edge, self._down.path = True, None, "", []
        self._phone.ripple(None, 0, 0)

    def due(self) -> float | None:
        """When a long touch would begin."""
        down = self._down
        return down.t + LONG if down is not None and not down.decided and not down.held else None

    def advance(self, now: float) -> None:
        down = self._down
        if down is not None and not down.decided and not down.held and now >= down.t + LONG:
            self._hold(down)

    # -- the states of one touch

    def _press(self, x: float, y: float, t: float) -> None:
        phone = self._phone
        down = self._down = Finger(x, y, t, phone.path_at(x, y), at=(x, y), trail=[(t, x, y)])
        down.edge = phone.edge_at(x, y)
        for spot in down.path:
            if spot.placed.el.kind == "scroll":
                scroll = phone.scrolls[spot.placed.el.key]
                if scroll.move is not None and not scroll.snap:  # a finger stops what glides, and that is all it does
                    scroll.move = None
                    down.decided, down.scroll = True, (scroll, spot.placed.el.axis, spot.placed.el)
        target = _target(down.path)
        if target is not None and not down.decided:
            phone.ripple(target.placed.el, x, y)

    def _move(self, down: Finger, x: float, y: float, t: float) -> None:
        dx, dy = x - down.at[0], y - down.at[1]
        if not down.decided:
            if max(abs(x - down.x), abs(y - down.y)) <= SLOP:
                return
            self._decide(down, abs(x - down.x) > abs(y - down.y), x - down.x, y - down.y)
        down.at = (x, y)
        down.trail = [*(one for one in down.trail if one[0] >= t - _RECENT), (t, x, y)]
        if down.scroll is not None:
            scroll, axis, el = down.scroll
            along = (dx if self._phone.room.mirrored and not el.plain else -dx) if axis == "across" else -dy
            if scroll.drag(along):
                self._phone.moved()
            self._phone.reached(scroll, el)
        elif down.edge in ("shade", "shade_up"):
            self._phone.pull_shade(y, down.edge)
        elif down.edge == "unlock":
            self._phone.pull_lock(max(0.0, down.y - y))

    def _decide(self, down: Finger, across: bool, dx: float, dy: float) -> None:
        down.decided = True
        self._phone.ripple(None, 0, 0)
        if down.held:
            return
        if down.edge:
            wanted = {"shade": dy > 0, "shade_up": dy < 0, "home": dy < 0, "unlock": dy < 0, "back": dx > 0 and across}
            if wanted[down.edge]:
                return
            down.edge = ""
        axis = "across" if across else "down"
        for spot in reversed(down.path):
            el = spot.placed.el
            if el.kind == "scroll" and el.axis == axis and self._phone.scrolls[el.key].limit > 0:
                down.scroll = (self._phone.scrolls[el.key], axis, el)
                return

    def _release(self, down: Finger, t: float) -> None:
        self._down = None
        phone = self._phone
        phone.release_ripple()
        if not down.decided:
            if not down.held and t - down.t >= LONG:
                self._hold(down)
            if not down.held:
                target = _target(down.path)
                if target is not None and target.placed.el.tap is not None:
                    target.placed.el.tap()
                    phone.dirty()
            return
        vx, vy = self._speed(down, t)
        if down.scroll is not None:
            scroll, axis, el = down.scroll
            across = vx if phone.room.mirrored and not el.plain else -vx
            scroll.glide(across if axis == "across" else -vy, phone.now)
            phone.moved()
        elif down.edge:
            phone.let_edge(down.edge, down.at[0] - down.x, down.at[1] - down.y, vx, vy)

    def _hold(self, down: Finger) -> None:
        for spot in reversed(down.path):
            hold = spot.placed.el.hold
            if hold is not None:
                down.held = True
                self._phone.ripple(None, 0, 0)
                hold()
                self._phone.dirty()
                return
            if spot.placed.el.tap is not None:
                return

    @staticmethod
    def _speed(down: Finger, t: float) -> tuple[float, float]:
        recent = [one for one in down.trail if one[0] >= t - _RECENT]
        if len(recent) < 2 or recent[-1][0] - recent[0][0] < 0.004:
            return 0.0, 0.0
        passed = recent[-1][0] - recent[0][0]
        limit = 7_000.0
        return tuple(max(-limit, min(limit, (recent[-1][i] - recent[0][i]) / passed)) for i in (1, 2))  # type: ignore[return-value] # two of them


def _target(path: list[Spot]) -> Spot | None:
    """The deepest element that can be tapped or held."""
    return next((spot for spot in reversed(path) if spot.placed.el.tap or spot.placed.el.hold), None)
