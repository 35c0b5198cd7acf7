"""Deadlines of calls: what is late ends, and the error says what the phone did not do."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from greenroom.agent.errors import TimedOut


@asynccontextmanager
async def within(seconds: float, phone: str, doing: str) -> AsyncIterator[None]:
    """`async with within(5, "phone2", "take a screenshot")`; TimedOut when it takes longer."""
    limit = asyncio.timeout(seconds)
    try:
        async with limit:
            yield
    except TimeoutError as error:
        if not limit.expired():
            raise
        raise TimedOut(phone, doing, seconds) from error
