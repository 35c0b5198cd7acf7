"""GET /files/{id}: a file for the person who may see it, in parts where the player asks for parts."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from greenroom.infra.http.context import Ctx
from greenroom.infra.http.ranges import file_response
from greenroom.media import facade

router = APIRouter(tags=["media"])


@router.head("/files/{file_id}", operation_id="get_file", include_in_schema=False)
@router.get("/files/{file_id}", operation_id="get_file", response_class=Response)
async def get_file(request: Request, ctx: Ctx, file_id: UUID) -> Response:
    """The file's bytes; honours Range and If-None-Match."""
    file = await facade.get(ctx, file_id)
    return file_response(
        request,
        facade.path(ctx, file),
        tag=file.hash,
        type=file.type,
        name=file.name,
    )
