"""Speak with a server whose address a person gave: one request to its API, no redirects, the answer as it is."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import httpcore

from greenroom.infra.fetch import pinned
from greenroom.infra.fetch.address import Target, read
from greenroom.infra.fetch.allow import read_allowed
from greenroom.infra.fetch.refuse import AnswerRefused
from greenroom.infra.fetch.resolve import Resolver, permitted, system_resolver
from greenroom.infra.settings import Settings
from greenroom.kit.errors import Unavailable

_DIAL = timedelta(seconds=10)


class NotReached(Unavailable):
    """There is no connection: the request was certainly not seen there, and may be sent again."""


class NoAnswer(Unavailable):
    """The request went out and no whole answer came back: what it asks for may have happened."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said, whatever its status. Names of headers in lower case; the last of equals."""

    status: int
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True, slots=True)
class Stream:
    """A body too large for memory. `open` gives its bytes from the start, `length` is their number."""

    length: int
    open: Callable[[], AsyncIterator[bytes]]


async def call(
    settings: Settings,
    method: str,
    address: str,
    *,
    headers: Iterable[tuple[str, str]] = (),
    content: bytes | Stream = b"",
    limit_bytes: int,
    within: timedelta,
    before: Callable[[], None] | None = None,
    resolver: Resolver = system_resolver,
) -> Answer:
    """Send one request; a redirect is an answer like any other. `limit_bytes` bounds the answer's body.
    `before` is called once there is a connection, right before the first byte: what it raises goes through, and then
    nothing was sent.

    Raises AddressRefused when the address is not one that this server speaks with, NotReached or NoAnswer when
    there is no answer `within` the time, AnswerRefused when the answer is larger than allowed.
    """
    target = read(address)
    dialled = False
    try:
        async with asyncio.timeout(within.total_seconds()):
            async with asyncio.timeout(_DIAL.total_seconds()):
                addresses = await permitted(target, read_allowed(settings.fetch_allow), resolver)
            dialled = True
            async with _sent(method, target, addresses, headers, content, before) as answer:
                return Answer(answer.status, _headers(answer), await _body(target, answer, limit_bytes))
    except (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.UnsupportedProtocol) as error:
        raise NotReached(f"{target.host} can't be reached; try again later") from error
    except TimeoutError as error:
        why: type[Unavailable] = NoAnswer if dialled else NotReached
        raise why(f"{target.host} took longer than {within.total_seconds():g} s; try again later") from error
    except (OSError, ssl.SSLError, httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
        raise NoAnswer(f"{target.host} hung up before it answered; try again later") from error


@asynccontextmanager
async def _sent(
    method: str,
    target: Target,
    addresses: pinned.Addresses,
    headers: Iterable[tuple[str, str]],
    content: bytes | Stream,
    before: Callable[[], None] | None,
) -> AsyncIterator[httpcore.Response]:
    whole = [*headers]
    if isinstance(content, Stream) or content or method in ("POST", "PUT", "PATCH"):
        length = content.length if isinstance(content, Stream) else len(content)
        whole.append(("content-length", str(length)))
    body = content.open() if isinstance(content, Stream) else content
    async with pinned.request(method, target, addresses, headers=whole, content=body, before=before) as answer:
        yield answer


async def _body(target: Target, answer: httpcore.Response, limit: int) -> bytes:
    body = bytearray()
    async for chunk in answer.aiter_stream():
        body += chunk
        if len(body) > limit:
            raise AnswerRefused(f"{target.host} answered with more than {limit / 1_000_000:g} MB")
    return bytes(body)


def _headers(answer: httpcore.Response) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
