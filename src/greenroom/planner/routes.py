"""Posts over HTTP: the calendar, planning, publishing now, calling off, taking down."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from greenroom.channels import facade as channels
from greenroom.channels.contracts import Post, Resolution, State
from greenroom.infra.http.context import Ctx
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.infra.http.paging import CursorText, Limit, Page, Sort, page_of, read_cursor
from greenroom.infra.http.versions import Version
from greenroom.planner import plan
from greenroom.planner.contracts import NewPost, PostChange

router = APIRouter(tags=["planner"], route_class=AnswersOnce)


@router.get("/posts", operation_id="list_posts")
async def list_posts(
    ctx: Ctx,
    since: Annotated[AwareDatetime | None, Query(alias="from", description="Shown at this time or later")] = None,
    until: Annotated[AwareDatetime | None, Query(alias="to", description="Shown before this time")] = None,
    state: Annotated[list[State] | None, Query(description="Any of these")] = None,
    content: Annotated[UUID | None, Query()] = None,
    account: Annotated[UUID | None, Query()] = None,
    sort: Sort = "-at",
    limit: Limit = 200,
    cursor: CursorText = None,
) -> Page[Post]:
    """Posts by the time they went or go out; those without a time by when they were made."""
    found = await channels.list_posts(
        ctx,
        since=since,
        until=until,
        states=state,
        content=content,
        account=account,
        after=read_cursor(cursor),
        rising=sort == "at",
        limit=limit + 1,
    )
    page = page_of(found, limit, lambda shown: (shown[0], shown[1].id))
    return Page(items=[post for _, post in page.items], next=page.next)


@router.post("/posts", operation_id="create_post", status_code=201)
async def create_post(ctx: Ctx, new: NewPost) -> Post:
    """Plan approved content for an account, at a wall time or (`at` null) now."""
    return await plan.plan(ctx, new)


@router.get("/posts/{post_id}", operation_id="get_post")
async def get_post(ctx: Ctx, post_id: UUID) -> Post:
    return await channels.get_post(ctx, post_id)


@router.patch("/posts/{post_id}", operation_id="change_post")
async def change_post(ctx: Ctx, post_id: UUID, version: Version, wanted: PostChange) -> Post:
    return await plan.change(ctx, post_id, version, wanted)


@router.post("/posts/{post_id}/cancel", operation_id="cancel_post")
async def cancel_post(ctx: Ctx, post_id: UUID) -> Post:
    return await plan.cancel(ctx, post_id)


@router.post("/posts/{post_id}/publish", operation_id="publish_post")
async def publish_post(ctx: Ctx, post_id: UUID) -> Post:
    """Now, whatever its time; one whose outcome is unknown is looked for again and not sent twice."""
    return await plan.publish_now(ctx, post_id)


@router.post("/posts/{post_id}/take-down", operation_id="take_down_post")
async def take_down_post(ctx: Ctx, post_id: UUID) -> Post:
    return await plan.take_down(ctx, post_id)


@router.post("/posts/{post_id}/resolve", operation_id="resolve_post")
async def resolve_post(ctx: Ctx, post_id: UUID, seen: Resolution) -> Post:
    """Say what you saw on the account of a post whose outcome is unknown."""
    return await plan.settle(ctx, post_id, seen)
