"""A TCP proxy that lets so many of some requests through, and then none of any kind until it is opened again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

_BODY = b'{"error": "Refused", "message": "Not now"}'


@dataclass
class Gate:
    """`closed_to` is the status that a closed gate answers, or 0 when nobody listens any more; `only_counted`: it is
    closed to the counted requests alone."""

    server: int
    about: str
    passing: int = 1_000
    closed_to: int = 503
    port: int = 0
    seen: int = 0
    only_counted: bool = False
    closed: bool = False
    _listening: asyncio.Server | None = None

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def allow(self) -> str:
        return f"localhost:{self.port}"

    async def open(self) -> None:
        self.passing, self.closed = 1_000, False
        if self._listening is None:
            self._listening = await asyncio.start_server(self._answer, "127.0.0.1", self.port)
            self.port = self._listening.sockets[0].getsockname()[1]

    def end(self) -> None:
        if self._listening is not None:
            self._listening.close()
            self._listening = None

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request a connection."""
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:  # a connection on which nothing was sent
            writer.close()
            return
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
        body = await reader.readexactly(int(fields.get(b"content-length", b"0")))
        counts = head.split(b"\r\n", 1)[0].startswith(f"POST {self.about}".encode())
        self.seen += counts
        if counts and self.passing == 0:
            self.closed = True
        if self.closed and (counts or not self.only_counted):
            writer.write(f"HTTP/1.1 {self.closed_to} No\r\nContent-Length: {len(_BODY)}\r\n\r\n".encode() + _BODY)
        else:
            self.passing -= counts
            there, back = await asyncio.open_connection("localhost", self.server)
            back.write(head.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n") + body)
            whole = await there.read()
            back.close()
            if self.closed_to == 0 and self.passing == 0:
                self.end()
            writer.write(whole)
        await writer.drain()
        writer.close()


@asynccontextmanager
async def gate(server: int, about: str) -> AsyncIterator[Gate]:
    """The proxy in this process, open, for the time of the block; `about` is how the counted paths begin."""
    made = Gate(server, about)
    await made.open()
    try:
        yield made
    finally:
        made.end()
