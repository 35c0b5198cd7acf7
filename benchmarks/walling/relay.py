"""`python -m benchmarks.walling.relay`: the server's own relay over one WebSocket, with films for phones.

Reads a pickled Show on standard input, prints its port, and after each wall one line of JSON: what the phones took and
the CPU seconds of this process. The tiles, hubs, windows and the outbox are the product's; the phones' way in is not.
"""

import asyncio
import json
import pickle
import sys
import time
from dataclasses import dataclass
from uuid import UUID

from websockets.asyncio.server import ServerConnection, serve

from benchmarks.walling.pictures import Film
from greenroom.phones.lines import Line, Lines
from greenroom.phones.relay import Relay
from greenroom.phones.wall_outbox import Outbox
from greenroom.phones.wall_tile import Tile
from greenroom.wire import binary, control
from greenroom.wire.binary import STREAMS, Flag, Video
from greenroom.wire.limits import LARGEST_CONTROL
from greenroom.wire.messages import (
    FROM_WALL,
    InputRefused,
    KeyFrame,
    Refresh,
    Seen,
    Send,
    Shown,
    Stream,
    Tiles,
    Want,
    Watch,
)
from greenroom.wire.messages import Tile as TileSaid

TO_LINE = frozenset({Send, KeyFrame})


@dataclass(frozen=True, slots=True)
class Show:
    """`films` are dealt out among the phones, `fps` frames a second each."""

    films: list[Film]
    phones: int
    fps: float


class Canned:
    """One phone: its film, round and round, from another place than the others'."""

    def __init__(self, number: int, film: Film, lines: Lines) -> None:
        self.number, self.phone = number, UUID(int=number + 1)
        self._film, self._lines = film, lines
        self._at, self._sequence = 0, 0
        self.stream: Stream | None = None

    def begin(self) -> None:
        self._at = 0

    def take(self) -> None:
        """The next frame is taken now, and goes out."""
        film, self._sequence = self._film, (self._sequence + 1) % 2**32
        flags = STREAMS[self.stream or "thumbnail"]
        flags |= Flag.KEY | Flag.JPEG if film.codec == "jpeg" else Flag.KEY if self._at == 0 else Flag(0)
        moment = time.monotonic_ns() // 1000
        video = Video(self.number, flags, self._sequence, moment, *film.size, film.frames[self._at])
        self._at = (self._at + 1) % len(film.frames)
        self._lines.tell(self.phone, binary.write_video(video))


class Stage:
    """All phones of a show, on one line."""

    def __init__(self, show: Show) -> None:
        self._show, self.lines, self._line = show, Lines(), Line()
        self.relay = Relay(self.lines)
        self.phones = [Canned(n, show.films[n % len(show.films)], self.lines) for n in range(show.phones)]
        self.taken = 0
        self.lines.place(
            self._line, {one.number: one.phone for one in self.phones}, tuple(_seen(one.number) for one in self.phones)
        )

    async def run(self) -> None:
        await asyncio.gather(self._hear(), *(self._play(one) for one in self.phones))

    async def _hear(self) -> None:
        while True:
            data = await self._line.next()
            assert not isinstance(data, InputRefused), "nobody presses anything here"
            message = control.read(data, TO_LINE)
            if isinstance(message, Send):
                phone = self.phones[message.number]
                phone.stream = message.stream if message.on else None
                phone.begin()
            elif isinstance(message, KeyFrame):
                self.phones[message.number].begin()

    async def _play(self, phone: Canned) -> None:
        clock = asyncio.get_running_loop().time
        due = clock() + phone.number / len(self.phones) / self._show.fps
        while True:
            await asyncio.sleep(max(0.0, due - clock()))
            due += 1 / self._show.fps
            if phone.stream is not None:
                phone.take()
                self.taken += 1


async def wall(socket: ServerConnection, stage: Stage) -> None:
    """One wall, as phones/wall_socket.py does it, without persons and leases."""
    outbox = Outbox()
    tiles = {one.number: Tile(one.number, one.phone, stage.relay, outbox.ready) for one in stage.phones}
    emptying = asyncio.create_task(outbox.empty(_Wire(socket)))
    try:
        async for data in socket:
            match control.read(data, FROM_WALL):
                case Want():
                    outbox.put(Tiles(tuple(TileSaid(one.number, one.phone) for one in stage.phones)))
                case Watch(number, quality, stills):
                    tiles[number].watch(quality, stills=stills)
                case Refresh(number):
                    tiles[number].refresh()
                case Shown(frames):
                    now = time.monotonic()
                    for one in frames:
                        tiles[one.number].shown(one.sequence, now)
    finally:
        emptying.cancel()
        for tile in tiles.values():
            tile.close()
        print(json.dumps({"taken": stage.taken, "cpu": time.process_time()}), flush=True)


class _Wire:
    def __init__(self, socket: ServerConnection) -> None:
        self._socket = socket

    async def send_text(self, data: str) -> None:
        await self._socket.send(data)

    async def send_bytes(self, data: bytes) -> None:
        await self._socket.send(data)


def _seen(number: int) -> Seen:
    return Seen(number, f"film {number}", "android", "live", "", "", "", 1080, 2400, None, charging=False,
                temperature=None, storage_free=None, storage_total=None, port="", front="", abilities=(),
                marks=())  # fmt: skip


async def main() -> None:
    stage = Stage(pickle.load(sys.stdin.buffer))  # noqa: S301 - from the benchmark itself
    async with serve(
        lambda socket: wall(socket, stage), "127.0.0.1", 0, compression=None, max_size=LARGEST_CONTROL
    ) as server:
        print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
        await stage.run()


if __name__ == "__main__":
    asyncio.run(main())
