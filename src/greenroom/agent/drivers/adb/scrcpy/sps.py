"""Size and codec string out of an H.264 sequence parameter set (ITU-T H.264, 7.3.2.1.1), which is how a turn shows."""

import re
from dataclasses import dataclass

START = re.compile(rb"\x00\x00\x01")
SPS = 7
HIGH = {100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135}
LONGEST = 32  # leading zeros of a number


class BadSps(ValueError):
    """No sequence parameter set, or none that can be read."""


@dataclass(frozen=True, slots=True)
class Sps:
    width: int
    height: int
    codec: str  # "avc1.42c01e", as WebCodecs wants it


def read_sps(config: bytes) -> Sps:
    """The first set in an Annex B configuration."""
    for unit in units(config):
        if unit and unit[0] & 0x1F == SPS:
            return _parse(unit)
    raise BadSps("no sequence parameter set")


def units(data: bytes) -> list[bytes]:
    """The NAL units between start codes, without trailing zeros."""
    starts = [match.end() for match in START.finditer(data)]
    ends = [*(match.start() for match in START.finditer(data)), len(data)][1:]
    return [data[start:end].rstrip(b"\0") for start, end in zip(starts, ends, strict=True)]


class _Bits:
    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "big")
        self._left = len(data) * 8

    def take(self, count: int) -> int:
        if count > self._left:
            raise BadSps("it ends early")
        self._left -= count
        return (self._value >> self._left) & ((1 << count) - 1)

    def number(self) -> int:
        """An unsigned Exp-Golomb number."""
        zeros = 0
        while not self.take(1):
            zeros += 1
            if zeros > LONGEST:
                raise BadSps("a number too large")
        return (1 << zeros) - 1 + self.take(zeros)

    def signed(self) -> int:
        number = self.number()
        return (number + 1) // 2 if number % 2 else -(number // 2)


def _parse(unit: bytes) -> Sps:
    plain = unit.replace(b"\0\0\3", b"\0\0")
    if len(plain) < 4:
        raise BadSps("it ends early")
    profile, compatible, level = plain[1:4]
    bits = _Bits(plain[4:])
    bits.number()  # id
    chroma = _colours(bits) if profile in HIGH else 1
    bits.number()  # frame numbers
    _picture_order(bits)
    bits.number()  # reference frames
    bits.take(1)
    across, down = bits.number() + 1, bits.number() + 1
    whole = bits.take(1)
    if not whole:
        bits.take(1)
    bits.take(1)
    left, right, top, bottom = (bits.number() for _ in range(4)) if bits.take(1) else (0, 0, 0, 0)
    step_x, step_y = (2 if chroma in (1, 2) else 1), (2 if chroma == 1 else 1) * (2 - whole)
    width = across * 16 - (left + right) * step_x
    height = down * 16 * (2 - whole) - (top + bottom) * step_y
    if not (0 < width <= 16_384 and 0 < height <= 16_384):
        raise BadSps(f"a picture of {width}x{height}")
    return Sps(width, height, f"avc1.{profile:02x}{compatible:02x}{level:02x}")


def _colours(bits: _Bits) -> int:
    """The chroma format of the high profiles, past their scaling lists."""
    chroma = bits.number()
    if chroma == 3 and bits.take(1):
        chroma = 0  # three planes coded apart count as grey
        lists = 12
    else:
        lists = 12 if chroma == 3 else 8
    bits.number()
    bits.number()
    bits.take(1)
    if bits.take(1):
        for index in range(lists):
            if bits.take(1):
                _scaling(bits, 16 if index < 6 else 64)
    return chroma


def _scaling(bits: _Bits, size: int) -> None:
    last = following = 8
    for _ in range(size):
        if following:
            following = (last + bits.signed()) % 256
        last = following or last


def _picture_order(bits: _Bits) -> None:
    kind = bits.number()
    if kind == 0:
        bits.number()
    elif kind == 1:
        bits.take(1)
        bits.signed()
        bits.signed()
        for _ in range(min(bits.number(), 255)):
            bits.signed()
