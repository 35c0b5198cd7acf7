"""Reading the audit trail: entries for people, the check of the chain, everything for keeping elsewhere."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from greenroom.infra.audit import audit_store
from greenroom.infra.audit.chain import Verdict, Walk, is_personal
from greenroom.infra.context import Context
from greenroom.infra.database import Row

PART = 500
"""How many entries are held at a time when the whole chain is read."""


class Change(BaseModel):
    """One field: what stood there and what stands there now; absent sides were not there."""

    model_config = ConfigDict(frozen=True)

    field: str
    before: Any = None
    after: Any = None
    erased: bool = False


class AuditEntry(BaseModel):
    """Who changed what, when and from where. Hashes in hexadecimal."""

    model_config = ConfigDict(frozen=True)

    number: int
    client_id: UUID | None
    at: datetime
    actor: str
    actor_id: UUID | None
    action: str
    subject_type: str
    subject_id: UUID
    changes: tuple[Change, ...]
    reason: str
    address: str | None
    token_id: UUID | None
    hash: str


async def list_entries(
    ctx: Context, *, whole: bool, subject: UUID | None = None, before: int | None = None, limit: int = 50
) -> list[AuditEntry]:
    """The newest first; entries of no client (people, the organisation itself) only when `whole`."""
    return [
        _entry(row) for row in await audit_store.page(ctx, whole=whole, subject=subject, before=before, limit=limit)
    ]


async def verify(ctx: Context) -> Verdict:
    """Follow the organisation's whole chain, a part of it at a time."""
    await audit_store.see_all_clients(ctx)
    head, walk, after = await audit_store.head(ctx), Walk(), 0
    while rows := await audit_store.part(ctx, after=after, until=head[0], limit=PART):
        if not all(walk.step(_with_salts(row)) for row in rows):
            break
        after += len(rows)
    verdict = walk.verdict(head)
    if verdict.broken_at is None and await audit_store.is_beyond_head(ctx):
        return replace(verdict, broken_at=verdict.entries + 1, why="An entry stands behind the chain's end")
    return verdict


async def last_number(ctx: Context) -> int:
    """The number of the newest entry, up to which an export goes."""
    return (await audit_store.head(ctx))[0]


async def export_part(ctx: Context, *, after: int, until: int) -> list[AuditEntry]:
    """The next entries of the whole chain, the oldest first; none when all were taken."""
    await audit_store.see_all_clients(ctx)
    return [_entry(row) for row in await audit_store.part(ctx, after=after, until=until, limit=PART)]


def _entry(row: Row) -> AuditEntry:
    values = row["values"]
    address = _shown(row["source"].get("address"), values)
    return AuditEntry(
        **{name: row[name] for name in ("number", "client_id", "at", "actor", "actor_id", "action", "subject_type",
                                        "subject_id", "reason")},
        changes=tuple(
            Change(
                field=field,
                before=_shown(sides.get("before"), values),
                after=_shown(sides.get("after"), values),
                erased=any(is_personal(side) and _is_erased(side, values) for side in sides.values()),
            )
            for field, sides in row["change"].items()
        ),
        address=address,
        token_id=row["source"].get("token"),
        hash=bytes(row["hash"]).hex(),
    )  # fmt: skip


def _shown(value: Any, values: Mapping[str, Any]) -> Any:
    if not is_personal(value):
        return value
    return None if _is_erased(value, values) else values[value["personal"]]["value"]


def _is_erased(value: Mapping[str, str], values: Mapping[str, Any]) -> bool:
    kept = values.get(value["personal"])
    return kept is None or kept["salt"] is None


def _with_salts(row: Row) -> dict[str, Any]:
    values = {
        id: {"value": kept["value"], "salt": bytes.fromhex(kept["salt"]) if kept["salt"] else None}
        for id, kept in row["values"].items()
    }
    return {**row, "values": values}
