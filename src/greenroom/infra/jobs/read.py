"""Looking at jobs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.jobs import store
from greenroom.infra.jobs.contracts import JobStatus, State


async def get_job(ctx: Context, id: UUID) -> JobStatus:
    """One job of the clients that the context sees, else NotFound."""
    return JobStatus.model_validate(await store.read_job(ctx, id))


async def get_jobs(ctx: Context, ids: Sequence[UUID]) -> list[JobStatus]:
    """Those of the named jobs that the context sees, in no order."""
    return [JobStatus.model_validate(row) for row in await store.read_jobs(ctx, ids)] if ids else []


async def list_jobs(
    ctx: Context,
    *,
    state: State | Literal["live"] | None = None,
    subject: UUID | None = None,
    before: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[JobStatus]:
    """The newest jobs first; `live` is queued or running, `before` the last job's time and id of the page before."""
    rows = await store.list_newest(ctx, state=state, subject=subject, before=before, limit=limit)
    return [JobStatus.model_validate(row) for row in rows]
