"""The cast over HTTP: characters, portraits, templates, voices."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from greenroom.cast import change, listen, portrait, read
from greenroom.cast.contracts import (
    AvailableVoice,
    Character,
    CharacterChange,
    NewCharacter,
    Redraw,
    Sample,
    Template,
)
from greenroom.cast.create import create
from greenroom.cast.templates import templates
from greenroom.infra.http.context import Ctx, HouseOf, Identified
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.infra.http.paging import CursorText, Limit, Page
from greenroom.infra.http.ranges import file_response
from greenroom.infra.http.versions import Version
from greenroom.media import facade as media

router = APIRouter(tags=["cast"], route_class=AnswersOnce)


@router.get("/characters", operation_id="list_characters")
async def list_characters(
    ctx: Ctx,
    q: Annotated[str | None, Query(max_length=200, description="Words of name, handle or biography")] = None,
    deleted: Annotated[bool, Query(description="The deleted ones instead")] = False,
    cursor: CursorText = None,
    limit: Limit = 50,
) -> Page[Character]:
    return await read.list_characters(ctx, words=q, deleted=deleted, cursor=cursor, limit=limit)


@router.post("/characters", operation_id="create_character", status_code=201)
async def create_character(ctx: Ctx, new: NewCharacter) -> Character:
    """Make a character; its portrait is drawn at once."""
    return await create(ctx, new)


@router.get("/characters/{character_id}", operation_id="get_character")
async def get_character(ctx: Ctx, character_id: UUID) -> Character:
    return await read.find(ctx, character_id)


@router.patch("/characters/{character_id}", operation_id="change_character")
async def change_character(ctx: Ctx, character_id: UUID, changes: CharacterChange, version: Version) -> Character:
    return await change.change(ctx, character_id, changes, version=version)


@router.delete("/characters/{character_id}", operation_id="delete_character", status_code=204)
async def delete_character(ctx: Ctx, character_id: UUID) -> None:
    await change.delete(ctx, character_id)


@router.post("/characters/{character_id}/restore", operation_id="restore_character")
async def restore_character(ctx: Ctx, character_id: UUID) -> Character:
    return await change.restore(ctx, character_id)


@router.post("/characters/{character_id}/portrait", operation_id="redraw_portrait")
async def redraw_portrait(ctx: Ctx, character_id: UUID, wanted: Redraw) -> Character:
    return await portrait.redraw(ctx, character_id, wanted.seed)


@router.get("/characters/{character_id}/portrait", operation_id="get_portrait", response_class=Response)
async def get_portrait(
    request: Request,
    ctx: Ctx,
    character_id: UUID,
    of: Annotated[str | None, Query(max_length=60, description="Makes another address of another portrait")] = None,
) -> Response:
    """The portrait as PNG, with an ETag."""
    file = await portrait.portrait(ctx, character_id)
    return file_response(request, await media.content(ctx, file), tag=file.hash, type=file.type)


@router.get("/character-templates", operation_id="list_character_templates")
async def list_character_templates(ctx: Ctx) -> Page[Template]:
    return Page(items=list(templates()))


@router.get("/voices", operation_id="list_voices")
async def list_voices(ctx: Ctx) -> Page[AvailableVoice]:
    return Page(items=list(listen.voices()))


@router.post(
    "/voices/sample",
    operation_id="sample_voice",
    response_class=Response,
    responses={200: {"content": {"audio/wav": {}}, "description": "The sentence, spoken"}},
)
async def sample_voice(identity: Identified, house: HouseOf, wanted: Sample) -> Response:
    """Hear a sentence in a voice."""
    async with identity.context(house, permission="make"):
        pass
    return Response(await listen.sample(identity.user, house.clock, wanted), media_type="audio/wav")
