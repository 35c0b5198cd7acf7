"""Insights over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from greenroom.infra.http.context import Ctx
from greenroom.infra.http.paging import Page
from greenroom.insights import report
from greenroom.insights.contracts import PostInsights, RankedPost, Summary

router = APIRouter(tags=["insights"])
Days = Annotated[int, Query(ge=1, le=366, description="How many days, today included")]


@router.get("/insights/summary", operation_id="get_insights")
async def get_insights(ctx: Ctx, days: Days = 28) -> Summary:
    """Views, clicks and posts of the last days, by day, beside the same time before."""
    return await report.summary(ctx, days)


@router.get("/insights/posts", operation_id="list_post_insights")
async def list_post_insights(ctx: Ctx, days: Days = 28) -> Page[RankedPost]:
    """Published posts, the most seen of the last days first."""
    return Page(items=await report.ranked(ctx, days))


@router.get("/insights/posts/{post_id}", operation_id="get_post_insights")
async def get_post_insights(ctx: Ctx, post_id: UUID) -> PostInsights:
    """One post's curve, where its readers came from, and what a view is."""
    return await report.post_insights(ctx, post_id)
