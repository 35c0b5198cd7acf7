"""Binary frames: video towards the wall, touches, keys and scrolls towards the phone. Big-endian, no padding.

video   u8 1 · u8 flags · u16 phone · u32 sequence · u64 µs · u16 width · u16 height · u32 size · size bytes
touch   u8 2 · u8 action · head · u16 x, y · u16 width, height · u8 pointer · u8 many
key     u8 3 · u8 action · head · u8 key · u8 many
scroll  u8 4 · u8 0 · head · u16 x, y · u16 width, height · i16 right, down · u8 many
head    u16 phone · u64 epoch · u32 sequence · u64 µs

`many`: how many phones the act goes to, for an app that a person attends takes none that goes to more than one.
Width and height are those of the frame that was seen, so that a touch made across a turn is lost and not misplaced.
Time is the sender's own: a video frame's is the phone's, an input's the browser's; only differences mean something.
"""

import struct
from dataclasses import dataclass
from enum import IntEnum, IntFlag

from greenroom.wire.errors import Malformed
from greenroom.wire.limits import LARGEST_EPOCH, LARGEST_VIDEO, MOST_PHONES
from greenroom.wire.messages import Stream

_VIDEO = struct.Struct(">BBHIQHHI")
_TOUCH = struct.Struct(">BBHQIQHHHHBB")
_KEY = struct.Struct(">BBHQIQBB")
_SCROLL = struct.Struct(">BBHQIQHHHHhhB")
VIDEO_HEADER = _VIDEO.size


class Kind(IntEnum):
    VIDEO = 1
    TOUCH = 2
    KEY = 3
    SCROLL = 4


class Flag(IntFlag):
    """KEY: decodes by itself. JPEG: one picture, always key. STALE: the last one there was; the phone is silent.

    FOCUS, STILLS: which of a phone's streams it belongs to, see `stream_of`. A phone that makes no H.264 sends JPEG in
    all of them.
    """

    KEY = 1
    JPEG = 2
    STALE = 4
    FOCUS = 8
    STILLS = 16


_ALL_FLAGS = int(Flag.KEY | Flag.JPEG | Flag.STALE | Flag.FOCUS | Flag.STILLS)
STREAMS: dict[Stream, Flag] = {
    "thumbnail": Flag(0),
    "focus": Flag.FOCUS,
    "thumbnail_stills": Flag.STILLS,
    "focus_stills": Flag.FOCUS | Flag.STILLS,
}
_STREAM_OF = {int(flags): stream for stream, flags in STREAMS.items()}


class Action(IntEnum):
    DOWN = 0
    MOVE = 1
    UP = 2
    CANCEL = 3


class Press(IntEnum):
    SHORT = 0
    LONG = 1


class Key(IntEnum):
    """Keys by meaning, as the drivers name them."""

    HOME = 1
    BACK = 2
    RECENTS = 3
    POWER = 4
    VOLUME_UP = 5
    VOLUME_DOWN = 6
    ENTER = 7
    DELETE = 8
    TAB = 9
    ESCAPE = 10
    UP = 11
    DOWN = 12
    LEFT = 13
    RIGHT = 14
    WAKE = 15
    SLEEP = 16
    MENU = 17
    NOTIFICATIONS = 18


@dataclass(frozen=True, slots=True)
class Video:
    """One access unit, parameter sets in front of key frames; or one JPEG."""

    phone: int
    flags: Flag
    sequence: int
    moment: int
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Touch:
    phone: int
    epoch: int
    sequence: int
    moment: int
    action: Action
    x: int
    y: int
    width: int
    height: int
    pointer: int = 0
    many: int = 1


@dataclass(frozen=True, slots=True)
class KeyPress:
    phone: int
    epoch: int
    sequence: int
    moment: int
    press: Press
    key: Key
    many: int = 1


@dataclass(frozen=True, slots=True)
class Scroll:
    """`right` and `down` in hundredths of a notch."""

    phone: int
    epoch: int
    sequence: int
    moment: int
    x: int
    y: int
    width: int
    height: int
    right: int
    down: int
    many: int = 1


Input = Touch | KeyPress | Scroll


def write_video(frame: Video) -> bytes:
    head = (Kind.VIDEO, frame.flags, frame.phone, frame.sequence, frame.moment, frame.width, frame.height)
    _check_video(frame)
    return _pack(_VIDEO, *head, len(frame.data)) + frame.data


def read_video(data: bytes) -> Video:
    """Raises Malformed for what is no video frame, or no whole one."""
    if len(data) > LARGEST_VIDEO or len(data) < _VIDEO.size or data[0] != Kind.VIDEO:
        raise Malformed("this is no video frame")
    _, flags, phone, sequence, moment, width, height, size = _VIDEO.unpack_from(data)
    if size != len(data) - _VIDEO.size:
        raise Malformed("a video frame has another length than it says")
    if flags & ~_ALL_FLAGS:
        raise Malformed("a video frame has a flag that is unknown")
    frame = Video(phone, Flag(flags), sequence, moment, width, height, bytes(data[_VIDEO.size :]))
    _check_video(frame)
    return frame


def renumbered(frame: bytes, phone: int) -> bytes:
    """A whole video frame as another connection numbers its phone, the picture untouched."""
    return frame[:2] + phone.to_bytes(2, "big") + frame[4:]


def stream_of(frame: bytes) -> Stream:
    """Which of its phone's streams a whole video frame belongs to."""
    return _STREAM_OF[frame[1] & int(Flag.FOCUS | Flag.STILLS)]


def is_key(frame: bytes) -> bool:
    return bool(frame[1] & Flag.KEY)


def moment_of(frame: bytes) -> int:
    """When the phone took it, in microseconds of the phone's clock."""
    return int.from_bytes(frame[8:16], "big")


def write_input(one: Input) -> bytes:
    """Raises Malformed for one that the other end would refuse."""
    _check_input(one)
    head = (one.phone, one.epoch, one.sequence, one.moment)
    match one:
        case Touch():
            return _pack(
                _TOUCH, Kind.TOUCH, one.action, *head, one.x, one.y, one.width, one.height, one.pointer, one.many
            )
        case KeyPress():
            return _pack(_KEY, Kind.KEY, one.press, *head, one.key, one.many)
        case Scroll():
            place = (one.x, one.y, one.width, one.height)
            return _pack(_SCROLL, Kind.SCROLL, 0, *head, *place, one.right, one.down, one.many)


def read_input(data: bytes) -> Input:
    """Raises Malformed, and nothing else."""
    made: Input
    try:
        match data[0] if data else 0:
            case Kind.TOUCH:
                _, action, phone, epoch, sequence, moment, *rest = _TOUCH.unpack(data)
                made = Touch(phone, epoch, sequence, moment, Action(action), *rest)
            case Kind.KEY:
                _, press, phone, epoch, sequence, moment, key, many = _KEY.unpack(data)
                made = KeyPress(phone, epoch, sequence, moment, Press(press), Key(key), many)
            case Kind.SCROLL:
                _, nothing, phone, epoch, sequence, moment, *place = _SCROLL.unpack(data)
                if nothing:
                    raise Malformed("a scroll has no action")
                made = Scroll(phone, epoch, sequence, moment, *place)
            case _:
                raise Malformed("this is no input")
    except (struct.error, ValueError) as error:
        raise error if isinstance(error, Malformed) else Malformed("this is no whole input") from error
    _check_input(made)
    return made


def _check_video(frame: Video) -> None:
    if not frame.width or not frame.height:
        raise Malformed("a video frame has no size")
    if not frame.data or len(frame.data) > LARGEST_VIDEO - _VIDEO.size:
        raise Malformed("a video frame is empty or too long")
    if Flag.JPEG in frame.flags and Flag.KEY not in frame.flags:
        raise Malformed("a JPEG decodes by itself, so it is a key frame")


def _check_input(one: Input) -> None:
    if one.epoch > LARGEST_EPOCH:
        raise Malformed("an epoch is too large")
    if not 1 <= one.many <= MOST_PHONES:
        raise Malformed("an act goes to one phone or more")
    if isinstance(one, Touch | Scroll) and not (0 <= one.x < one.width and 0 <= one.y < one.height):
        raise Malformed("a touch lies outside the screen")


def _pack(form: struct.Struct, *values: int) -> bytes:
    try:
        return form.pack(*values)
    except struct.error as error:
        raise Malformed("a number does not fit its place") from error
