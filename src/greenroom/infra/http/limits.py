"""How many requests are taken, over all servers: shares of buckets, spent here without the database."""

import asyncio
import hashlib
import math
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from greenroom.infra.context import House
from greenroom.infra.http import limit_store
from greenroom.infra.http.buckets import Limit, Share
from greenroom.infra.http.network import network_of
from greenroom.kit.errors import TooMany

MOST_SHARES = 20_000
"""Callers that one server remembers; whoever was not heard of longest is forgotten first, with what it was lent."""

_WHO = {
    "token": "this token",
    "user": "you",
    "organisation": "your organisation",
    "address": "your address",
}


@dataclass(slots=True)
class _Place:
    """One bucket's share on this server; only one request at a time asks the database for more."""

    share: Share = field(default_factory=Share)
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(frozen=True, slots=True)
class Taken:
    """A request was taken; what the tightest of its limits has left."""

    limit: Limit
    remaining: int


class Limits:
    """This server's shares of all buckets."""

    def __init__(self, house: House) -> None:
        settings = house.settings
        self._house = house
        self._limits = {
            name: Limit(name, most)
            for name, most in (
                ("token", settings.limit_token),
                ("user", settings.limit_user),
                ("organisation", settings.limit_organisation),
                ("address", settings.limit_address),
            )
        }
        self._places: OrderedDict[bytes, _Place] = OrderedDict()

    async def take_caller(self, organisation: UUID, user: UUID, token: UUID | None) -> Taken | None:
        """Count a request of this person, of the token they sent it with, and of the organisation. Raises TooMany."""
        program = [] if token is None else [("token", str(token))]
        return await self._take(*program, ("user", str(user)), ("organisation", str(organisation)))

    async def take_address(self, address: str) -> Taken | None:
        """Count a request of whoever is unknown, by address (IPv6: by network). Raises TooMany."""
        return await self._take(("address", network_of(address)))

    async def _take(self, *wanted: tuple[str, str]) -> Taken | None:
        """One request out of each bucket, or out of none when one of them is empty."""
        places = [
            (self._limits[name], self._place(_key(name, of)), _key(name, of))
            for name, of in wanted
            if self._limits[name].most
        ]
        while empty := [one for one in places if not one[1].share.held]:
            await self._fill(*empty[0])
        now = self._house.clock.now()
        for _, place, _ in places:
            place.share.spend(now)
        left = [Taken(limit, place.share.remaining()) for limit, place, _ in places]
        return min(left, key=lambda one: one.remaining / one.limit.most, default=None)

    async def _fill(self, limit: Limit, place: _Place, key: bytes) -> None:
        _refuse_if_closed(limit, place.share, self._house.clock.now())
        async with place.asking:
            if place.share.held:
                return
            _refuse_if_closed(limit, place.share, self._house.clock.now())
            async with self._house.database.transaction() as tx:
                bucket, lent = await limit_store.take_share(tx, key, limit)
            now = self._house.clock.now()
            place.share.receive(limit, bucket, lent, now)
            _refuse_if_closed(limit, place.share, now)

    def _place(self, key: bytes) -> _Place:
        place = self._places.setdefault(key, _Place())
        self._places.move_to_end(key)
        while len(self._places) > MOST_SHARES:
            self._places.popitem(last=False)
        return place


def policy_header(limit: Limit) -> str:
    """RateLimit-Policy, as in draft-ietf-httpapi-ratelimit-headers."""
    return f'"{limit.name}";q={limit.most};w={round(limit.window.total_seconds())}'


def state_header(limit: Limit, remaining: int, wait: timedelta) -> str:
    """RateLimit, as in draft-ietf-httpapi-ratelimit-headers."""
    return f'"{limit.name}";r={remaining};t={_seconds(wait)}'


def _refuse_if_closed(limit: Limit, share: Share, now: datetime) -> None:
    wait = share.closed(now)
    if wait <= timedelta(0):
        return
    seconds = _seconds(wait)
    raise TooMany(
        f"{_WHO[limit.name].capitalize()} sent more than {limit.most} requests a minute; wait {seconds} s and go on",
        after=timedelta(seconds=seconds),
        headers={"RateLimit-Policy": policy_header(limit), "RateLimit": state_header(limit, 0, wait)},
        limit=limit.name,
    )


def _seconds(wait: timedelta) -> int:
    return max(1, math.ceil(wait.total_seconds()))


def _key(name: str, of: str) -> bytes:
    return hashlib.sha256(f"{name}\0{of}".encode()).digest()
