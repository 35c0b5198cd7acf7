"""The course of one job in gr.job: begun, postponed, ended, each with its event.

Starts and good ends are written together with those of other jobs when that can be done at once; whatever is out of
the ordinary has a transaction of its own.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from greenroom.infra.context import Actor, Context, House
from greenroom.infra.database import Row
from greenroom.infra.jobs import store
from greenroom.infra.jobs.announce import announce
from greenroom.infra.jobs.batch import Batches, Finish, Start
from greenroom.infra.jobs.contexts import context_for, insist
from greenroom.infra.jobs.contracts import Job, State
from greenroom.infra.jobs.judge import exhausted
from greenroom.infra.jobs.registry import Kind
from greenroom.infra.jobs.run import JobRun


class Ledger:
    """Writes for one job. Every write waits up to 60 s for a database that is away, and may safely be repeated."""

    def __init__(
        self,
        house: House,
        kind: Kind,
        doorbell: int,
        address: tuple[UUID, UUID, UUID],
        batches: Batches | None = None,
    ) -> None:
        self._house = house
        self._kind = kind
        self._doorbell = doorbell
        self._organisation, self._client, self._job = address
        self._batches = batches

    async def begin(self) -> JobRun | None:
        """Take the job for a run of ours; None when it has ended, or has no start left and has now failed."""
        row = await self._begin_with_others() or await self._write(self._begin)
        if row is None:
            return None
        subject = (row["subject_type"], row["subject_id"]) if row["subject_id"] else None
        job = Job(
            row["id"], row["kind"], row["title"], row["payload"], self._organisation, row["client_id"], subject,
            row["epoch"], row["starts"],
        )  # fmt: skip
        return JobRun(self._house, job, cancel_requested=row["cancel_requested"])

    async def end(
        self, epoch: int, state: State, *, error: str | None = None, result: dict[str, Any] | None = None
    ) -> None:
        """End the job, unless it went on elsewhere."""
        if state == "done" and self._batches is not None:
            finish = Finish(self._organisation, self._client, self._job, epoch, result)
            if await self._batches.finish(finish) is not None:
                return
        await self._write(lambda ctx: store.end_run(ctx, self._job, epoch, state, error=error, result=result))

    async def postpone(self, epoch: int, after: timedelta, message: str, *, free: bool) -> bool:
        """Put the job back for a later start, which is `free` or counts; False when it went on elsewhere."""
        row = await self._write(
            lambda ctx: store.postpone_run(ctx, self._job, epoch, after=after, message=message, give_back=free)
        )
        return row is not None

    async def _begin_with_others(self) -> Row | None:
        if self._batches is None:
            return None
        kind = self._kind
        return await self._batches.begin(
            Start(self._organisation, self._client, self._job, self._doorbell, kind.queue, kind.max_starts)
        )

    async def _begin(self, ctx: Context) -> Row | None:
        most = self._kind.max_starts
        begun = await store.begin_run(ctx, self._job, doorbell=self._doorbell, queue=self._kind.queue, max_starts=most)
        if begun is None:
            failed = await store.end_exhausted(
                ctx, self._job, doorbell=self._doorbell, max_starts=most, error=exhausted(most)
            )
            if failed is not None:
                await announce(ctx, failed)
        return begun

    async def _write(self, change: Callable[[Context], Awaitable[Row | None]]) -> Row | None:
        async def attempt() -> Row | None:
            actor = Actor("job", self._job, self._kind.name)
            async with context_for(self._house, self._organisation, self._client, actor) as ctx:
                row = await change(ctx)
                if row is not None:
                    await announce(ctx, row)
                return row

        return await insist(attempt)
