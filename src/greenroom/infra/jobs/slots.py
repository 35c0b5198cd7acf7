"""How many jobs a line runs at once, and how many it claims. PgQueuer counts rows of its table, which stay until a
run's doorbell is wiped off; this counts what runs, and hears at once when something ends."""

import asyncio
import time
from collections.abc import AsyncIterator, Sized
from contextlib import asynccontextmanager, suppress

_AHEAD = 4
"""While jobs are brief, so many times the slots are claimed, for their starts and ends are written together."""
_BRIEF = 0.01
_LONG = 0.05
_PATIENCE = 0.2
_A_MOMENT = 0.01


class Slots:
    """The room that a line has: `most` handlers at once."""

    def __init__(self, most: int) -> None:
        self.claimed: Sized = ()
        """What the line has claimed and not yet answered: the manager's own record."""
        self._most = most
        self._places = asyncio.Semaphore(most)
        self._changed = asyncio.Event()
        self._usual = _LONG  # seconds that a handler took lately
        self._began: dict[object, float] = {}  # when the handlers at work began, the first one first

    def wake(self) -> None:
        """Something was answered."""
        self._changed.set()

    async def free(self, *, within: float) -> int:
        """How many more may be claimed. Without room it waits for some, and a moment longer for more than a little."""
        if self._room() <= 0:
            await self._grow_to(1, within=within)
            if self._room() > 0:
                await self._grow_to(self._limit() // 2, within=_A_MOMENT)
        return max(0, self._room())

    @asynccontextmanager
    async def place(self) -> AsyncIterator[bool]:
        """Around a handler. False when those before it, brief as they used to be, took long: leave it to another."""
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._places.acquire()
        except TimeoutError:
            yield False
            return
        me = object()
        self._began[me] = time.monotonic()
        try:
            yield True
        finally:
            took = time.monotonic() - self._began.pop(me)
            self._usual += (took - self._usual) / 8
            self._places.release()

    async def _grow_to(self, enough: int, *, within: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self._room() < enough:
                    self._changed.clear()
                    await self._changed.wait()

    def _room(self) -> int:
        return self._limit() - len(self.claimed)

    def _limit(self) -> int:
        if self._most == 1 or self._usual > _BRIEF:
            return self._most
        first = next(iter(self._began.values()), None)
        return self._most if first is not None and time.monotonic() - first > _LONG else self._most * _AHEAD
