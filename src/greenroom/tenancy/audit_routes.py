"""The audit trail over HTTP: look, check the chain, take it away."""

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from greenroom.infra.audit import read
from greenroom.infra.audit.read import AuditEntry
from greenroom.infra.context import Context, House
from greenroom.infra.http.context import Ctx, HouseOf, Identified, identify
from greenroom.infra.http.paging import CursorText, Limit, Page, read_number, write_number
from greenroom.kit.errors import Forbidden
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
    cursor: CursorText = None,
    limit: Limit = 50,
) -> Page[AuditEntry]:
    """The newest first. Entries about people and the organisation are for super users."""
    before = read_number(cursor, most=2**63 - 1)
    found = await read.list_entries(ctx, whole=await is_super(ctx), subject=subject, before=before, limit=limit + 1)
    items = found[:limit]
    return Page(items=items, next=write_number(items[-1].number) if len(found) > limit else None)


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
    response_class=StreamingResponse,
    responses={200: {"content": {"application/x-ndjson": {"schema": {"type": "string"}}}}},
)
async def export_audit(request: Request, identity: Identified, house: HouseOf) -> StreamingResponse:
    """Every entry as a line of JSON, the oldest first, as they stand at the beginning; sent while it is read.

    Whoever loses the right to it meanwhile gets a broken connection, not a file that looks whole.
    """
    async with identity.context(house, permission="manage") as ctx:
        await _only_super(ctx)
        until = await read.last_number(ctx)
    return StreamingResponse(
        _lines(request, house, until),
        media_type="application/x-ndjson",
        headers={"Content-Disposition": 'attachment; filename="audit.ndjson"', "Cache-Control": "no-store"},
    )


async def _lines(request: Request, house: House, until: int) -> AsyncIterator[str]:
    """A part in a transaction of its own each, so that a slow reader holds none; who asks is looked at for each."""
    after = 0
    while after < until:
        identity = await identify(request)
        async with identity.context(house, permission="manage") as ctx:
            await _only_super(ctx)
            entries = await read.export_part(ctx, after=after, until=until)
        if not entries:
            return
        after = entries[-1].number
        yield "".join(entry.model_dump_json() + "\n" for entry in entries)


async def _only_super(ctx: Context) -> None:
    if not await is_super(ctx):
        raise Forbidden("Ask a super user; the whole trail names everybody")
