"""Whether this computer keeps up: how late its own loop is, and how many frames fewer that calls for."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

TICK = 0.1  # seconds
LATE, EARLY = 0.1, 0.03  # seconds late: too much, and none to speak of
STEPS = 5  # ticks in a row that are late before it counts: one slow moment is no load
CALM = 100  # ticks in a row that are early before there is more again
MOST = 4  # times fewer


@dataclass(slots=True)
class Load:
    """Feed it how late each tick came; `share` says how many times fewer frames there should be. Pure."""

    share: int = 1
    _late: int = 0
    _early: int = 0

    def feed(self, late: float) -> bool:
        """Whether `share` changed."""
        self._late = self._late + 1 if late > LATE else 0
        self._early = self._early + 1 if late < EARLY else 0
        if self._late >= STEPS and self.share < MOST:
            self.share, self._late = self.share * 2, 0
            return True
        if self._early >= CALM and self.share > 1:
            self.share, self._early = self.share // 2, 0
            return True
        return False


async def follow(told: Callable[[int], None]) -> None:
    """Until cancelled; `told` hears of each new share."""
    clock, load = asyncio.get_running_loop().time, Load()
    while True:
        began = clock()
        await asyncio.sleep(TICK)
        if load.feed(clock() - began - TICK):
            told(load.share)
