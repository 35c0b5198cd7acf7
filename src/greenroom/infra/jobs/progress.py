"""The latest word on a run's progress, told from any thread and written at most twice a second."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Progress:
    """What changed; None leaves a value as it was, except that an estimate holds only until the next word."""

    stage: str | None = None
    fraction: float | None = None
    message: str | None = None
    eta: timedelta | None = None


class Outbox:
    """Holds one Progress, the sum of what was told since it was last taken."""

    def __init__(self, opened: Callable[[], None] = lambda: None) -> None:
        """`opened` is called in the loop whenever there is something new in an empty box."""
        self._opened = opened
        self._loop = asyncio.get_running_loop()
        self._lock = threading.Lock()
        self._waiting: Progress | None = None
        self._told = asyncio.Event()

    def tell(self, news: Progress) -> None:
        """Thread-safe and quick, so a renderer may call it for every frame."""
        with self._lock:
            first = self._waiting is None
            self._waiting = merged(self._waiting, news)
        if first:
            self._loop.call_soon_threadsafe(self._tell)

    def _tell(self) -> None:
        self._told.set()
        self._opened()

    async def take(self) -> Progress:
        """Wait for news and empty the box."""
        await self._told.wait()
        with self._lock:
            self._told.clear()
            news, self._waiting = self._waiting, None
        return news or Progress()


def merged(before: Progress | None, news: Progress) -> Progress:
    """The later word wins, value by value; fractions stay within 0 and 1, and messages short."""
    before = before or Progress()
    fraction = before.fraction if news.fraction is None else min(1.0, max(0.0, news.fraction))
    return replace(
        before,
        stage=news.stage or before.stage,
        fraction=fraction,
        message=before.message if news.message is None else news.message[:500],
        eta=news.eta,
    )
