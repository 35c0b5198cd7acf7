"""PgQueuer's statements with a fence: what ends, requeues or keeps a doorbell alive names the worker that holds it.

PgQueuer changes these rows by their id alone (its ADR-0004), so a worker that was frozen and thaws would delete the
doorbell of the run that took over. Its log table stays empty but for its own picks; gr.job and gr.event say more.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.domain import models, types
from pgqueuer.ports.repository import EntrypointExecutionParameter

from greenroom.infra.jobs.slots import Slots

_FINISH = "delete from pgq.pgqueuer where id = any($1::bigint[]) and queue_manager_id = $2"
_AGAIN = """update pgq.pgqueuer
             set status = 'queued', execute_after = now() + $3::interval, attempts = attempts + 1, updated = now(),
                 queue_manager_id = null
             where id = $1 and queue_manager_id = $2"""
_LOOK_UP = 1.0
_BEAT = "update pgq.pgqueuer set heartbeat = now() where id = any($1::bigint[]) and queue_manager_id = $2"


@dataclass
class FencedQueries(Queries):
    """The statements of one queue of one worker."""

    owner: UUID = field(kw_only=True)
    slots: Slots = field(kw_only=True)
    frozen_after: timedelta = field(kw_only=True)

    async def dequeue(
        self,
        batch_size: int,
        entrypoints: dict[types.QueueEntrypoint, EntrypointExecutionParameter],
        queue_manager_id: types.QueueManagerId,
        global_concurrency_limit: int | None,
        heartbeat_timeout: timedelta,
    ) -> list[models.Job]:
        """As many doorbells as there are slots free; and beats may be more frequent than the silence after which a
        doorbell is taken over."""
        free = await self.slots.free(within=_LOOK_UP)
        if not free:
            return []
        return await super().dequeue(min(batch_size, free), entrypoints, queue_manager_id, None, self.frozen_after)

    async def log_jobs(
        self, job_status: list[tuple[models.Job, types.JOB_STATUS, models.TracebackRecord | None]]
    ) -> None:
        await self.driver.execute(_FINISH, [job.id for job, _, _ in job_status], self.owner)

    async def retry_job(
        self, job: models.Job, delay: timedelta, traceback_record: models.TracebackRecord | None
    ) -> None:
        await self.driver.execute(_AGAIN, job.id, self.owner, delay)

    async def update_heartbeat(self, job_ids: list[types.JobId]) -> None:
        await self.driver.execute(_BEAT, job_ids, self.owner)
