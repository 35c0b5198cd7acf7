"""The statements on gr.definition_version. The application may append and read; it cannot change what was written."""

from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from greenroom.infra.context import Context
from greenroom.infra.database import Row, Tx
from greenroom.infra.locks import DEFINITIONS

_SAID = "select v.number, v.at, v.author, v.author_id, v.reason, v.document from definition_version v"
_THIS = """ where v.organisation_id = %(organisation)s and v.client_id = any(%(clients)s)
            and v.kind = %(kind)s and v.definition_id = %(id)s"""
MISSING = "There is no such version; the list has those that there are"


async def hold(ctx: Context, kind: str, definition: UUID) -> None:
    """Let nobody else add a version of this definition until the transaction ends."""
    await ctx.db.execute(
        "select pg_advisory_xact_lock(hashtextextended(%(key)s, %(seed)s))",
        {"key": f"{ctx.organisation} {kind} {definition}", "seed": DEFINITIONS},
    )


async def latest(ctx: Context, kind: str, definition: UUID) -> Row | None:
    return await ctx.db.maybe(
        _SAID + _THIS + " order by v.number desc limit 1", {**ctx.tenant, "kind": kind, "id": definition}
    )


async def add(ctx: Context, row: dict[str, Any]) -> None:
    await ctx.db.execute(
        """insert into definition_version (organisation_id, client_id, kind, definition_id, number, document, author,
                                           author_id, reason, at)
           values (%(organisation)s, %(client)s, %(kind)s, %(id)s, %(number)s, %(document)s, %(author)s,
                   %(author_id)s, %(reason)s, %(at)s)""",
        {**row, "organisation": ctx.organisation, "document": Jsonb(row["document"])},
    )


async def one(ctx: Context, kind: str, definition: UUID, number: int) -> Row:
    return await ctx.db.one(
        _SAID + _THIS + " and v.number = %(number)s",
        {**ctx.tenant, "kind": kind, "id": definition, "number": number},
        missing=MISSING,
    )


async def page(ctx: Context, kind: str, definition: UUID, *, before: int | None, limit: int) -> list[Row]:
    """The newest first, each with the document before it (null for the first)."""
    return await ctx.db.all(
        """select v.number, v.at, v.author, v.author_id, v.reason, v.document, p.document as document_before
           from definition_version v left join definition_version p
             on (p.organisation_id, p.client_id, p.kind, p.definition_id, p.number)
              = (v.organisation_id, v.client_id, v.kind, v.definition_id, v.previous)"""
        + _THIS
        + """ and (%(before)s::int is null or v.number < %(before)s)
              order by v.number desc limit %(limit)s""",
        {**ctx.tenant, "kind": kind, "id": definition, "before": before, "limit": limit},
    )


async def organisations(tx: Tx) -> list[UUID]:
    """Those that have any versions."""
    rows = await tx.all("select organisations_with_definitions() as id")
    return sorted(row["id"] for row in rows)


async def clients_of(tx: Tx, organisation: UUID) -> tuple[UUID, ...]:
    """All clients of the organisation, archived ones too: an export is whole."""
    rows = await tx.all(
        "select id from client where organisation_id = %(organisation)s order by id", {"organisation": organisation}
    )
    return tuple(row["id"] for row in rows)


async def index(ctx: Context) -> list[Row]:
    """Every version without its document, by time; those of one definition always by number."""
    return await ctx.db.all(
        """select client_id, kind, definition_id, number, at, author, author_id, reason
           from definition_version
           where organisation_id = %(organisation)s and client_id = any(%(clients)s)
           order by max(at) over (partition by client_id, kind, definition_id order by number),
                    client_id, kind, definition_id, number""",
        ctx.tenant,
    )


async def document(ctx: Context, row: Row) -> dict[str, Any]:
    """What the version of an index's row says."""
    said: dict[str, Any] = (await one(ctx, row["kind"], row["definition_id"], row["number"]))["document"]
    return said
