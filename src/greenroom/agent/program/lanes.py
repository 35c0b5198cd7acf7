"""What is to be done on one phone, in the order in which it came: acts of the hand on one lane, long work on another.

An install of minutes does not hold up a tap; a tap that came before it is done before it begins.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

HANDS, FREIGHT = 64, 16  # that wait; what comes on top is refused

Work = Callable[[], Awaitable[None]]


class Full(Exception):
    """So much waits that this one is not taken."""


class Lane:
    """Work that came one after the other is done one after the other; what fails is logged and harms no other."""

    def __init__(self, most: int, who: str) -> None:
        self._queue: asyncio.Queue[tuple[Work, asyncio.Event]] = asyncio.Queue(most)
        self._last: asyncio.Event | None = None
        self._who = who

    def put(self, work: Work) -> None:
        """In its turn; raises Full."""
        done = asyncio.Event()
        try:
            self._queue.put_nowait((work, done))
        except asyncio.QueueFull as error:
            raise Full from error
        self._last = done

    @property
    def last(self) -> asyncio.Event | None:
        """Set when all is done that was put until now."""
        return self._last

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            work, done = await self._queue.get()
            try:
                await work()
            except Exception:
                log.exception("%s: something that was to be done on it failed", self._who)
            finally:
                done.set()
