"""Enrolment at servers that answer all sorts of things: the code is over only where Greenroom says so."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import pytest

from greenroom.agent.program.enrol import enrol
from greenroom.kit.errors import Invalid, Unavailable

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def answering(status: int, body: str) -> Handler:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 {status} So\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        writer.write((head + body).encode())
        await writer.drain()
        writer.close()

    return answer


@asynccontextmanager
async def server(status: int, body: str) -> AsyncIterator[str]:
    async with await asyncio.start_server(answering(status, body), "127.0.0.1", 0) as made:
        yield f"http://127.0.0.1:{made.sockets[0].getsockname()[1]}"


def problem(slug: str, **more: object) -> str:
    return json.dumps({"type": f"https://greenroom.invalid/problems/{slug}", "detail": "Make a new one", **more})


@pytest.mark.parametrize(
    ("status", "body"),
    [(410, problem("code-over")), (422, problem("invalid", errors={"code": "Field required"}))],
)
async def test_a_code_that_the_server_refuses_is_over(tmp_path: Path, status: int, body: str) -> None:
    async with server(status, body) as address:
        with pytest.raises(Invalid, match="Make a new one"):
            await enrol(tmp_path, address, "AAAA")


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, problem("internal")),
        (503, "<h1>Starting</h1>"),
        (429, problem("too-many")),
        (404, ""),
        (403, problem("forbidden")),
        (410, "gone fishing"),
        (422, problem("invalid", errors={"program": "Too long"})),
        (422, problem("invalid", errors=None)),
        (200, "[]"),
        (201, "hello"),
        (201, json.dumps({"agent_id": "none", "name": "Shelf 1"})),
        (201, json.dumps({"agent_id": str(UUID(int=1))})),
    ],
)
async def test_any_other_answer_says_nothing_of_the_code(tmp_path: Path, status: int, body: str) -> None:
    async with server(status, body) as address:
        with pytest.raises(Unavailable):
            await enrol(tmp_path, address, "AAAA")
    assert os.listdir(tmp_path) == []
