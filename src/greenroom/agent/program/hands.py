"""What a gesture, a key or a turn of the wheel is on a phone."""

from greenroom.agent import phone_values
from greenroom.agent.errors import Refused
from greenroom.agent.phone import Phone
from greenroom.agent.phone_values import Stop
from greenroom.agent.program.strokes import Gesture, Tap
from greenroom.wire.binary import KeyPress, Press, Scroll
from greenroom.wire.messages import Do

_NOTCH = 0.06  # of the screen's height, a hundred hundredths of a notch
_SCROLL = 0.15  # seconds


async def stroke(phone: Phone, gesture: Gesture) -> None:
    if not isinstance(gesture, Tap):
        await phone.swipe(gesture.path, gesture.frame)
    elif gesture.long:
        await phone.long_tap(gesture.at, held=min(gesture.held, 10.0))
    else:
        await phone.tap(gesture.at)


async def press(phone: Phone, one: KeyPress | Scroll) -> None:
    """A wheel has no place on a phone, so it is a short swipe the other way."""
    if isinstance(one, KeyPress):
        await phone.key(phone_values.Key[one.key.name], long=one.press is Press.LONG)
        return
    to = (_held(one.x - _far(one.right, one.height), one.width), _held(one.y - _far(one.down, one.height), one.height))
    path = (Stop(one.x, one.y, 0.0), Stop(*to, _SCROLL))
    await phone.swipe(path, (one.width, one.height))


async def carry_out(phone: Phone, order: Do) -> None:
    match order.verb:
        case "text":
            await phone.text(order.argument)
        case "set_clipboard":
            await phone.set_clipboard(order.argument)
        case "rotate":
            await phone.rotate(_quarter(phone, order.argument))
        case "reboot":
            await phone.reboot()
        case "launch":
            await phone.launch(order.argument)
        case "stop":
            await phone.stop(order.argument)


def _quarter(phone: Phone, said: str) -> int:
    if said not in ("0", "1", "2", "3"):
        raise Refused(phone.name, "turns by quarters: 0 upright, 1 to 3 counter-clockwise")
    return int(said)


def _far(hundredths: int, height: int) -> int:
    return round(hundredths / 100 * _NOTCH * height)


def _held(at: int, size: int) -> int:
    return min(max(at, 0), size - 1)
