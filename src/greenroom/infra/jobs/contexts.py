"""Contexts for work without a request: jobs and ticks open their own transactions, for one client at a time."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

import psycopg

from greenroom.infra.context import Actor, Context, House
from greenroom.infra.database import Scope
from greenroom.kit.errors import Unavailable

log = logging.getLogger(__name__)
T = TypeVar("T")

AWAY = (Unavailable, psycopg.OperationalError)
"""How it shows that the database does not answer."""
PATIENCE = timedelta(seconds=60)
_PAUSE = 0.3


@asynccontextmanager
async def context_for(house: House, organisation: UUID, client: UUID, actor: Actor) -> AsyncIterator[Context]:
    """A context over one client in a fresh transaction that is committed at the end of the block.

    Waits up to 60 s for a database that does not answer.
    """
    scope = Scope(organisation, (client,), str(actor))
    async with AsyncExitStack() as stack:
        tx = await insist(lambda: stack.enter_async_context(house.database.transaction(scope)))
        yield Context(organisation, (client,), client, actor, tx, house.clock, house)


async def insist(attempt: Callable[[], Awaitable[T]], *, within: timedelta = PATIENCE) -> T:
    """The attempt's result, tried again while the database does not answer; its last error after `within`."""
    deadline = time.monotonic() + within.total_seconds()
    waited = False
    while True:
        try:
            result = await attempt()
        except AWAY as error:
            if isinstance(error, psycopg.errors.DiskFull) or time.monotonic() > deadline:
                raise
            if not waited:
                log.warning("the database does not answer (%s); trying again", type(error).__name__)
            waited = True
            await asyncio.sleep(_PAUSE)
        else:
            if waited:
                log.warning("the database answers again")
            return result
