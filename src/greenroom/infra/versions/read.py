"""Looking at versions: the list, one of them, two beside each other."""

from collections.abc import Mapping
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.infra.http.paging import Page, read_number, write_number
from greenroom.infra.versions import version_store as store
from greenroom.infra.versions.contracts import Comparison, DefinitionVersion, VersionSummary
from greenroom.infra.versions.diff import diff, same
from greenroom.infra.versions.registry import definition_of, names_of

NOBODY = "Greenroom"
GONE = "Somebody who is no longer here"


async def list_versions(
    ctx: Context, kind: str, definition: UUID, *, cursor: str | None, limit: int
) -> Page[VersionSummary]:
    """The newest first. Empty while nothing was changed since versions are kept."""
    before = read_number(cursor, most=2**31 - 1)
    await _allowed(ctx, kind, definition)
    rows = await store.page(ctx, kind, definition, before=before, limit=limit + 1)
    names = await names_of(ctx, {row["author_id"] for row in rows if row["author_id"]})
    items = [_summary(row, author_of(row, names)) for row in rows[:limit]]
    return Page(items=items, next=write_number(items[-1].number) if len(rows) > limit else None)


async def at(ctx: Context, kind: str, definition: UUID, number: int) -> DefinitionVersion:
    """One version; NotFound when there is none of this number."""
    await _allowed(ctx, kind, definition)
    return await _version(ctx, kind, definition, number)


async def compare(ctx: Context, kind: str, definition: UUID, number: int, against: int | None) -> Comparison:
    """What makes this version differ from `against`: from the one before when None, from nothing for the first."""
    await _allowed(ctx, kind, definition)
    after = await _version(ctx, kind, definition, number)
    other = number - 1 if against is None else against
    before = await _version(ctx, kind, definition, other) if other else None
    return Comparison(
        before=before, after=after, changes=tuple(diff(before.document if before else {}, after.document))
    )


async def _allowed(ctx: Context, kind: str, definition: UUID) -> None:
    known = definition_of(kind)
    present = await known.read(ctx, definition)
    ctx.require(known.to_read, present.client)


async def _version(ctx: Context, kind: str, definition: UUID, number: int) -> DefinitionVersion:
    row = await store.one(ctx, kind, definition, number)
    names = await names_of(ctx, {row["author_id"]} - {None})
    return DefinitionVersion(**{**row, "author": author_of(row, names)})


def author_of(row: Row, names: Mapping[UUID, str]) -> str:
    return names.get(row["author_id"], GONE) if row["author"] == "user" else NOBODY


def _summary(row: Row, author: str) -> VersionSummary:
    document, before = row["document"], row["document_before"] or {}
    changed = [
        field
        for field in sorted(document.keys() | before.keys())
        if (field in document) != (field in before) or not same(document.get(field), before.get(field))
    ]
    return VersionSummary(
        **{name: row[name] for name in ("number", "at", "author_id", "reason")},
        author=author,
        changed=tuple(changed) if row["document_before"] is not None else (),
    )
