"""Kills and freezes workers and restarts their database, by a seeded plan, until the plan is done."""

import asyncio
import random
import signal
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from greenroom_dev.faulty.nursery import Nursery

FROZEN = (3.5, 6.0)
"""Seconds that a worker stands still; longer than its lease."""


@dataclass
class Havoc:
    """How much of each, evenly over `seconds` with some chance; a killed worker is replaced at once."""

    nursery: Nursery
    workers: int
    seed: int
    seconds: float
    kills: int
    stops: int
    restarts: int
    restart: Callable[[], object]
    killed: int = 0
    stopped: int = 0
    restarted: int = 0
    _alive: list[str] = field(default_factory=list)
    _frozen: dict[str, float] = field(default_factory=dict)
    _number: int = 0
    _restarting: list["asyncio.Task[object]"] = field(default_factory=list)

    async def wreak(self) -> None:
        """Start the workers, do the plan, thaw who is frozen; the workers live on."""
        chance = random.Random(self.seed)
        plan = self._planned(chance)
        for _ in range(self.workers):
            self._replace()
        begun = time.monotonic()
        for moment, act in plan:
            while (left := begun + moment - time.monotonic()) > 0:
                await asyncio.sleep(min(left, 0.1))
                self._thaw(time.monotonic())
            await act(chance)
        self._thaw(float("inf"))
        await asyncio.gather(*self._restarting)

    def _planned(self, chance: random.Random) -> list[tuple[float, Callable[[random.Random], Awaitable[None]]]]:
        acts = [self._kill] * self.kills + [self._stop] * self.stops
        chance.shuffle(acts)
        step = self.seconds / (len(acts) + 1)
        plan = [((at + chance.random()) * step, act) for at, act in enumerate(acts, start=1)]
        gap = self.seconds / (self.restarts + 1)
        return sorted(plan + [(gap * at, self._restart) for at in range(1, self.restarts + 1)], key=lambda one: one[0])

    async def _kill(self, chance: random.Random) -> None:
        victim = self._take(chance)
        self.nursery.kill(victim)
        self.killed += 1
        self._replace()

    async def _stop(self, chance: random.Random) -> None:
        victim = self._take(chance)
        self.nursery.signal(victim, signal.SIGSTOP)
        self.stopped += 1
        self._frozen[victim] = time.monotonic() + chance.uniform(*FROZEN)

    async def _restart(self, _: random.Random) -> None:
        """Beside the rest, so that nobody stays frozen for longer because of it."""
        self._restarting.append(asyncio.create_task(asyncio.to_thread(self.restart)))
        self.restarted += 1

    def _thaw(self, now: float) -> None:
        for name in [name for name, due in self._frozen.items() if due <= now]:
            del self._frozen[name]
            self.nursery.signal(name, signal.SIGCONT)
            self._alive.append(name)

    def _take(self, chance: random.Random) -> str:
        """One that is not frozen; thaws one first where all are."""
        if not self._alive:
            self._thaw(float("inf"))
        return self._alive.pop(chance.randrange(len(self._alive)))

    def _replace(self) -> None:
        self._number += 1
        self._alive.append(f"w{self._number}")
        self.nursery.start(self._alive[-1])
