"""Jobs over HTTP: look, cancel, try again."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query

from greenroom.infra.http.context import Ctx
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.infra.http.paging import CursorText, Limit, Page, read_cursor, write_cursor
from greenroom.infra.jobs import change, read
from greenroom.infra.jobs.contracts import JobStatus, State

router = APIRouter(tags=["jobs"], route_class=AnswersOnce)


@router.get("/jobs", operation_id="list_jobs")
async def list_jobs(
    ctx: Ctx,
    state: Annotated[State | Literal["live"] | None, Query(description="`live` is queued or running")] = None,
    subject: Annotated[UUID | None, Query(description="Jobs for this content, post, …")] = None,
    cursor: CursorText = None,
    limit: Limit = 50,
) -> Page[JobStatus]:
    """The newest jobs first."""
    items = await read.list_jobs(ctx, state=state, subject=subject, before=read_cursor(cursor), limit=limit + 1)
    more, items = len(items) > limit, items[:limit]
    return Page(items=items, next=write_cursor(items[-1].created_at, items[-1].id) if more else None)


@router.get("/jobs/{id}", operation_id="get_job")
async def get_job(ctx: Ctx, id: UUID) -> JobStatus:
    return await read.get_job(ctx, id)


@router.post("/jobs/{id}/cancel", operation_id="cancel_job")
async def cancel_job(ctx: Ctx, id: UUID) -> JobStatus:
    """Stop a job; a running one stops within about a second and is then `cancelled`."""
    return await change.cancel(ctx, id)


@router.post("/jobs/{id}/retry", operation_id="retry_job")
async def retry_job(ctx: Ctx, id: UUID) -> JobStatus:
    """Start a failed or cancelled job again; what it had finished is not made again."""
    return await change.retry(ctx, id)
