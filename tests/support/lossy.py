"""A TCP proxy that brings a request to its server and then, now and then, loses the answer."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class Lossy:
    """`share` of the answers to requests whose method and path hold `about` are lost, drawn from `chance`.

    With `come_from` the server is told that the request comes from this address.
    """

    server: int
    about: str
    chance: random.Random
    share: float = 0.0
    port: int = 0
    come_from: str = ""
    seen: int = 0
    lost: int = 0
    paths: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def allow(self) -> str:
        return f"localhost:{self.port}"

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request a connection: the answer is whole here, its effect done, before it is passed on or lost."""
        head = await reader.readuntil(b"\r\n\r\n")
        method, path = head.decode("latin-1").split(" ", 2)[:2]
        self.paths.append(path)
        length = next(
            (
                int(line.partition(b":")[2])
                for line in head.lower().split(b"\r\n")
                if line.startswith(b"content-length:")
            ),
            0,
        )
        body = await reader.readexactly(length)
        there, back = await asyncio.open_connection("localhost", self.server)
        more = "\r\nConnection: close" + (f"\r\nX-Forwarded-For: {self.come_from}" if self.come_from else "")
        back.write(head.replace(b"\r\n\r\n", more.encode() + b"\r\n\r\n") + body)
        whole = await there.read()
        back.close()
        if self.about in f"{method} {path}":
            self.seen += 1
            if self.chance.random() < self.share:
                self.lost += 1
                writer.transport.abort()
                return
        writer.write(whole)
        await writer.drain()
        writer.close()


@asynccontextmanager
async def lossy(server: int, about: str, *, seed: int) -> AsyncIterator[Lossy]:
    """The proxy in this process, for the time of the block; nothing is lost until `share` says so."""
    made = Lossy(server, about, random.Random(seed))
    listening = await asyncio.start_server(made.answer, "127.0.0.1", 0)
    made.port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield made
