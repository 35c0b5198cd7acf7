"""A wall as a process: watches phones, acknowledges what it saw, and counts.

`python -m tests.chaos.viewer SOCKET COOKIE MODE PHONE…`. `watch`: thumbnails of all. `focus`: the first one sharp.
`slow`: reads 20 messages a second and no more. `drive`: swipes on all, once a second, with what leases it has. Prints a
line of JSON every second: frames and phones seen since the last one, bytes, and inputs taken and refused in all.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from typing import Literal, get_args
from urllib.parse import urlsplit
from uuid import UUID

from websockets.asyncio.client import ClientConnection, connect

from greenroom.wire import binary, control
from greenroom.wire.binary import Action, Touch
from greenroom.wire.limits import LARGEST_FRAME
from greenroom.wire.messages import (
    TO_WALL,
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

Mode = Literal["watch", "focus", "slow", "drive"]
WIDTH, HEIGHT = 720, 1600
PATH = tuple(range(600, 100, -50))
"""Where a finger goes from right to left, in pixels."""
STEP = 16_000  # microseconds between two places of it


class Viewer:
    def __init__(self, line: ClientConnection, mode: Mode) -> None:
        self._line, self._mode = line, mode
        self._frames: Counter[int] = Counter()
        self._bytes = self._sequence = self._taken = 0
        self._refused: Counter[str] = Counter()
        self._shown: dict[int, int] = {}
        self._mine: dict[int, int] = {}

    async def run(self, phones: tuple[UUID, ...]) -> None:
        await self._line.send(control.write(Open(VERSION)))
        await self._line.send(control.write(Want(phones)))
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._listen())
            tasks.create_task(self._acknowledge())
            tasks.create_task(self._tell())
            if self._mode == "drive":
                tasks.create_task(self._drive())

    async def _listen(self) -> None:
        async for data in self._line:
            if self._mode == "slow":
                await asyncio.sleep(1 / 20)
            if isinstance(data, bytes):
                frame = binary.read_video(data)
                self._frames[frame.phone] += 1
                self._bytes += len(data)
                self._shown[frame.phone] = frame.sequence
                continue
            match control.read(data, TO_WALL):
                case Tiles(tiles):
                    for index, tile in enumerate(tiles):
                        sharp = self._mode == "focus" and index == 0
                        watch = Watch(tile.number, "focus" if sharp else "thumbnail", stills=False)
                        await self._line.send(control.write(watch))
                case Held() as held:
                    self._mine[held.number] = held.epoch if held.mine else 0
                case InputDone():
                    self._taken += 1
                case InputRefused(kind=kind):
                    self._refused[kind] += 1
                case Refused(sentence=sentence):
                    raise SystemExit(sentence)

    async def _acknowledge(self) -> None:
        while True:
            await asyncio.sleep(0.2)
            seen, self._shown = self._shown, {}
            if seen:
                frames = tuple(ShownFrame(number, sequence) for number, sequence in seen.items())
                await self._line.send(control.write(Shown(frames)))

    async def _tell(self) -> None:
        while True:
            await asyncio.sleep(1)
            frames, self._frames = self._frames, Counter()
            told = {"frames": frames.total(), "phones": len(frames), "bytes": self._bytes, "taken": self._taken,
                    "refused": self._refused}  # fmt: skip
            print(json.dumps(told), flush=True)
            self._bytes = 0

    async def _drive(self) -> None:
        turn = 0
        while True:
            turn += 1
            path = PATH if turn % 2 else PATH[::-1]
            for number, epoch in self._mine.items():
                if epoch:
                    await self._swipe(number, epoch, path)
            await asyncio.sleep(1)

    async def _swipe(self, number: int, epoch: int, path: tuple[int, ...]) -> None:
        began = round(time.monotonic() * 1e6)
        for place, x in enumerate(path):
            action = Action.DOWN if place == 0 else Action.UP if place == len(path) - 1 else Action.MOVE
            self._sequence += 1
            moment = began + place * STEP
            touch = Touch(number, epoch, self._sequence, moment, action, x, HEIGHT // 2, WIDTH, HEIGHT)
            await self._line.send(binary.write_input(touch))


async def view(socket: str, cookie: str, mode: Mode, phones: tuple[UUID, ...]) -> None:
    headers = {"Cookie": f"greenroom={cookie}", "Origin": f"http://{urlsplit(socket).netloc}"}
    async with connect(
        socket, additional_headers=headers, compression=None, max_size=LARGEST_FRAME, ping_interval=None
    ) as line:
        await Viewer(line, mode).run(phones)


def _mode(word: str) -> Mode:
    found: dict[str, Mode] = {one: one for one in get_args(Mode)}
    return found[word]


if __name__ == "__main__":
    asyncio.run(view(sys.argv[1], sys.argv[2], _mode(sys.argv[3]), tuple(UUID(one) for one in sys.argv[4:])))
