"""Tries at the door, counted though the request that fails leaves nothing else behind."""

import hashlib
from datetime import timedelta

from greenroom.infra.context import House
from greenroom.kit.errors import TooMany
from greenroom.tenancy import session_store


async def knock(house: House, *what: str, capacity: int, every: timedelta) -> None:
    """Take one of `capacity` tries, of which one comes back per `every`; raises TooMany when none is left."""
    async with house.database.transaction() as tx:
        wait = await session_store.take_token(tx, _key(*what), capacity=capacity, per_second=1 / every.total_seconds())
    if wait > 0:
        raise TooMany(f"Too many tries; wait {round(wait) + 1} seconds", after=timedelta(seconds=wait))


async def forget(house: House, *what: str) -> None:
    """All tries are there again: the last one was right."""
    async with house.database.transaction() as tx:
        await session_store.forget_throttle(tx, _key(*what))


def _key(*what: str) -> bytes:
    return hashlib.sha256("\0".join(what).encode()).digest()
