"""The studio over HTTP: formats, videos from brief to review, their provenance."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from greenroom.infra.http.context import Ctx, HouseOf, Identified, OneClient
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.infra.http.paging import CursorText, Limit, Page, Sort
from greenroom.infra.http.versions import Version
from greenroom.studio import create, provenance, read, steer
from greenroom.studio import review as reviews
from greenroom.studio.make.script.formats import FORMATS
from greenroom.studio.records import (
    Content,
    ContentDetail,
    Format,
    NewContent,
    NewReview,
    Provenance,
    ScriptEdit,
    Started,
    Status,
)

router = APIRouter(tags=["studio"], route_class=AnswersOnce)


@router.get("/formats", operation_id="list_formats")
async def list_formats(ctx: Ctx) -> Page[Format]:
    return Page(items=[Format(id=one.id, name=one.name, description=one.description) for one in FORMATS])


@router.get("/contents", operation_id="list_contents")
async def list_contents(
    ctx: Ctx,
    status: Status | None = None,
    character: UUID | None = None,
    q: Annotated[str | None, Query(max_length=200, description="Words of topic or title")] = None,
    sort: Sort = "-at",
    cursor: CursorText = None,
    limit: Limit = 50,
) -> Page[Content]:
    """Videos by when they were asked for."""
    return await read.list_contents(
        ctx, status=status, character=character, words=q, rising=sort == "at", cursor=cursor, limit=limit
    )


@router.post("/contents", operation_id="create_content", status_code=202)
async def create_content(identity: Identified, house: HouseOf, new: NewContent, client: OneClient = None) -> Started:
    """Ask for a video; a worker makes it."""
    async with identity.context(house, permission="make", client=client) as ctx:
        character = await create.speaker(ctx, new)
    brief = await create.judge(new, character)
    async with identity.context(house, permission="make", client=client) as ctx:
        return await create.create(ctx, new, brief)


@router.get("/contents/{content_id}", operation_id="get_content")
async def get_content(ctx: Ctx, content_id: UUID) -> ContentDetail:
    return await read.detail(ctx, content_id)


@router.post("/contents/{content_id}/cancel", operation_id="cancel_content")
async def cancel_content(ctx: Ctx, content_id: UUID) -> Content:
    return await steer.cancel(ctx, content_id)


@router.post("/contents/{content_id}/retry", operation_id="retry_content", status_code=202)
async def retry_content(ctx: Ctx, content_id: UUID) -> Started:
    """Go on where a failed or cancelled making stopped."""
    return await steer.retry(ctx, content_id)


@router.patch("/contents/{content_id}/script", operation_id="edit_script", status_code=202)
async def edit_script(ctx: Ctx, content_id: UUID, edit: ScriptEdit, version: Version) -> Started:
    """Change the script; only what follows from the change is made again."""
    return await steer.edit(ctx, content_id, edit, version=version)


@router.post("/contents/{content_id}/reviews", operation_id="review_content", status_code=201)
async def review_content(ctx: Ctx, content_id: UUID, new: NewReview) -> ContentDetail:
    """Approve the version that was looked at, or send it back with a note."""
    return await reviews.review(ctx, content_id, new)


@router.delete("/contents/{content_id}", operation_id="delete_content", status_code=204)
async def delete_content(ctx: Ctx, content_id: UUID) -> None:
    await steer.delete(ctx, content_id)


@router.get("/contents/{content_id}/provenance", operation_id="get_provenance")
async def get_provenance(
    identity: Identified, house: HouseOf, content_id: UUID, client: OneClient = None
) -> Provenance:
    """The video's Content Credentials, read from the file now."""
    async with identity.context(house, permission="read", client=client) as ctx:
        video = await provenance.video_of(ctx, content_id)
    return await provenance.read(video, house.settings)
