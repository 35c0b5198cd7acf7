"""Reading events in an order that loses none: by transaction, and only up to where no older one is still running.

Ids are given before commit, so `id > last` skips whatever commits late. Transaction numbers below the snapshot's
xmin have all ended, so nothing can appear there any more (PostgreSQL documentation, pg_current_snapshot). Where that
holds something back, gr.settled_below() looks whether the open ones are of this database at all.
"""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from greenroom.infra.context import Context

_TEXT = re.compile(r"(\d{1,20})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
_LARGEST = 2**64 - 1

# Unsettled rows sort last, for their transactions are the newest; they only say that more is to come soon.
_NEXT = """
    select xid::text as xid, id, kind, client_id, subject_type, subject_id, message, severity, at, data,
           xid < pg_snapshot_xmin(pg_current_snapshot()) or xid < (select gr.settled_below()) as settled
    from event
    where organisation_id = %(organisation)s and (client_id is null or client_id = any(%(clients)s))
      and (xid, id) > (%(xid)s::text::xid8, %(id)s)
    order by organisation_id, event.xid, id limit %(limit)s"""


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """A place between two events of an organisation; as text it is the `id:` of a live stream."""

    xid: int
    id: UUID

    def __str__(self) -> str:
        return f"{self.xid}-{self.id}"


@dataclass(frozen=True, slots=True)
class News:
    """Events after a cursor. `more`: others are there or about to be, so ask again soon."""

    events: list[tuple[Cursor, dict[str, Any]]]
    cursor: Cursor
    more: bool


def read_cursor(text: str | None) -> Cursor | None:
    """The cursor that the text says, None when it says none."""
    match = _TEXT.fullmatch(text or "")
    if match is None or int(match[1]) > _LARGEST:
        return None
    return Cursor(int(match[1]), UUID(match[2]))


async def present(ctx: Context) -> Cursor:
    """The place before everything that has not been committed yet."""
    xid = await ctx.db.value("select gr.settled_below()::text")
    return Cursor(int(xid), UUID(int=0))


async def read_news(ctx: Context, after: Cursor, *, limit: int = 200) -> News:
    """What the context may see after the cursor, in order."""
    rows = await ctx.db.all(_NEXT, {**ctx.tenant, "xid": str(after.xid), "id": after.id, "limit": limit})
    settled = [row for row in rows if row["settled"]]
    events = [(Cursor(int(row["xid"]), row["id"]), _body(row)) for row in settled]
    return News(events, events[-1][0] if events else after, more=len(settled) < len(rows) or len(rows) == limit)


def _body(row: dict[str, Any]) -> dict[str, Any]:
    names = ("kind", "client_id", "subject_type", "subject_id", "message", "severity", "at", "data")
    return {name: row[name] for name in names}
