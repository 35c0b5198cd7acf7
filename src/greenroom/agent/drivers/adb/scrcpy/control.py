"""Messages to scrcpy's control socket, byte for byte as its own client writes them (big endian, type byte first)."""

import struct
from enum import IntEnum
from typing import Literal

from greenroom.agent.phone_values import Size

Action = Literal["down", "up", "move"]
ACTIONS: dict[Action, int] = {"down": 0, "up": 1, "move": 2}
FINGER = -2  # the pointer of a generic finger
TEXT = 300  # bytes of one text message
CLIPBOARD = (1 << 18) - 14  # bytes of text on the clipboard
APP = 255

KEY_MESSAGE = struct.Struct(">BBiii")
TOUCH_MESSAGE = struct.Struct(">BBqiiHHHii")
SCROLL_MESSAGE = struct.Struct(">BiiHHhhi")


class Kind(IntEnum):
    KEY = 0
    TEXT = 1
    TOUCH = 2
    SCROLL = 3
    BACK_OR_SCREEN_ON = 4
    NOTIFICATIONS = 5
    SETTINGS = 6
    COLLAPSE = 7
    GET_CLIPBOARD = 8
    SET_CLIPBOARD = 9
    DISPLAY_POWER = 10
    ROTATE = 11
    START_APP = 16
    RESET_VIDEO = 17


def key(action: Action, code: int, *, repeat: int = 0, meta: int = 0) -> bytes:
    return KEY_MESSAGE.pack(Kind.KEY, ACTIONS[action], code, repeat, meta)


def text(words: str) -> bytes:
    """At most 300 bytes, and only what the phone's key map has: plain English letters."""
    return _sized(Kind.TEXT, words, TEXT)


def touch(
    action: Action,
    x: int,
    y: int,
    seen: Size,
    *,
    pointer: int = FINGER,
    pressure: float = 1.0,
    button: int = 0,
    buttons: int = 0,
) -> bytes:
    """`seen` is the size of the frame that was pressed on: the phone drops the touch when it shows another one."""
    return TOUCH_MESSAGE.pack(
        Kind.TOUCH, ACTIONS[action], pointer, x, y, *seen, _share(0.0 if action == "up" else pressure), button, buttons
    )


def scroll(x: int, y: int, seen: Size, across: float, down: float, *, buttons: int = 0) -> bytes:
    """Notches of a wheel, from -16 to 16."""
    return SCROLL_MESSAGE.pack(Kind.SCROLL, x, y, *seen, _notches(across), _notches(down), buttons)


def back_or_screen_on(action: Action) -> bytes:
    return bytes((Kind.BACK_OR_SCREEN_ON, ACTIONS[action]))


def notifications() -> bytes:
    return bytes((Kind.NOTIFICATIONS,))


def get_clipboard(*, copy: int = 0) -> bytes:
    """`copy` 1 or 2 presses copy or cut before."""
    return bytes((Kind.GET_CLIPBOARD, copy))


def set_clipboard(sequence: int, words: str, *, paste: bool) -> bytes:
    """With a sequence number above 0 the phone acknowledges it."""
    data = words.encode()
    if len(data) > CLIPBOARD:
        raise ValueError(f"a clipboard takes {CLIPBOARD} bytes")
    return struct.pack(">BqBI", Kind.SET_CLIPBOARD, sequence, paste, len(data)) + data


def display_power(on: bool) -> bytes:
    return bytes((Kind.DISPLAY_POWER, on))


def rotate() -> bytes:
    return bytes((Kind.ROTATE,))


def start_app(name: str) -> bytes:
    data = name.encode()
    if len(data) > APP:
        raise ValueError(f"an app's name takes {APP} bytes")
    return bytes((Kind.START_APP, len(data))) + data


def reset_video() -> bytes:
    return bytes((Kind.RESET_VIDEO,))


def _sized(kind: Kind, words: str, most: int) -> bytes:
    data = words.encode()
    if len(data) > most:
        raise ValueError(f"this message takes {most} bytes of text")
    return struct.pack(">BI", kind, len(data)) + data


def _share(value: float) -> int:
    """0 to 1 as an unsigned 16-bit fraction."""
    return min(0xFFFF, max(0, int(value * 0x10000)))


def _notches(value: float) -> int:
    """-16 to 16 as a signed 16-bit fraction."""
    return min(0x7FFF, max(-0x8000, int(value / 16 * 0x8000)))
