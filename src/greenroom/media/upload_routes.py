"""Uploads over HTTP: tus 1.0 (core, creation, expiration, termination), and JSON for whoever wants to read it.

A PATCH streams for minutes, so it holds no transaction: one before it, one after it.
"""

import base64
import binascii
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Request, Response
from starlette.requests import ClientDisconnect

from greenroom.infra.http.context import Ctx, HouseOf, Identified, OneClient
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.kit.errors import Conflict, Invalid, Problem
from greenroom.media import upload
from greenroom.media.examine import FileRefused

router = APIRouter(tags=["media"], route_class=AnswersOnce)
VERSION = "1.0.0"
_OFFSETS = "application/offset+octet-stream"

Tus = Annotated[str | None, Header(alias="Tus-Resumable", description="1.0.0, when a tus client asks")]


class OtherVersion(Problem):
    """The sender speaks another version of tus."""

    status = 412
    slug = "tus-version"
    title = "This speaks tus 1.0.0"


@router.post(
    "/uploads",
    operation_id="create_upload",
    status_code=201,
    response_model=upload.Upload,
    responses={201: {"headers": {"Location": {"description": "Where the bytes go", "schema": {"type": "string"}}}}},
)
async def create_upload(
    response: Response,
    ctx: Ctx,
    length: Annotated[int, Header(alias="Upload-Length", description="The file's bytes")],
    metadata: Annotated[
        str, Header(alias="Upload-Metadata", description="`filename` and its Base64, as tus has it")
    ] = "",
    tus: Tus = None,
) -> upload.Upload:
    """Begin to send a file; its bytes follow with PATCH to the Location."""
    _same_version(tus)
    made = await upload.begin(ctx, name=_name(metadata), size=length)
    response.headers.update({"Location": f"/api/v1/uploads/{made.id}", **_heads(made)})
    return made


@router.head("/uploads/{upload_id}", operation_id="get_upload", include_in_schema=False)
@router.get("/uploads/{upload_id}", operation_id="get_upload", response_model=upload.Upload)
async def get_upload(response: Response, ctx: Ctx, upload_id: UUID, tus: Tus = None) -> upload.Upload:
    """How far it has come, in Upload-Offset and in JSON."""
    _same_version(tus)
    found = await upload.get(ctx, upload_id)
    response.headers.update({"Cache-Control": "no-store", **_heads(found)})
    return found


@router.patch(
    "/uploads/{upload_id}",
    operation_id="append_upload",
    status_code=204,
    openapi_extra={
        "requestBody": {"required": True, "content": {_OFFSETS: {"schema": {"type": "string", "format": "binary"}}}}
    },
)
async def append_upload(
    request: Request,
    identity: Identified,
    house: HouseOf,
    upload_id: UUID,
    offset: Annotated[int, Header(alias="Upload-Offset", ge=0, description="Where these bytes begin")],
    client: OneClient = None,
    tus: Tus = None,
) -> Response:
    """Send bytes from the offset on. With the last ones the file is examined and kept; 409 tells the true offset."""
    _same_version(tus)
    if request.headers.get("content-type", "").partition(";")[0].strip() != _OFFSETS:
        raise Invalid(f"Send the bytes as {_OFFSETS}", fields={"Content-Type": "Another type"})
    async with identity.context(house, permission="make", client=client) as ctx:
        begun = await upload.get(ctx, upload_id)
    try:
        reached = await upload.append(house, begun, request.stream(), offset=offset)
    except ClientDisconnect as error:
        raise Conflict("The connection broke; ask for the offset and go on from there") from error
    if reached == begun.size:
        await _complete(identity, house, begun)
    async with identity.context(house, permission="make", client=client) as ctx:
        found = await upload.get(ctx, upload_id)
    return Response(status_code=204, headers=_heads(found))


@router.delete("/uploads/{upload_id}", operation_id="delete_upload", status_code=204)
async def delete_upload(ctx: Ctx, upload_id: UUID) -> None:
    """Break it off and forget what came."""
    await upload.discard(ctx, upload_id)


async def _complete(identity: Identified, house: HouseOf, begun: upload.Upload) -> None:
    try:
        became = await upload.clean(house, begun)
    except FileRefused as refused:
        async with identity.context(house, permission="make", client=begun.client_id) as ctx:
            await upload.refuse(ctx, begun, refused.detail)
        raise
    async with identity.context(house, permission="make", client=begun.client_id) as ctx:
        await upload.finish(ctx, begun, became)


def _heads(found: upload.Upload) -> dict[str, str]:
    return {
        "Tus-Resumable": VERSION,
        "Upload-Offset": str(found.offset),
        "Upload-Length": str(found.size),
        "Upload-Expires": _http_date(found.expires_at),
    }


def _http_date(at: datetime) -> str:
    return at.strftime("%a, %d %b %Y %H:%M:%S GMT")


def _same_version(tus: str | None) -> None:
    if tus not in (None, VERSION):
        raise OtherVersion("Send Tus-Resumable: 1.0.0")


def _name(metadata: str) -> str:
    """`filename` of Upload-Metadata: pairs of a key and its value in Base64, with commas."""
    for pair in metadata.split(","):
        key, _, value = pair.strip().partition(" ")
        if key == "filename":
            try:
                return base64.b64decode(value, validate=True).decode().replace("\x00", "")
            except (binascii.Error, UnicodeDecodeError):
                raise Invalid("Upload-Metadata has a filename that is no Base64 of UTF-8 text") from None
    return "file"
