"""Bundles opened and cleared away in threads of their own: an archive of gigabytes holds up nothing else."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

from greenroom.agent.drivers.bundle import Bundle, opened

_MOVERS = ThreadPoolExecutor(2, thread_name_prefix="unpack")
_clearing: set[asyncio.Task[None]] = set()


@asynccontextmanager
async def unpacked(files: Sequence[Path]) -> AsyncIterator[Bundle]:
    """The package files that `files` hold, until the block ends. Raises BadBundle."""
    stack = ExitStack()
    opening = asyncio.get_running_loop().run_in_executor(_MOVERS, stack.enter_context, opened(files))
    try:
        yield await asyncio.shield(opening)
    finally:
        clearing = asyncio.create_task(_clear(opening, stack))
        _clearing.add(clearing)
        clearing.add_done_callback(_clearing.discard)
        await asyncio.shield(clearing)


async def _clear(opening: asyncio.Future[Bundle], stack: ExitStack) -> None:
    """Also what a thread was still unpacking when nobody waited for it any more."""
    await asyncio.wait([opening])
    with contextlib.suppress(Exception):
        opening.result()
    await asyncio.get_running_loop().run_in_executor(_MOVERS, stack.close)
