"""Many posts at once over HTTP: one content to many accounts, a table of posts, and how a post would look."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from greenroom.channels import facade as channels
from greenroom.channels.contracts import Preview
from greenroom.infra.http.context import Ctx
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.planner import import_posts as table
from greenroom.planner.bulk_contracts import Distribution, Draft, Imported, Outcomes
from greenroom.planner.distribute import distribute
from greenroom.planner.sheet import TEMPLATE

router = APIRouter(tags=["planner"], route_class=AnswersOnce)

CSV = "text/csv"


@router.post("/posts/distribute", operation_id="distribute_content")
async def distribute_content(ctx: Ctx, wanted: Distribution) -> Outcomes:
    """Plan one content for many accounts, each by itself: what one account refuses keeps no other from it."""
    return Outcomes(items=await distribute(ctx, wanted))


@router.post("/posts/preview", operation_id="preview_post")
async def preview_post(ctx: Ctx, draft: Draft) -> Preview:
    """The post as it would go out, and why its platform would not take it. Makes nothing."""
    return await channels.preview(
        ctx, content=draft.content_id, account=draft.account_id, caption=draft.caption, hashtags=draft.hashtags
    )


@router.post(
    "/posts/import",
    operation_id="import_posts",
    openapi_extra={"requestBody": {"required": True, "content": {CSV: {"schema": {"type": "string"}}}}},
)
async def import_posts(
    ctx: Ctx, request: Request, dry: Annotated[bool, Query(description="Say what would happen and make nothing")] = True
) -> Imported:
    """Plan the posts of a CSV table (UTF-8, at most 1,000 lines): all of them, or none when a line has a problem.

    A refused table answers 422 with the same `rows` as its dry run.
    """
    return await table.import_posts(ctx, await request.body(), dry=dry)


@router.get(
    "/posts/import-template",
    operation_id="get_import_template",
    response_class=Response,
    responses={200: {"content": {CSV: {"schema": {"type": "string"}}}}},
)
async def get_import_template(ctx: Ctx) -> Response:
    """A table with the header and an example line."""
    return Response(TEMPLATE, media_type=CSV, headers={"Content-Disposition": 'attachment; filename="posts.csv"'})
