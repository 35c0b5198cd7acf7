"""scrcpy's video stream: a frame when the screen changes, and one each second while it does not.

A screen that comes to rest is sent once more as a key frame: what leaned on the pictures before shows a trace of them.
"""

import asyncio
import struct
import time
from dataclasses import dataclass, field
from functools import partial

from greenroom.agent.virtual.android.scrcpy.encoder import Picture, Point, Shape, Studio
from greenroom.agent.virtual.android.scrcpy.numbers import numbered, unchanged
from greenroom.agent.virtual.android.scrcpy.options import H264, Options, video_size
from greenroom.agent.virtual.android.stream import Stream
from greenroom.agent.virtual.draw.frames import sketch
from greenroom.agent.virtual.handset import Handset

HEADER = struct.Struct(">QI")
CONFIG, KEY = 1 << 63, 1 << 62
REPEAT = 1.0  # seconds
REST = 0.3  # seconds without a change
RARELY = 2.0  # seconds between two key frames for that
SLIGHT = 400  # bytes of a picture that changed so little that it leaves no trace worth a key frame: a cursor
SCREEN_FPS = 60.0


@dataclass(slots=True)
class Video:
    """One client's video; `size` is what it is sent now, and what its touches have to name."""

    handset: Handset
    studio: Studio
    options: Options
    size: tuple[int, int] = (0, 0)
    reset: bool = True
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _point: Point | None = None
    _count: int = 0  # pictures since the key frame
    _traced: bool = False  # one of these changed much
    _moved: float = 0.0  # when the last one came
    _keyed: float = 0.0

    def ask_reset(self) -> None:
        """Begin anew with a configuration and a key frame."""
        self.reset = True
        self._wake.set()

    def meta(self) -> bytes:
        """Codec, width and height, as they are first."""
        self.size = self._wanted()
        return struct.pack(">III", H264, *self.size)

    async def play(self, stream: Stream) -> None:
        """Send frames until the client is gone; while it is slow, what it missed is left out.

        A repetition does not hold up what comes after it.
        """
        loop = asyncio.get_running_loop()
        gap = 1 / (self.options.fps or SCREEN_FPS)
        began = -gap
        try:
            with self.handset.watched() as changed:
                while True:
                    await asyncio.sleep(max(0.0, began + gap - loop.time()))
                    changed.clear()
                    self._wake.clear()
                    await self.handset.slowly()
                    now = loop.time()
                    if await self._send(stream):
                        began = now
                    await _either(changed, self._wake, self._patience())
        finally:
            self._leave()

    def _leave(self) -> None:
        self.studio.leave(self._point)
        self._point = None

    def _patience(self) -> float:
        """Seconds until something is to be sent though nothing changes."""
        return max(0.0, self._rests_at() - time.monotonic()) if self._traced else REPEAT

    def _rests_at(self) -> float:
        return max(self._moved + REST, self._keyed + RARELY)

    def _wanted(self) -> tuple[int, int]:
        return video_size(*self.handset.phone.size, self.options.most)

    async def _send(self, stream: Stream) -> bool:
        """Whether it was another picture than the last."""
        size = self._wanted()
        fresh, self.reset = self.reset or size != self.size, False
        if fresh:
            self._leave()
            self.size = size
        stamp = time.monotonic_ns() // 1000
        picture = self._picture()
        same = self._point is not None and self._point.shown == picture.key
        if self._point and same and self._traced and time.monotonic() >= self._rests_at():
            self._point = point = await self.studio.rested(self._point, Shape(*size), picture)
        elif same:
            self._count += 1
            await self._packet(stream, stamp, unchanged(*size, self._count))
            return False
        else:
            self._point = point = await self.studio.next(self._point, Shape(*size), picture)
        self._count = 0 if point.key else self._count + 1
        self._moved = time.monotonic()
        if point.key:
            self._keyed = self._moved
        self._traced = not point.key and (self._traced or len(point.data) > SLIGHT)
        if fresh:
            await self._packet(stream, CONFIG, point.config)
        if point.key:
            await self._packet(stream, stamp | KEY, point.data)
        else:
            await self._packet(stream, stamp, numbered(point.data, self._count))
        return True

    def _picture(self) -> Picture:
        """What the phone shows at this moment, not drawn yet."""
        phone = self.handset.phone
        shown = (phone.ops(), phone.wide, phone.high)
        return Picture(shown, partial(sketch, *shown))

    async def _packet(self, stream: Stream, flags: int, data: bytes) -> None:
        await stream.write(HEADER.pack(flags, len(data)) + data if self.options.frame_meta else data)


async def _either(one: asyncio.Event, other: asyncio.Event, within: float) -> None:
    waits = {asyncio.ensure_future(one.wait()), asyncio.ensure_future(other.wait())}
    try:
        await asyncio.wait(waits, timeout=within, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
