"""HTTP/1.1 as the virtual phones serve it: small requests one after another, answers with a length or a stream.

Not for the internet: no chunked requests, no compression, limits instead of options.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

HEAD_MOST, BODY_MOST = 1 << 16, 8 << 20

Read = Callable[[], Awaitable[bytes]]
Write = Callable[[bytes], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """The body; an empty one is an empty object, and ValueError says that it is no JSON."""
        return json.loads(self.body) if self.body.strip() else {}


@dataclass(frozen=True, slots=True)
class Response:
    """`parts`, where given, is sent as it comes until the client goes; then `body` is not."""

    body: bytes = b""
    status: str = "200 OK"
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    parts: AsyncIterator[bytes] | None = None


Answer = Callable[[Request], Awaitable[Response]]


def as_json(value: Any, status: str = "200 OK") -> Response:
    return Response(json.dumps(value).encode(), status, "application/json;charset=UTF-8")


async def serve_http(read: Read, write: Write, answer: Answer) -> None:
    """Requests in order until the client closes, asks to, or sends what cannot be taken."""
    held = bytearray()
    while True:
        request = await _request(read, held)
        if request is None:
            return
        response = await answer(request)
        last = request.headers.get("connection", "").lower() == "close" or response.parts is not None
        length = {} if response.parts is not None else {"Content-Length": str(len(response.body))}
        headers = {
            "Content-Type": response.kind,
            "Connection": "close" if last else "keep-alive",
            **length,
            **response.headers,
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        await write(f"HTTP/1.1 {response.status}\r\n{lines}\r\n".encode() + response.body)
        if response.parts is not None:
            async for part in response.parts:
                await write(part)
        if last:
            return


async def _request(read: Read, held: bytearray) -> Request | None:
    while (end := held.find(b"\r\n\r\n")) < 0:
        part = await read()
        if not part or len(held) > HEAD_MOST:
            return None
        held += part
    line, *fields = bytes(held[:end]).decode("latin-1").split("\r\n")
    del held[: end + 4]
    headers = {name.strip().lower(): value.strip() for name, _, value in (one.partition(":") for one in fields)}
    words = line.split(" ")
    length = headers.get("content-length", "0")
    if len(words) != 3 or not length.isdigit() or int(length) > BODY_MOST or "transfer-encoding" in headers:
        return None
    while len(held) < int(length):
        part = await read()
        if not part:
            return None
        held += part
    body = bytes(held[: int(length)])
    del held[: int(length)]
    target = urlsplit(words[1])
    return Request(words[0], unquote(target.path), dict(parse_qsl(target.query)), headers, body)


class HttpServer:
    """Answers on a TCP port, which it keeps when it goes away and comes back."""

    def __init__(self, answer: Answer, answering: asyncio.Event | None = None) -> None:
        self._answer, self._answering = answer, answering
        self._server: asyncio.Server | None = None
        self._writers: dict[asyncio.StreamWriter, asyncio.Event] = {}  # with what is set when it has ended
        self._host = ""
        self.port = 0

    @property
    def present(self) -> bool:
        return self._server is not None

    async def open(self, host: str, port: int) -> int:
        self._server = await asyncio.start_server(self._connected, host, port)
        self._host, self.port = host, self._server.sockets[0].getsockname()[1]
        return self.port

    async def away(self) -> None:
        """No port, no connections."""
        server, self._server = self._server, None
        if server:
            server.close()
        for writer in tuple(self._writers):
            writer.transport.abort()

    async def back(self) -> None:
        if self._server is None and self.port:
            await self.open(self._host, self.port)

    async def close(self) -> None:
        ended = tuple(self._writers.values())
        await self.away()
        await asyncio.gather(*(event.wait() for event in ended))

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers[writer] = asyncio.Event()

        async def read() -> bytes:
            part = await reader.read(1 << 16)
            if self._answering:
                await self._answering.wait()
            return part

        async def write(data: bytes) -> None:
            if self._answering:
                await self._answering.wait()
            writer.write(data)
            await writer.drain()

        try:
            await serve_http(read, write, self._answer)
        except OSError:
            pass
        finally:
            writer.close()
            self._writers.pop(writer).set()
