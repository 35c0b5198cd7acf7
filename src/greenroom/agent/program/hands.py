"""What a gesture, a key or a turn of the wheel is on a phone."""

from greenroom.agent import phone_values
from greenroom.agent.phone import Phone
from greenroom.agent.phone_values import Stop
from greenroom.agent.program.strokes import Gesture, Tap
from greenroom.wire.binary import KeyPress, Press, Scroll

_NOTCH = 0.06  # of the screen's height, a hundred hundredths of a notch
_SCROLL = 0.15  # seconds


async def act(phone: Phone, one: Gesture | KeyPress | Scroll) -> None:
    """Return when it reached the phone. A wheel has no place on a phone, so it is a short swipe the other way."""
    match one:
        case Tap() if one.long:
            await phone.long_tap(one.at, held=min(one.held, 10.0))
        case Tap():
            await phone.tap(one.at)
        case KeyPress():
            await phone.key(phone_values.Key[one.key.name], long=one.press is Press.LONG)
        case Scroll():
            x = _held(one.x - _far(one.right, one.height), one.width)
            y = _held(one.y - _far(one.down, one.height), one.height)
            await phone.swipe((Stop(one.x, one.y, 0.0), Stop(x, y, _SCROLL)), (one.width, one.height))
        case _:
            await phone.swipe(one.path, one.frame)


def _far(hundredths: int, height: int) -> int:
    return round(hundredths / 100 * _NOTCH * height)


def _held(at: int, size: int) -> int:
    return min(max(at, 0), size - 1)
