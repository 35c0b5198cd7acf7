"""A finger and a keyboard over scrcpy's control socket."""

import asyncio
import contextlib
from collections.abc import Sequence

from greenroom.agent.drivers.adb.keys import CODES
from greenroom.agent.drivers.adb.scrcpy import control
from greenroom.agent.drivers.adb.scrcpy.session import Session
from greenroom.agent.drivers.aim import aim, fine
from greenroom.agent.errors import Lost, Offline, PhoneError
from greenroom.agent.phone_values import Key, Point, Size, Stop

LONG_KEY = 0.7  # seconds
TYPED, BREATH = 3_000, 0.1  # characters of a text that is typed, else pasted; seconds between its parts


async def tap(session: Session, at: Point) -> None:
    """Down and up in one write."""
    x, y = _spot(session, at)
    seen = session.size
    await session.send(control.touch("down", x, y, seen) + control.touch("up", x, y, seen))


async def hold(session: Session, at: Point, seconds: float) -> None:
    """A finger that stays; Lost when the screen turned below it."""
    await swipe(session, [Stop(at.x, at.y, 0.0), Stop(at.x, at.y, seconds)], at.frame, step=seconds)


async def swipe(session: Session, path: Sequence[Stop], frame: Size, *, step: float = 0.016) -> None:
    """Along the path in its own time; the finger is lifted whatever happens."""
    clock = asyncio.get_running_loop().time
    seen = session.size
    stops = fine(path, step)
    x, y = _spot(session, Point(stops[0].x, stops[0].y, frame))
    # A lifted finger has the present size: the phone would drop any other, and keep the finger down.
    with session.at_work(lambda: control.touch("up", x, y, session.size)):
        await session.send(control.touch("down", x, y, seen))
        began = clock()
        try:
            for stop in stops[1:]:
                await asyncio.sleep(began + stop.at - stops[0].at - clock())
                x, y = _still(session, Point(stop.x, stop.y, frame), seen)
                await session.send(control.touch("move", x, y, seen))
        finally:
            with contextlib.suppress(PhoneError):
                await asyncio.shield(session.send(control.touch("up", x, y, session.size)))


async def press(session: Session, key: Key, *, long: bool) -> None:
    if key is Key.NOTIFICATIONS:
        await session.send(control.notifications())
        return
    code = CODES[key]
    if not long:
        await session.send(control.key("down", code) + control.key("up", code))
        return
    with session.at_work(lambda: control.key("up", code)):
        await session.send(control.key("down", code))
        try:
            await asyncio.sleep(LONG_KEY)
            await session.send(control.key("down", code, repeat=1))
        finally:
            await asyncio.shield(session.send(control.key("up", code)))


async def write(session: Session, text: str) -> None:
    """English letters as key presses in parts, so that a cancel cuts them; anything else pasted, and what is longer."""
    if text.isascii() and text.isprintable() and len(text) <= TYPED:
        with session.at_work():
            for at in range(0, len(text), control.TEXT):
                if at:
                    await asyncio.sleep(BREATH)
                await session.send(control.text(text[at : at + control.TEXT]))
    else:
        await session.put_on_clipboard(text, paste=True)


def _spot(session: Session, at: Point) -> tuple[int, int]:
    spot = aim(at, session.size)
    if spot is None:
        raise Lost(session.name)
    return spot


def _still(session: Session, at: Point, seen: Size) -> tuple[int, int]:
    if session.over:
        raise Offline(session.name, "was cut off in the middle of a gesture: look, and try again")
    spot = aim(at, session.size)
    if session.size != seen or spot is None:
        says = "turned or changed its size under the finger, so the gesture was broken off: look, and try again"
        raise Lost(session.name, says)
    return spot
