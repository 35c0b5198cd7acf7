"""The versions of definitions over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query

from greenroom.infra.http.context import Ctx
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.infra.http.paging import CursorText, Limit, Page
from greenroom.infra.http.versions import Version
from greenroom.infra.versions import read
from greenroom.infra.versions.contracts import Comparison, DefinitionVersion, Restore, VersionSummary
from greenroom.infra.versions.restore import restore

router = APIRouter(prefix="/definitions/{kind}/{definition_id}/versions", tags=["definitions"], route_class=AnswersOnce)

Kind = Annotated[str, Path(max_length=40, description="What it is: character, client", examples=["character"])]
MOST = 2**31 - 1
Number = Annotated[int, Path(ge=1, le=MOST, description="The number of the version")]


@router.get("", operation_id="list_definition_versions")
async def list_definition_versions(
    ctx: Ctx,
    kind: Kind,
    definition_id: UUID,
    cursor: CursorText = None,
    limit: Limit = 50,
) -> Page[VersionSummary]:
    """Who changed it, when and why; the newest first. Empty while nothing was changed since versions are kept."""
    return await read.list_versions(ctx, kind, definition_id, cursor=cursor, limit=limit)


@router.get("/{number}", operation_id="get_definition_version")
async def get_definition_version(ctx: Ctx, kind: Kind, definition_id: UUID, number: Number) -> DefinitionVersion:
    """One version with what it says."""
    return await read.at(ctx, kind, definition_id, number)


@router.get("/{number}/diff", operation_id="compare_definition_versions")
async def compare_definition_versions(
    ctx: Ctx,
    kind: Kind,
    definition_id: UUID,
    number: Number,
    against: Annotated[
        int | None, Query(ge=1, le=MOST, description="The version it is compared with; the one before when absent")
    ] = None,
) -> Comparison:
    """The steps from `against` to this version, as in RFC 6902 with what stood there before."""
    return await read.compare(ctx, kind, definition_id, number, against)


@router.post("/{number}/restore", operation_id="restore_definition_version")
async def restore_definition_version(
    ctx: Ctx, kind: Kind, definition_id: UUID, number: Number, wanted: Restore, version: Version
) -> DefinitionVersion:
    """Make it say again what it said in this version: a new version, by the rules of today.

    If-Match names the version of the record itself (the character's, the client's), not of the list.
    """
    return await restore(ctx, kind, definition_id, number, version=version, reason=wanted.reason)
