"""scrcpy 3.x's video socket as packets: 12 bytes in front of each, flags in the top bits of the time."""

import struct
from typing import NamedTuple

HEADER = struct.Struct(">QI")
META = struct.Struct(">III")  # codec, width, height
CONFIG, KEY = 1 << 63, 1 << 62
MOMENT = KEY - 1
LARGEST = 16 << 20  # bytes of one packet
H264 = 0x68323634


class Packet(NamedTuple):
    """`config`: parameter sets, not a picture; `moment` in microseconds of the phone's clock."""

    config: bool
    key: bool
    moment: int
    data: bytes


class BadStream(ValueError):
    """These bytes are no scrcpy video."""


class Demux:
    """Feed it bytes however they are cut."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> list[Packet]:
        """The packets that are whole now."""
        rest = self._rest
        rest += data
        found, at, end = [], 0, len(rest)
        view = memoryview(rest)
        while end - at >= 12:
            flags, size = HEADER.unpack_from(rest, at)
            if size > LARGEST:
                raise BadStream(f"a packet of {size} bytes")
            if end - at - 12 < size:
                break
            at += 12 + size
            found.append(Packet(flags >= CONFIG, bool(flags & KEY), flags & MOMENT, bytes(view[at - size : at])))
        view.release()
        del rest[:at]
        return found


def read_meta(data: bytes) -> tuple[int, int]:
    """Width and height of the 12 bytes that come first; BadStream for another codec than H.264."""
    codec, width, height = META.unpack(data)
    if codec != H264:
        raise BadStream(f"the codec is {codec:#x}, not H.264")
    return width, height
