"""The small HTTP server of virtual phones: requests in pieces and in a row, and what it does not take."""

import pytest

from greenroom.agent.virtual.http import Request, Response, as_json, serve_http


async def answer(request: Request) -> Response:
    return as_json({"path": request.path, "query": request.query, "body": request.body.decode()})


async def talk(*parts: bytes) -> bytes:
    left, said = list(parts), bytearray()

    async def read() -> bytes:
        return left.pop(0) if left else b""

    async def write(data: bytes) -> None:
        said.extend(data)

    await serve_http(read, write, answer)
    return bytes(said)


async def test_requests_in_pieces_and_in_a_row() -> None:
    whole = b"POST /a%20b?x=1 HTTP/1.1\r\nContent-Length: 5\r\n\r\nhelloGET /c HTTP/1.1\r\n\r\n"
    said = await talk(*[whole[at : at + 7] for at in range(0, len(whole), 7)])
    assert said.count(b"HTTP/1.1 200 OK") == 2
    assert b'{"path": "/a b", "query": {"x": "1"}, "body": "hello"}' in said
    assert b'"path": "/c"' in said


async def test_a_client_that_wants_to_close_is_closed() -> None:
    said = await talk(b"GET /a HTTP/1.1\r\nConnection: close\r\n\r\nGET /b HTTP/1.1\r\n\r\n")
    assert said.count(b"HTTP/1.1 200 OK") == 1


@pytest.mark.parametrize(
    "nonsense",
    [
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhe",
        b"x" * 200_000,
    ],
)
async def test_what_cannot_be_taken_is_not_answered(nonsense: bytes) -> None:
    assert await talk(nonsense) == b""
