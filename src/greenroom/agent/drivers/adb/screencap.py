"""The screen as raw pixels: one allocation, read in place."""

import struct

from greenroom.agent.drivers.adb.shell import Shell
from greenroom.agent.errors import Offline, Refused, plain
from greenroom.agent.phone_values import Picture

HEADER = struct.Struct("<III")  # width, height, format; Android 9 and later add the colour space
OPAQUE = (1, 2)  # RGBA_8888, RGBX_8888
SIDE, PIXELS = 16_384, 64_000_000
FILE = 64 << 20  # bytes of a PNG


async def screencap(shell: Shell) -> Picture:
    """What is on the screen now; never an invented picture: Refused with the phone's words when it fails."""
    async with await shell.exec("screencap") as pipe:
        start = bytearray(HEADER.size)
        count = await pipe.fill(memoryview(start))
        if count < HEADER.size:
            raise _no_picture(shell.name, bytes(start[:count]))
        width, height, form = HEADER.unpack(start)
        if not (0 < width <= SIDE and 0 < height <= SIDE and width * height <= PIXELS):
            raise _no_picture(shell.name, bytes(start) + await pipe.some())
        if form in OPAQUE:
            size = width * height * 4
            room = memoryview(bytearray(size + 5))  # a colour space in front, and one byte to see that it ends
            count = await pipe.fill(room)
            if count not in (size, size + 4):
                raise Offline(shell.name, f"broke off its screenshot after {count} of {size} bytes: try again")
            return Picture(width, height, "rgba", room[count - size : count])
    return await screencap_file(shell)


async def screencap_file(shell: Shell) -> Picture:
    """The same as a PNG, which costs the phone more and the cable less."""
    async with await shell.exec("screencap -p") as pipe:
        try:
            data = await pipe.rest(FILE)
        except ValueError as error:
            raise Refused(shell.name, f"sent no screenshot but {error}") from error
    if data[:8] != b"\x89PNG\r\n\x1a\n" or len(data) < 33:
        raise _no_picture(shell.name, data)
    width, height = struct.unpack_from(">II", data, 16)
    return Picture(width, height, "png", data)


def _no_picture(phone: str, data: bytes) -> Refused:
    words = plain(data.decode("utf-8", "replace"))
    return Refused(phone, f"took no screenshot: {words or 'it sent nothing'}; wake its screen and try again")
