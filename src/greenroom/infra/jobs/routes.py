"""Jobs over HTTP: look, cancel, try again; why jobs failed; how workers and queues stand."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel

from greenroom.infra.http.context import Ctx
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.infra.http.paging import CursorText, Limit, Page, Sort, page_of, read_cursor
from greenroom.infra.jobs import board, change, read, retry_many, rules
from greenroom.infra.jobs.contracts import JobStatus, State

router = APIRouter(tags=["jobs"], route_class=AnswersOnce)


class CauseChoice(BaseModel):
    """Which failed jobs: those of this cause, as the list of causes names it."""

    cause: UUID


@router.get("/jobs", operation_id="list_jobs")
async def list_jobs(
    ctx: Ctx,
    state: Annotated[State | Literal["live"] | None, Query(description="`live` is queued or running")] = None,
    kind: Annotated[str | None, Query(max_length=100, description="Jobs of this kind, such as studio.content")] = None,
    subject: Annotated[UUID | None, Query(description="Jobs for this content, post, …")] = None,
    cause: Annotated[UUID | None, Query(description="Jobs that failed for this cause")] = None,
    sort: Sort = "-at",
    cursor: CursorText = None,
    limit: Limit = 50,
) -> Page[read.ListedJob]:
    """Jobs by when they were asked for."""
    found = await read.list_jobs(
        ctx,
        state=state,
        kind=kind,
        subject=subject,
        cause=cause,
        after=read_cursor(cursor),
        rising=sort == "at",
        limit=limit + 1,
    )
    return page_of(found, limit, lambda job: (job.created_at, job.id))


@router.get("/jobs/board", operation_id="get_jobs_board")
async def get_jobs_board(ctx: Ctx) -> board.Board:
    """How many jobs wait, run and have failed; the installation's queues and workers."""
    return await board.read_board(ctx)


@router.get("/jobs/causes", operation_id="list_job_causes")
async def list_job_causes(ctx: Ctx, cursor: CursorText = None, limit: Limit = 50) -> Page[read.Cause]:
    """Why jobs failed: one entry a cause, the one that struck last first."""
    found = await read.list_causes(ctx, before=read_cursor(cursor), limit=limit + 1)
    return page_of(found, limit, lambda one: (one.last_at, one.cause))


@router.post("/jobs/retry", operation_id="retry_jobs")
async def retry_jobs(ctx: Ctx, body: CauseChoice) -> retry_many.Retried:
    """Start the failed jobs of one cause again, at most 200 a call; what they had finished is not made again."""
    return await retry_many.retry_cause(ctx, body.cause)


@router.get("/jobs/{id}", operation_id="get_job")
async def get_job(ctx: Ctx, id: UUID) -> read.ListedJob:
    return await read.get_listed(ctx, id)


@router.post("/jobs/{id}/cancel", operation_id="cancel_job")
async def cancel_job(ctx: Ctx, id: UUID) -> JobStatus:
    """Stop a job; a running one stops within about a second and is then `cancelled`.

    One that publishes or takes down asks for the right to publish.
    """
    await rules.require(ctx, id)
    return await change.cancel(ctx, id)


@router.post("/jobs/{id}/retry", operation_id="retry_job")
async def retry_job(ctx: Ctx, id: UUID) -> JobStatus:
    """Start a failed or cancelled job again; what it had finished is not made again.

    One that publishes or takes down asks for the right to publish, and is refused when its post may not go out.
    """
    await rules.require(ctx, id)
    return await change.retry(ctx, id)
