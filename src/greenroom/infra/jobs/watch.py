"""Looks after the runs of this process: passes on cancellations and losses, hands out the order to stop."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NoReturn

from greenroom.infra.context import Actor, House
from greenroom.infra.jobs import store
from greenroom.infra.jobs.contexts import AWAY, context_for
from greenroom.infra.jobs.contracts import Fenced, JobCancelled, Released
from greenroom.infra.jobs.run import JobRun

log = logging.getLogger(__name__)

_PERIOD = 0.5


class Watch:
    """All runs that this process has going, and their tasks."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._runs: dict[JobRun, asyncio.Task[Any]] = {}
        self._busy = asyncio.Event()

    @asynccontextmanager
    async def following(self, run: JobRun, task: asyncio.Task[Any]) -> AsyncIterator[None]:
        """Watch the run during the block; its progress is written until the end of it."""
        self._runs[run] = task
        self._busy.set()
        try:
            yield
        finally:
            del self._runs[run]
            await run.stop_writing()
            if not self._runs:
                self._busy.clear()

    def __len__(self) -> int:
        return len(self._runs)

    def release(self) -> None:
        """Ask all runs to stop and leave their jobs to others."""
        for run in self._runs:
            run.interrupt(Released)

    def abandon(self) -> None:
        """Stop waiting for runs that did not listen. A thread of theirs may still compute; it can write nothing."""
        for task in self._runs.values():
            task.cancel()

    async def keep(self) -> NoReturn:
        """Every half second, one question for all runs."""
        while True:
            await self._busy.wait()
            try:
                await self._look()
            except AWAY as error:
                log.debug("cannot look after runs now: %s", error)
            await asyncio.sleep(_PERIOD)

    async def _look(self) -> None:
        runs = {run.job.id: run for run in self._runs}
        async with self._house.database.transaction() as tx:
            rows = await tx.all(
                "select id from jobs_interrupted(%(ids)s, %(epochs)s)",
                {"ids": list(runs), "epochs": [run.job.epoch for run in runs.values()]},
            )
        for row in rows:
            await self._tell(runs[row["id"]])

    async def _tell(self, run: JobRun) -> None:
        job = run.job
        if run.interrupted in (JobCancelled, Fenced):
            return
        actor = Actor("job", job.id, job.kind)
        async with context_for(self._house, job.organisation, job.client, actor) as ctx:
            held = await store.hold_run(ctx, job.id, job.epoch)
        if held is None:
            run.interrupt(Fenced)
        elif held["cancel_requested"]:
            run.interrupt(JobCancelled)
