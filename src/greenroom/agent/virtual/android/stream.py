"""One stream of a connection: bytes in order, one packet under way each direction, closed by either side."""

import asyncio
from collections.abc import Callable

from greenroom.agent.virtual.android.packets import CLSE, OKAY, WRTE, Packet

HELD = 1 << 20  # bytes kept for a slow service before the client is told to wait


class StreamClosed(ConnectionError):
    """The client has closed this stream."""


class Stream:
    """The phone's end of a stream: services read and write, the link feeds it with the client's packets."""

    def __init__(self, send: Callable[[Packet], None], local: int, remote: int, chunk: int) -> None:
        self.local, self.remote = local, remote
        self.closed = False  # by either side
        self.gone = asyncio.Event()  # by the client, or with the connection
        self._send, self._chunk = send, chunk
        self._held = bytearray()
        self._more = asyncio.Event()
        self._owes = False  # an OKAY that waits for room
        self._free = asyncio.Event()
        self._free.set()
        self._writing = asyncio.Lock()

    # -- for services ---------------------------------------------------------------------------------------------

    async def read(self, most: int = 1 << 16) -> bytes:
        """What is there, at least one byte; nothing once the client has closed."""
        while not self._held:
            if self.gone.is_set():
                return b""
            self._more.clear()
            await self._more.wait()
        data = bytes(self._held[:most])
        del self._held[:most]
        if self._owes and len(self._held) < HELD:
            self._acknowledge()
        return data

    async def exactly(self, count: int) -> bytes:
        """`count` bytes; IncompleteReadError when the client closes before."""
        found = bytearray()
        while len(found) < count:
            part = await self.read(count - len(found))
            if not part:
                raise asyncio.IncompleteReadError(bytes(found), count)
            found += part
        return bytes(found)

    async def write(self, data: bytes | bytearray | memoryview) -> None:
        """Send all of it, each packet after the client has taken the one before; StreamClosed when it is gone."""
        view = memoryview(data)
        async with self._writing:
            for start in range(0, len(view), self._chunk):
                await self._free.wait()
                if self.closed:
                    raise StreamClosed("the client closed this stream")
                self._free.clear()
                self._send(Packet(WRTE, self.local, self.remote, view[start : start + self._chunk]))

    async def flushed(self) -> None:
        """Wait until the client has taken what was written."""
        await self._free.wait()

    def close(self) -> None:
        """Close from this side, once."""
        if not self.closed:
            self.closed = True
            self._send(Packet(CLSE, self.local, self.remote))
        self._wake()

    # -- for the link ---------------------------------------------------------------------------------------------

    def feed(self, data: bytes) -> None:
        self._held += data
        self._more.set()
        self._owes = True
        if len(self._held) < HELD:
            self._acknowledge()

    def taken(self) -> None:
        self._free.set()

    def end(self) -> None:
        """The client closed it, or the connection is lost."""
        self.closed = True
        self._wake()

    def _acknowledge(self) -> None:
        self._owes = False
        if not self.closed:
            self._send(Packet(OKAY, self.local, self.remote))

    def _wake(self) -> None:
        self.gone.set()
        self._more.set()
        self._free.set()
