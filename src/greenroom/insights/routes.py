"""Insights over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from greenroom.infra.http.context import Ctx
from greenroom.infra.http.paging import CursorText, Limit, Page, page_by
from greenroom.insights import report
from greenroom.insights.contracts import PostInsights, RankedPost, Summary

router = APIRouter(tags=["insights"])
Days = Annotated[int, Query(ge=1, le=366, description="How many days, today included")]


@router.get("/insights/summary", operation_id="get_insights")
async def get_insights(ctx: Ctx, days: Days = 28) -> Summary:
    """Views, clicks and posts of the last days, by day, beside the same time before."""
    return await report.summary(ctx, days)


@router.get("/insights/posts", operation_id="list_post_insights")
async def list_post_insights(
    ctx: Ctx, days: Days = 28, cursor: CursorText = None, limit: Limit = 200
) -> Page[RankedPost]:
    """Published posts, the most seen of the last days first."""
    found = await report.ranked(ctx, days)
    return page_by(found, _rank, cursor=cursor, limit=limit, descending=True)


@router.get("/insights/posts/{post_id}", operation_id="get_post_insights")
async def get_post_insights(ctx: Ctx, post_id: UUID) -> PostInsights:
    """One post's curve, where its readers came from, and what a view is."""
    return await report.post_insights(ctx, post_id)


def _rank(post: RankedPost) -> tuple[str, UUID]:
    return f"{post.views:012} {post.clicks:012} {post.posted_at.isoformat()}", post.post_id
