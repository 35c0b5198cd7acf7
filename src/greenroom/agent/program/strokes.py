"""From single touches to what a finger meant: a tap, a long one, a swipe with its true path and duration. Pure."""

from dataclasses import dataclass, field

from greenroom.agent.drivers.aim import STOPS
from greenroom.agent.phone_values import Point, Size, Stop
from greenroom.wire.binary import Action, Touch

LONG = 0.5  # seconds
MOST_STOPS = STOPS - 1  # and the one where the finger is lifted


@dataclass(frozen=True, slots=True)
class Tap:
    at: Point
    held: float

    @property
    def long(self) -> bool:
        return self.held >= LONG


@dataclass(frozen=True, slots=True)
class Swipe:
    path: tuple[Stop, ...]
    frame: Size


Gesture = Tap | Swipe


@dataclass(slots=True)
class _Finger:
    epoch: int
    frame: Size
    began: int
    stops: list[Stop]


@dataclass(slots=True)
class Strokes:
    """One phone's fingers. A stroke that changes its holder or its screen on the way is lost, and nothing pressed;
    so is one of which a part did not come."""

    _fingers: dict[int, _Finger] = field(default_factory=dict)
    _last: int = 0

    def follow(self, sequence: int) -> None:
        """An input of whatever kind: the server numbers all of a phone one after the other."""
        if sequence != (self._last + 1) % 2**32:
            self._fingers.clear()
        self._last = sequence

    def feed(self, touch: Touch) -> Gesture | None:
        """The gesture that this touch ends, if it ends one."""
        frame = (touch.width, touch.height)
        if touch.action is Action.DOWN:
            self._fingers[touch.pointer] = _Finger(touch.epoch, frame, touch.moment, [Stop(touch.x, touch.y, 0.0)])
            return None
        finger = self._fingers.get(touch.pointer)
        if finger is None:
            return None
        if touch.action is Action.CANCEL or (finger.epoch, finger.frame) != (touch.epoch, frame):
            del self._fingers[touch.pointer]
            return None
        at = max(finger.stops[-1].at, (touch.moment - finger.began) / 1e6)
        if touch.action is Action.MOVE:
            if len(finger.stops) < MOST_STOPS:
                finger.stops.append(Stop(touch.x, touch.y, at))
            return None
        del self._fingers[touch.pointer]
        if len(finger.stops) == 1:
            start = finger.stops[0]
            return Tap(Point(start.x, start.y, frame), at)
        return Swipe((*finger.stops, Stop(touch.x, touch.y, at)), frame)

    def lift(self, epoch: int) -> None:
        """Forget what is under way in this epoch."""
        self._fingers = {pointer: one for pointer, one in self._fingers.items() if one.epoch != epoch}
