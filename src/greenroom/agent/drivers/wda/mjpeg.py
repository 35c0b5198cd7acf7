"""WebDriverAgent's live picture: JPEGs in a body that never ends, read with back-off and never piling up."""

import asyncio
import contextlib
import itertools
import re
from collections.abc import AsyncGenerator

from greenroom.agent.drivers.channel import State, Watch
from greenroom.agent.errors import Offline
from greenroom.agent.phone_values import Size, VideoFrame

LARGEST = 8 << 20  # bytes of one picture
HEAD = 2_048  # bytes of one part's head
LENGTH = re.compile(rb"content-length:\s*(\d{1,9})", re.IGNORECASE)
SILENCE = 15.0  # seconds without a picture
TRIES = 6  # in a row: a picture that cannot be had would block every other call


class BadParts(ValueError):
    """This is no stream of JPEGs."""


class Parts:
    """Feed it bytes however they are cut; whole pictures come out."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        self._rest += data
        found = []
        while (cut := self._next()) is not None:
            start, end = cut
            found.append(bytes(self._rest[start:end]))
            del self._rest[:end]
        return found

    def _next(self) -> tuple[int, int] | None:
        if self._rest.startswith((b"\r", b"\n")):  # line ends behind a picture: how many is not agreed
            self._rest = self._rest.lstrip(b"\r\n")
        end = self._rest.find(b"\r\n\r\n", 0, HEAD)
        if end < 0:
            if len(self._rest) > HEAD:
                raise BadParts("a head without end")
            return None
        match = LENGTH.search(self._rest, 0, end)
        if not match:
            raise BadParts("a part without length")
        size = int(match[1])
        if size > LARGEST:
            raise BadParts(f"a picture of {size} bytes")
        return (end + 4, end + 4 + size) if len(self._rest) >= end + 4 + size else None


async def pictures(address: str, name: str, watch: Watch) -> AsyncGenerator[VideoFrame, None]:
    """The newest picture each time it is asked for, until it is closed; Offline after several failures in a row."""
    import httpx  # loaded with the first iPhone: an agent that starts is there sooner

    number = itertools.count()
    while True:
        reason = "it ended"
        try:
            async with contextlib.aclosing(_newest(address)) as newest:
                async for data in newest:
                    size = jpeg_size(data)
                    if size is None:
                        continue
                    watch.say("video", State.UP)
                    moment = int(asyncio.get_running_loop().time() * 1e6)
                    yield VideoFrame("jpeg", size, True, moment, next(number), data)
        except (httpx.HTTPError, BadParts, TimeoutError) as error:
            reason = str(error) or type(error).__name__
        watch.say("video", State.DOWN, f"{name} sends no picture: {reason}")
        health = watch.channels.video
        if health.failures >= TRIES:
            raise Offline(name, f"sends no picture at {address}: start WebDriverAgent again")
        await asyncio.sleep(health.pause())


async def _newest(address: str) -> AsyncGenerator[bytes, None]:
    """Reads as fast as pictures come and keeps only the last."""
    newest: list[bytes] = []
    some = asyncio.Event()

    async def read() -> None:
        import httpx

        parts = Parts()
        limits = httpx.Timeout(SILENCE, connect=5.0)
        try:
            async with (
                httpx.AsyncClient(trust_env=False, timeout=limits) as http,
                http.stream("GET", address) as answer,
            ):
                answer.raise_for_status()
                async for data in answer.aiter_raw():
                    if found := parts.feed(data):
                        newest[:] = found[-1:]
                        some.set()
        finally:
            some.set()

    reading = asyncio.ensure_future(read())
    try:
        while True:
            await some.wait()
            some.clear()
            if newest:
                yield newest.pop()
            elif reading.done():
                await reading
                return
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)


def jpeg_size(data: bytes) -> Size | None:
    """Width and height out of the frame header; None for what is no whole JPEG."""
    if data[:2] != b"\xff\xd8":
        return None
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None
