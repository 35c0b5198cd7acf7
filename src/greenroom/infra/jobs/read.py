"""Looking at jobs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from greenroom.infra.context import Context
from greenroom.infra.jobs import list_store, store
from greenroom.infra.jobs.contracts import JobStatus, State


class ListedJob(JobStatus):
    """A job with what a list of them says besides. `cause` is the same for failures that are alike."""

    max_starts: int
    due_at: datetime
    cancel_requested: bool
    cause: UUID | None


class Cause(BaseModel):
    """Failed jobs of one kind with the same error, but for the numbers and ids in it; `error` is the last one's."""

    cause: UUID
    kind: str
    error: str | None
    jobs: int
    first_at: datetime
    last_at: datetime


async def get_job(ctx: Context, id: UUID) -> JobStatus:
    """One job of the clients that the context sees, else NotFound."""
    return JobStatus.model_validate(await store.read_job(ctx, id))


async def get_listed(ctx: Context, id: UUID) -> ListedJob:
    """The same, with all that the list says."""
    return ListedJob.model_validate(await list_store.read_listed(ctx, id))


async def get_jobs(ctx: Context, ids: Sequence[UUID]) -> list[JobStatus]:
    """Those of the named jobs that the context sees, in no order."""
    return [JobStatus.model_validate(row) for row in await store.read_jobs(ctx, ids)] if ids else []


async def list_jobs(
    ctx: Context,
    *,
    state: State | Literal["live"] | None = None,
    kind: str | None = None,
    subject: UUID | None = None,
    cause: UUID | None = None,
    after: tuple[datetime, UUID] | None = None,
    rising: bool = False,
    limit: int = 50,
) -> list[ListedJob]:
    """The newest jobs first unless `rising`; `live` is queued or running, `after` where the page before ended."""
    states = ["queued", "running"] if state == "live" else [state] if state else None
    rows = await list_store.list_jobs(
        ctx, states=states, kind=kind, subject=subject, cause=cause, after=after, rising=rising, limit=limit
    )
    return [ListedJob.model_validate(row) for row in rows]


async def list_causes(ctx: Context, *, before: tuple[datetime, UUID] | None = None, limit: int = 50) -> list[Cause]:
    """Why jobs failed, the cause that struck last first."""
    return [Cause.model_validate(row) for row in await list_store.list_causes(ctx, before=before, limit=limit)]
