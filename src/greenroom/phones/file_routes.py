"""Files for phones and pictures of them over HTTP; agents come with a one-time path and no session."""

import time
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse

from greenroom.infra.http.context import Ctx, HouseOf, Identified
from greenroom.kit.errors import Gone, Invalid, NotFound
from greenroom.kit.ids import uuid7
from greenroom.kit.text import clean_line
from greenroom.phones import inventory
from greenroom.phones.file_contracts import PhoneFile
from greenroom.phones.file_keep import KEPT_FOR, NO_PICTURE, Picture, Upload, folder
from greenroom.phones.file_write import write_file
from greenroom.phones.wall_parts import Parts

router = APIRouter(tags=["phones"])

LARGEST_PICTURE = 32 * 1024 * 1024
_BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
_PICTURES = {"image/png": {"schema": {"type": "string", "format": "binary"}}}
_BODY = {"requestBody": {"required": True, "content": _BYTES}}
_MAGIC = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_SAFE = {
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
Name = Annotated[str, Query(max_length=200, description="What the file is called")]


@router.post("/phones/files", operation_id="create_phone_file", status_code=201, openapi_extra=_BODY)
async def create_phone_file(request: Request, identity: Identified, house: HouseOf, name: Name = "file") -> PhoneFile:
    """A file to install or push on phones, as the request's body. It is kept for an hour, for you alone."""
    async with identity.context(house, permission="operate"):
        """Whoever may not operate phones sends nothing."""
    files, settings = _parts(request).files, house.settings
    id, upload = uuid7(), None
    coming = files.begin(identity.organisation, identity.user)
    try:
        path = folder(settings) / f"{id}.file"
        size = await write_file(
            path, request.stream(), most=settings.upload_most, announced=_announced(request),
            growing=lambda size: files.grow(coming, size),
        )  # fmt: skip
        kept = clean_line(name)[:200] or "file"
        upload = Upload(id, identity.organisation, identity.user, kept, size, path, time.monotonic())
    finally:
        files.end(coming, upload)
    return PhoneFile(id=id, name=upload.name, size=size, expires_at=house.clock.now() + timedelta(seconds=KEPT_FOR))


@router.get(
    "/phones/pictures/{picture_id}",
    operation_id="get_phone_picture",
    response_class=Response,
    responses={200: {"content": _PICTURES}},
)
async def get_phone_picture(request: Request, ctx: Ctx, picture_id: UUID) -> Response:
    """A screenshot that was asked for on a wall, for whoever sees the phone; kept for an hour."""
    picture = _parts(request).files.picture(picture_id, ctx.organisation)
    if (await inventory.get_phone(ctx, picture.phone)).client_id != picture.place.client:
        raise NotFound(NO_PICTURE)
    if not picture.path.exists():
        raise Gone("This picture is not kept any more; take another one")
    return FileResponse(picture.path, media_type=picture.type, headers=_SAFE)


@router.get(
    "/agents/transfers/{token}",
    operation_id="fetch_transfer",
    response_class=Response,
    responses={200: {"content": _BYTES}, 304: {"description": "The agent has this file already, for another phone"}},
)
async def fetch_transfer(request: Request, token: str) -> Response:
    """The file that an agent was told to get; once, and only while it is connected.

    An agent that has the file for another phone names it in If-None-Match; its path is used up all the same.
    """
    parts = _parts(request)
    upload = parts.transfers.fetch(token, parts.lines.has).upload
    if not upload.path.exists():
        raise Gone("This file is not kept any more; send it again")
    headers = {**_SAFE, "ETag": f'"{upload.id.hex}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return FileResponse(upload.path, media_type="application/octet-stream", filename=upload.name, headers=headers)


@router.put("/agents/transfers/{token}", operation_id="leave_transfer", status_code=204, openapi_extra=_BODY)
async def leave_transfer(request: Request, house: HouseOf, token: str) -> None:
    """The picture (PNG or JPEG, at most 32 MB) that an agent was told to take; once, and only while it is connected."""
    parts = _parts(request)
    leave, id = parts.transfers.leave(token, parts.lines.has), uuid7()
    path = folder(house.settings) / f"{id}.picture"
    await write_file(path, request.stream(), most=LARGEST_PICTURE, announced=_announced(request))
    with path.open("rb") as file:
        head = file.read(8)
    type = next((type for magic, type in _MAGIC.items() if head.startswith(magic)), None)
    if type is None:
        path.unlink()
        raise Invalid("This is no PNG and no JPEG")
    picture = Picture(id, leave.place, leave.phone, type, path, time.monotonic())
    parts.files.keep(picture)
    leave.left(picture)


def _announced(request: Request) -> int | None:
    said = request.headers.get("content-length", "")
    return int(said) if said.isdigit() and len(said) < 20 else None


def _parts(request: Request) -> Parts:
    parts: Parts = request.app.state.wall
    return parts
