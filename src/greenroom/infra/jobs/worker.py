"""One worker process: answers doorbells of some queues, looks after its runs, takes part in the ticks."""

import asyncio
import logging
import os
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from pgqueuer.core.qm import QueueManager

from greenroom.infra.context import House
from greenroom.infra.jobs.board import line_name
from greenroom.infra.jobs.driver import LastingDriver
from greenroom.infra.jobs.engine import make_manager, run_manager
from greenroom.infra.jobs.liveness import give_away_orphans, hold_lock
from greenroom.infra.jobs.pace import Pace
from greenroom.infra.jobs.reconcile import prune_log, reconcile
from greenroom.infra.jobs.registry import Queue, Registry, Tick
from greenroom.infra.jobs.ticks import lead_ticks
from greenroom.infra.jobs.tidy import tidy
from greenroom.infra.jobs.watch import Watch

log = logging.getLogger(__name__)

SLOTS: dict[Queue, int] = {"io": 16, "cpu": 1}
"""Jobs of a queue that one worker runs at once."""

_HOUSEKEEPING = (
    Tick("jobs.reconcile", timedelta(seconds=5), reconcile),
    Tick("jobs.prune_log", timedelta(hours=1), prune_log),
    Tick("jobs.tidy", timedelta(hours=1), tidy),
)
_LISTEN = 3.0
"""Seconds that runs have to hear that they should stop."""


class Worker:
    """Runs until `stop`. Whatever it leaves unfinished goes on in another worker."""

    def __init__(self, house: House, registry: Registry, queues: Sequence[Queue], *, pace: Pace | None = None) -> None:
        self._house = house
        self._registry = registry
        self._queues = queues
        self._name = f"{os.getpid()}-{uuid4().hex[:4]}"
        self._pace = pace or Pace()
        house.database.end_idle_after(self._pace.idle_after)
        self._watch = Watch(house)
        self._stop = asyncio.Event()
        self._hurry = asyncio.Event()

    async def run(self) -> None:
        """Work until `stop` was called and the running jobs have ended or were handed back."""
        lines = [self._line(queue, uuid4()) for queue in self._queues]
        beside = [
            asyncio.create_task(self._watch.keep()),
            asyncio.create_task(give_away_orphans(self._house, self._pace)),
            asyncio.create_task(lead_ticks(self._house, [*_HOUSEKEEPING, *self._registry.ticks.values()], self._pace)),
        ]
        working = [asyncio.create_task(run_manager(manager, self._pace)) for manager, _ in lines]
        stopping = asyncio.create_task(self._stop.wait())
        log.info("worker answers %s", ", ".join(self._queues))
        try:
            await asyncio.wait((stopping, *working, *beside), return_when=asyncio.FIRST_COMPLETED)
            await self._wind_down(lines, working)
        finally:
            await _end(stopping, *beside)
            for _, driver in lines:
                await driver.close()
        for task in (*working, *beside):
            if not task.cancelled():
                task.result()

    def stop(self) -> None:
        """Take no more work. The second call does not wait for what runs."""
        if self._stop.is_set():
            self._hurry.set()
        self._stop.set()

    def _line(self, queue: Queue, owner: UUID) -> tuple[QueueManager, LastingDriver]:
        driver = LastingDriver(
            self._house.database.url,
            lambda connection: hold_lock(connection, owner),
            name=line_name(queue, self._name),
        )
        manager = make_manager(
            self._house,
            self._registry.of(queue),
            driver,
            self._watch,
            owner=owner,
            slots=SLOTS[queue],
            pace=self._pace,
        )
        return manager, driver

    async def _wind_down(
        self, lines: list[tuple[QueueManager, LastingDriver]], working: list[asyncio.Task[None]]
    ) -> None:
        for manager, _ in lines:
            manager.shutdown.set()
        if len(self._watch):
            log.info("stopping; %s jobs run on for at most %s s", len(self._watch), self._pace.grace.seconds)
        hurry = asyncio.create_task(self._hurry.wait())
        drained = asyncio.create_task(asyncio.wait(working))
        await asyncio.wait(
            (drained, hurry), timeout=self._pace.grace.total_seconds(), return_when=asyncio.FIRST_COMPLETED
        )
        await _end(hurry, drained)
        self._watch.release()
        await asyncio.wait(working, timeout=_LISTEN)
        self._watch.abandon()
        await asyncio.wait(working, timeout=_LISTEN)
        for _, driver in lines:
            driver.stop_waiting()
        await asyncio.wait(working, timeout=_LISTEN)
        await _end(*working)


async def _end(*tasks: asyncio.Task[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
