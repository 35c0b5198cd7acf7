"""A port of this computer alone that leads to a port of an iPhone, as long as it is plugged in."""

import asyncio
import contextlib

from greenroom.agent.errors import HostBroken, Offline
from greenroom.agent.iphones.usbmux import Attached, Mux

CHUNK = 1 << 16


class Forward:
    """Open with `open`; `port` stays the same until `close`."""

    def __init__(self, mux: Mux, phone: Attached, to: int) -> None:
        self._mux, self._phone, self._to = mux, phone, to
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()
        self.port = 0

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        for task in list(self._open):
            task.cancel()
        if self._open:
            await asyncio.wait(self._open)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._open.add(task)
            task.add_done_callback(self._open.discard)
        with contextlib.closing(writer), contextlib.suppress(Offline, HostBroken, asyncio.CancelledError):
            far_reader, far_writer = await self._mux.connect(self._phone, self._to)
            with contextlib.closing(far_writer):
                ways = [
                    asyncio.create_task(_copy(reader, far_writer)),
                    asyncio.create_task(_copy(far_reader, writer)),
                ]
                try:
                    await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    for way in ways:
                        way.cancel()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(CHUNK):
            writer.write(data)
            await writer.drain()
