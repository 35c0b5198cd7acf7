"""A handler's hold on its job: transactions, progress, and whether to stop."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import NoReturn

from greenroom.infra.context import Actor, Context, House
from greenroom.infra.jobs import store
from greenroom.infra.jobs.announce import ping
from greenroom.infra.jobs.contexts import AWAY, context_for
from greenroom.infra.jobs.contracts import Fenced, Interrupted, Job, JobCancelled
from greenroom.infra.jobs.progress import Outbox, Progress

log = logging.getLogger(__name__)

_PACE = 0.5
"""Seconds between two writes of one job's progress."""


class JobRun:
    """One start of one job. `context` is for the event loop; everything else may be called from any thread."""

    def __init__(self, house: House, job: Job, *, cancel_requested: bool = False) -> None:
        self.house = house
        self.job = job
        self._outbox = Outbox(self._write_from_now_on)
        self._writer: asyncio.Task[NoReturn] | None = None
        self._over = False
        self._stop: type[Interrupted] | None = JobCancelled if cancel_requested else None

    @asynccontextmanager
    async def context(self) -> AsyncIterator[Context]:
        """A context in a fresh transaction, committed at the end of the block; keep it short.

        While it is open no other worker can start this job. Raises Fenced when one already has, and waits up to
        60 s for a database that does not answer.
        """
        job, actor = self.job, Actor("job", self.job.id, self.job.kind)
        async with context_for(self.house, job.organisation, job.client, actor) as ctx:
            held = await store.hold_run(ctx, job.id, job.epoch)
            if held is None:
                self._lost()
            if held["cancel_requested"]:
                self.interrupt(JobCancelled)
            yield ctx

    async def progress(
        self,
        stage: str | None = None,
        fraction: float | None = None,
        message: str | None = None,
        eta: timedelta | None = None,
    ) -> None:
        """Tell how far the job is; returns at once, the last word of each half second is written."""
        self.report(stage, fraction, message, eta)

    def report(
        self,
        stage: str | None = None,
        fraction: float | None = None,
        message: str | None = None,
        eta: timedelta | None = None,
    ) -> None:
        """The same, from a thread."""
        self._outbox.tell(Progress(stage, fraction, message, eta))

    @property
    def cancelled(self) -> bool:
        """Whether a person asked to cancel; known within about half a second."""
        return self._stop is JobCancelled

    @property
    def interrupted(self) -> type[Interrupted] | None:
        return self._stop

    def check(self) -> None:
        """Raise JobCancelled, Fenced or Released when this run should stop. Cheap; call it often in long work."""
        if self._stop is not None:
            raise self._stop(f"{self.job.title}: stopped")

    def interrupt(self, reason: type[Interrupted]) -> None:
        """Ask the handler to stop. Losing the job outranks being cancelled, which outranks a stopping worker."""
        if self._stop is None or reason is Fenced or (reason is JobCancelled and self._stop is not Fenced):
            self._stop = reason

    async def stop_writing(self) -> None:
        """The run is over: write no more of its progress."""
        self._over = True
        if self._writer is not None:
            self._writer.cancel()
            await asyncio.wait((self._writer,))

    def _write_from_now_on(self) -> None:
        """With the first word on its progress a run gets a task that writes it; most short ones say none."""
        if self._writer is None and not self._over:
            self._writer = asyncio.create_task(self._write_progress())

    async def _write_progress(self) -> NoReturn:
        while True:
            news = await self._outbox.take()
            try:
                await self._write(news)
            except AWAY:
                log.info("progress of job %s was not written: the database does not answer", self.job.id)
            await asyncio.sleep(_PACE)

    async def _write(self, news: Progress) -> None:
        job = self.job
        async with context_for(self.house, job.organisation, job.client, Actor("job", job.id, job.kind)) as ctx:
            written = await store.write_progress(
                ctx,
                job.id,
                job.epoch,
                stage=news.stage,
                fraction=news.fraction,
                message=news.message,
                eta=news.eta,
            )
            if written:
                await ping(ctx, job.id)

    def _lost(self) -> NoReturn:
        self.interrupt(Fenced)
        raise Fenced(f"{self.job.title}: another worker has this job now, or it has ended")
