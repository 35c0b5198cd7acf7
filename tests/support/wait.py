"""Waiting for what another task or process does."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def until(look: Callable[[], Awaitable[T]], *, within: float = 30) -> T:
    """The first truthy thing that `look` finds; fails when there is none in time."""
    deadline = time.monotonic() + within
    while not (found := await look()):
        assert time.monotonic() < deadline, f"nothing within {within} s, last {found!r}"
        await asyncio.sleep(0.02)
    return found


async def until_true(look: Callable[[], bool], *, within: float = 30) -> None:
    async def looked() -> bool:
        return look()

    await until(looked, within=within)
