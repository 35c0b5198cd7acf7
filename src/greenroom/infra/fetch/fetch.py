"""Fetch what an address that a person gave leads to, within limits of size, time and kind."""

import asyncio
import ssl
from collections.abc import AsyncGenerator, Collection
from contextlib import aclosing
from dataclasses import dataclass
from datetime import timedelta

import httpcore

from greenroom.infra.fetch import pinned
from greenroom.infra.fetch.address import Target, follow, read
from greenroom.infra.fetch.allow import Entry, read_allowed
from greenroom.infra.fetch.refuse import AddressRefused, AnswerRefused
from greenroom.infra.fetch.resolve import Resolver, permitted, system_resolver
from greenroom.infra.fetch.sniff import HEAD, sniff
from greenroom.infra.settings import Settings
from greenroom.kit.errors import Unavailable

MAX_REDIRECTS = 5
_LEADS_ON = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was there: the address after redirects, the type by its content (never by its header), the bytes."""

    address: str
    type: str
    content: bytes


async def fetch(
    settings: Settings,
    address: str,
    *,
    limit_bytes: int,
    within: timedelta,
    accept: Collection[str],
    resolver: Resolver = system_resolver,
) -> Fetched:
    """GET the address. `accept` names media types, as `sniff` tells them.

    Raises AddressRefused when it, or one that it leads on to, is not fetched; AnswerRefused when what comes is
    too large, of another kind or an error; Unavailable when it does not answer in time.
    """
    target = read(address)
    try:
        async with asyncio.timeout(within.total_seconds()):
            return await _follow(target, read_allowed(settings.fetch_allow), limit_bytes, accept, resolver)
    except TimeoutError as error:
        raise Unavailable(f"{target.host} took longer than {within.total_seconds():g} s; try again later") from error
    except (OSError, ssl.SSLError, httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
        raise Unavailable(f"{target.host} does not answer as it should; try again later") from error


async def _follow(
    target: Target, allowed: tuple[Entry, ...], limit: int, accept: Collection[str], resolver: Resolver
) -> Fetched:
    for _ in range(MAX_REDIRECTS + 1):
        addresses = await permitted(target, allowed, resolver)
        async with pinned.request("GET", target, addresses) as answer:
            if answer.status not in _LEADS_ON:
                return Fetched(str(target), *await _content(target, answer, limit, accept))
            target = follow(target, _header(answer, b"location"))
    raise AddressRefused(f"The address leads on more than {MAX_REDIRECTS} times; give the last one")


async def _content(target: Target, answer: httpcore.Response, limit: int, accept: Collection[str]) -> tuple[str, bytes]:
    if not 200 <= answer.status < 300:
        raise AnswerRefused(f"{target.host} answered {answer.status}; check the address")
    if _header(answer, b"content-encoding").lower() not in ("", "identity"):
        raise AnswerRefused(f"{target.host} sends compressed what was asked for plain")
    length = _header(answer, b"content-length")
    if length.isdigit() and int(length) > limit:
        raise _too_large(limit)
    body = bytearray()
    async with aclosing(_chunks(answer)) as chunks:
        async for chunk in chunks:
            body += chunk
            if len(body) > limit:
                raise _too_large(limit)
            if len(body) >= HEAD:
                _check(target, body, accept)
    return _check(target, body, accept), bytes(body)


async def _chunks(answer: httpcore.Response) -> AsyncGenerator[bytes, None]:
    async for chunk in answer.aiter_stream():
        yield chunk


def _check(target: Target, body: bytearray, accept: Collection[str]) -> str:
    type_ = sniff(bytes(body[:HEAD]))
    if type_ not in accept:
        raise AnswerRefused(f"{target.host} sends {type_}; this takes {', '.join(sorted(accept))}")
    return type_


def _too_large(limit: int) -> AnswerRefused:
    return AnswerRefused(f"What is there is larger than {limit / 1_000_000:g} MB")


def _header(answer: httpcore.Response, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in answer.headers if key.lower() == name), "")
