"""A wall as a program: speaks the wire as the page does, taps, and notes when which frame came."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from websockets.asyncio.client import ClientConnection, connect

from benchmarks.phonelab.site import Site
from greenroom.wire import binary, control
from greenroom.wire.binary import Action, Flag, Touch
from greenroom.wire.limits import LARGEST_FRAME
from greenroom.wire.messages import (
    TO_WALL,
    Beat,
    Held,
    InputDone,
    InputRefused,
    Open,
    Refused,
    Shown,
    ShownFrame,
    Tiles,
    Want,
    Watch,
)
from greenroom.wire.version import VERSION

STARTING = 60.0
HELD = 0.04  # seconds that a finger stays
TOLD = 0.2  # seconds between two messages of what was shown


@dataclass(slots=True)
class Came:
    """A frame: when it was taken and when it came, in microseconds of the machine's monotonic clock."""

    taken: int
    came: int
    size: int


class Viewer:
    """Phones have their serial numbers here. `frames` grows until `forget`."""

    def __init__(self, line: ClientConnection, phones: dict[UUID, str]) -> None:
        self._line, self._phones = line, phones
        self._numbers: dict[str, int] = {}
        self._serials: dict[int, str] = {}
        self._epochs: dict[int, int] = {}
        self._sizes: dict[int, tuple[int, int]] = {}
        self._shown: dict[int, int] = {}
        self._sequence = 0
        self._news = asyncio.Event()
        self.frames: dict[str, list[Came]] = {serial: [] for serial in phones.values()}
        self.done = 0
        self.refused: list[str] = []

    async def run(self, quality: Literal["off", "thumbnail", "focus"]) -> None:
        await self._line.send(control.write(Open(VERSION)))
        await self._line.send(control.write(Want(tuple(self._phones))))
        telling = asyncio.create_task(self._tell())
        try:
            async for data in self._line:
                if isinstance(data, bytes):
                    self._frame(data)
                else:
                    await self._hear(data, quality)
                self._news.set()
        finally:
            telling.cancel()

    async def ready(self) -> None:
        """Once every phone is held and shown."""
        await self._until(lambda: len(self._epochs) == len(self._sizes) == len(self._phones))

    async def tap(self, serial: str, x: float, y: float) -> int:
        """At a share of width and height; when the finger was lifted, for only then is it a tap."""
        await self._touch(serial, Action.DOWN, x, y)
        await asyncio.sleep(HELD)
        return await self._touch(serial, Action.UP, x, y)

    def forget(self) -> None:
        for frames in self.frames.values():
            frames.clear()
        self.done, self.refused = 0, []

    async def _touch(self, serial: str, action: Action, x: float, y: float) -> int:
        number, moment = self._numbers[serial], time.monotonic_ns() // 1000
        width, height = self._sizes[number]
        self._sequence += 1
        touch = Touch(number, self._epochs[number], self._sequence, moment, action, int(x * width), int(y * height),
                      width, height)  # fmt: skip
        await self._line.send(binary.write_input(touch))
        return moment

    def _frame(self, data: bytes) -> None:
        came = time.monotonic_ns() // 1000
        frame = binary.read_video(data)
        if Flag.STALE in frame.flags:
            return
        self._sizes[frame.phone] = (frame.width, frame.height)
        self._shown[frame.phone] = frame.sequence
        self.frames[self._serials[frame.phone]].append(Came(frame.moment, came, len(frame.data)))

    async def _hear(self, data: str, quality: Literal["off", "thumbnail", "focus"]) -> None:
        match control.read(data, TO_WALL):
            case Tiles(tiles):
                for one in tiles:
                    self._numbers[self._phones[one.phone]] = one.number
                    self._serials[one.number] = self._phones[one.phone]
                    await self._line.send(control.write(Watch(one.number, quality, stills=False)))
            case Held(number, epoch, _, mine) if mine:
                self._epochs[number] = epoch
            case InputDone():
                self.done += 1
            case InputRefused(kind=kind):
                self.refused.append(kind)
            case Refused(sentence=sentence):
                raise RuntimeError(sentence)

    async def _tell(self) -> None:
        count = 0
        while True:
            await asyncio.sleep(TOLD)
            shown, self._shown = self._shown, {}
            if shown:
                await self._line.send(control.write(Shown(tuple(ShownFrame(*one) for one in shown.items()))))
            count += 1
            if count % 25 == 0:
                await self._line.send(control.write(Beat(count)))

    async def _until(self, test: Callable[[], bool]) -> None:
        async with asyncio.timeout(STARTING):
            while not test():
                self._news.clear()
                await self._news.wait()


@asynccontextmanager
async def viewing(site: Site, quality: Literal["off", "thumbnail", "focus"] = "thumbnail") -> AsyncIterator[Viewer]:
    """A wall of all the site's phones, once it shows them."""
    headers = {"Cookie": f"greenroom={site.cookie}", "Origin": site.address}
    phones = {id: serial for serial, id in site.phones.items()}
    async with connect(site.wall, additional_headers=headers, compression=None, max_size=LARGEST_FRAME) as line:
        viewer = Viewer(line, phones)
        running = asyncio.create_task(viewer.run(quality))
        ready = asyncio.create_task(viewer.ready())
        try:
            await asyncio.wait([running, ready], return_when=asyncio.FIRST_COMPLETED)
            if running.done():
                running.result()
            await ready
            yield viewer
        finally:
            for task in (running, ready):
                task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await running
