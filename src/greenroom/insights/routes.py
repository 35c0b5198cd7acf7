"""Insights over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from greenroom.infra.http.context import Ctx
from greenroom.infra.http.paging import CursorText, Limit, Page, a_moment, a_number, page_from, read_key
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
    after = read_key(cursor, a_number, a_number, a_moment, UUID)
    found = await report.ranked(ctx, days, after=after, limit=limit + 1)
    return page_from(found, limit, lambda one: (one.views, one.clicks, one.posted_at, one.post_id))


@router.get("/insights/posts/{post_id}", operation_id="get_post_insights")
async def get_post_insights(ctx: Ctx, post_id: UUID) -> PostInsights:
    """One post's curve, where its readers came from, and what a view is."""
    return await report.post_insights(ctx, post_id)
