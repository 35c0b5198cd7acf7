"""The audit trail over HTTP: look, check the chain, take it away."""

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from greenroom.infra.audit import read
from greenroom.infra.audit.read import AuditEntry
from greenroom.infra.context import Context
from greenroom.infra.http.context import Ctx
from greenroom.infra.http.paging import Limit, Page
from greenroom.kit.errors import Forbidden, Invalid
from greenroom.tenancy.contracts import Frozen
from greenroom.tenancy.people import is_super

router = APIRouter(tags=["audit"])


class ChainState(Frozen):
    """Whether every entry is what was written; `head` is the last hash, to be noted elsewhere."""

    entries: int
    whole: bool
    broken_at: int | None
    why: str | None
    head: str


@router.get("/audit", operation_id="list_audit")
async def list_audit(
    ctx: Ctx,
    subject: Annotated[UUID | None, Query(description="Entries about this person, client, post, …")] = None,
    cursor: Annotated[str | None, Query(max_length=20, description="`next` of the page before")] = None,
    limit: Limit = 50,
) -> Page[AuditEntry]:
    """The newest first. Entries about people and the organisation are for super users."""
    if cursor is not None and not (cursor.isascii() and cursor.isdigit()):
        raise Invalid("Start again at the first page", fields={"cursor": "Not a cursor of this list"})
    found = await read.list_entries(
        ctx, whole=await is_super(ctx), subject=subject, before=int(cursor) if cursor else None, limit=limit + 1
    )
    items = found[:limit]
    return Page(items=items, next=str(items[-1].number) if len(found) > limit else None)


@router.get("/audit/chain", operation_id="check_audit")
async def check_audit(ctx: Ctx) -> ChainState:
    """Follow the whole chain. An answer with `whole: false` names the first entry that is not what was written."""
    await _only_super(ctx)
    verdict = await read.verify(ctx)
    return ChainState(
        entries=verdict.entries,
        whole=verdict.broken_at is None,
        broken_at=verdict.broken_at,
        why=verdict.why,
        head=verdict.head.hex(),
    )


@router.get(
    "/audit/export",
    operation_id="export_audit",
    response_class=Response,
    responses={200: {"content": {"application/x-ndjson": {"schema": {"type": "string"}}}}},
)
async def export_audit(ctx: Ctx) -> Response:
    """Every entry as a line of JSON, the oldest first."""
    await _only_super(ctx)
    lines = [line async for line in _lines(ctx)]
    return Response(
        "".join(lines),
        media_type="application/x-ndjson",
        headers={"Content-Disposition": 'attachment; filename="audit.ndjson"', "Cache-Control": "no-store"},
    )


async def _lines(ctx: Context) -> AsyncIterator[str]:
    async for entry in read.export(ctx):
        yield entry.model_dump_json() + "\n"


async def _only_super(ctx: Context) -> None:
    if not await is_super(ctx):
        raise Forbidden("Ask a super user; the whole trail names everybody")
