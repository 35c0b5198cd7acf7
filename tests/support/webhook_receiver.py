"""A receiver of webhooks: a real listener that keeps what it was sent, and a check of signatures of its own.

The check is written from the text of Standard Webhooks, not from our code.
"""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntold"
Script = bytes | Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True)
class Told:
    """One request as it came: names of headers in lower case, the body's bytes."""

    line: str
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.body)
        return told


@dataclass
class Receiver:
    """Answers by `script`, the first answer first; after the last one it says 200."""

    port: int = 0
    script: list[Script] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    open_now: int = 0
    most_at_once: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def types(self) -> list[str]:
        return [one.event["type"] for one in self.told]


@asynccontextmanager
async def receiving(*script: Script) -> AsyncIterator[Receiver]:
    receiver = Receiver(script=list(script))

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        receiver.open_now += 1
        receiver.most_at_once = max(receiver.most_at_once, receiver.open_now)
        try:
            receiver.told.append(await _read(reader))
            answer = receiver.script.pop(0) if receiver.script else OK
            if isinstance(answer, bytes):
                writer.write(answer)
            else:
                await answer(reader, writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            """The sender went away, as some tests want."""
        finally:
            receiver.open_now -= 1
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()


async def _read(reader: asyncio.StreamReader) -> Told:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    pairs = (line.split(":", 1) for line in head[1:] if line)
    headers = {name.strip().lower(): value.strip() for name, value in pairs}
    return Told(head[0], headers, await reader.readexactly(int(headers.get("content-length", "0"))))


def saying(status: int, body: bytes = b"", **headers: str) -> bytes:
    """An answer of this status; `retry_after` becomes Retry-After."""
    lines = [f"HTTP/1.1 {status} Said", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def signatures_that_hold(secret: str, headers: Mapping[str, str], body: bytes) -> int:
    """How many of the signatures in the header were made with this secret over these bytes."""
    assert secret.startswith("whsec_")
    key = base64.b64decode(secret[len("whsec_") :], validate=True)
    content = headers["webhook-id"].encode() + b"." + headers["webhook-timestamp"].encode() + b"." + body
    expected = base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()
    found = [one.partition(",") for one in headers["webhook-signature"].split(" ")]
    return sum(version == "v1" and hmac.compare_digest(said, expected) for version, _, said in found)
