"""Requests to other people's APIs, against real listeners on loopback."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from greenroom.infra.fetch.call import Answer, NoAnswer, NotReached, Stream, call
from greenroom.infra.fetch.refuse import AddressRefused, AnswerRefused
from greenroom.infra.settings import Settings


class Server:
    """A listener that reads one whole request, keeps it, and says what it was told to."""

    def __init__(self, says: bytes, *, waits: float = 0.0) -> None:
        self.says, self.waits, self.heard, self.port, self.connected = says, waits, b"", 0, 0

    async def __aenter__(self) -> "Server":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1")
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connected += 1
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            writer.close()
            return
        length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), 0)
        self.heard = head + await reader.readexactly(length)
        await asyncio.sleep(self.waits)
        writer.write(self.says)
        await writer.drain()
        writer.close()

    async def answers(
        self, method: str, content: bytes | Stream = b"", within: float = 5, before: Callable[[], None] | None = None
    ) -> Answer:
        settings = Settings(home=Path("/nonexistent"), fetch_allow=f"127.0.0.1:{self.port}")
        return await call(
            settings, method, f"http://127.0.0.1:{self.port}/x", headers=[("Content-Type", "text/x"), ("Host", "evil")],
            content=content, limit_bytes=1000, within=timedelta(seconds=within), before=before,
        )  # fmt: skip


OK = b"HTTP/1.1 201 Created\r\nX-Left: 3\r\nContent-Length: 2\r\n\r\nhi"


async def test_a_request_goes_out_whole_and_its_answer_comes_back() -> None:
    async with Server(OK) as server:
        answer = await server.answers("POST", b"\x00body")
    assert (answer.status, answer.headers["x-left"], answer.content) == (201, "3", b"hi")
    assert server.heard.startswith(b"POST /x HTTP/1.1\r\n")
    assert server.heard.endswith(b"\r\n\r\n\x00body")
    assert server.heard.lower().count(b"host:") == 1
    assert b"evil" not in server.heard


async def test_what_is_asked_before_the_first_byte_can_keep_it_back() -> None:
    class TooLate(Exception):
        pass

    asked: list[bytes] = []

    async with Server(OK) as server:

        def before() -> None:
            asked.append(server.heard)
            if len(asked) > 1:
                raise TooLate

        assert (await server.answers("POST", b"one", before=before)).status == 201
        with pytest.raises(TooLate):
            await server.answers("POST", b"two", before=before)
        await asyncio.sleep(0.05)
        assert server.connected == 2
        assert server.heard.endswith(b"one")
    assert asked[0] == b""


async def test_a_stream_is_sent_with_its_length() -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield b"one"
        yield b"two"

    async with Server(OK) as server:
        await server.answers("PUT", Stream(6, parts))
    assert b"content-length: 6" in server.heard.lower()
    assert b"transfer-encoding" not in server.heard.lower()
    assert server.heard.endswith(b"onetwo")


async def test_a_redirect_is_an_answer() -> None:
    async with Server(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n") as server:
        assert (await server.answers("GET")).status == 302


@pytest.mark.parametrize("says", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf", b"SSH-2.0\r\n\r\n"])
async def test_what_was_sent_and_not_answered_may_have_happened(says: bytes) -> None:
    async with Server(says) as server:
        with pytest.raises(NoAnswer):
            await server.answers("POST")
    assert server.heard


async def test_a_slow_answer_may_have_happened() -> None:
    async with Server(OK, waits=2) as server:
        with pytest.raises(NoAnswer, match=r"longer than 0\.2 s"):
            await server.answers("POST", within=0.2)


async def test_a_closed_port_was_not_reached() -> None:
    async with Server(OK) as server:
        """Only its port is wanted."""
    with pytest.raises(NotReached):
        await server.answers("POST")


async def test_a_large_answer_is_not_read() -> None:
    async with Server(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 2000) as server:
        with pytest.raises(AnswerRefused):
            await server.answers("GET")


async def test_a_private_address_is_not_spoken_with() -> None:
    settings = Settings(home=Path("/nonexistent"))
    async with Server(OK) as server:
        with pytest.raises(AddressRefused):
            await call(
                settings, "POST", f"http://127.0.0.1:{server.port}/", limit_bytes=10, within=timedelta(seconds=1)
            )
    assert server.heard == b""
