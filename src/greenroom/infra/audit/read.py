"""Reading the audit trail: entries for people, the check of the chain, everything for keeping elsewhere."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from greenroom.infra.audit import audit_store
from greenroom.infra.audit.chain import Verdict, check, is_personal
from greenroom.infra.context import Context
from greenroom.infra.database import Row


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
    """Follow the organisation's whole chain."""
    await audit_store.see_all_clients(ctx)
    head = await audit_store.head(ctx)
    return check([_with_salts(row) async for row in audit_store.all_entries(ctx)], head)


async def export(ctx: Context) -> AsyncIterator[AuditEntry]:
    """The whole chain, the oldest first."""
    await audit_store.see_all_clients(ctx)
    async for row in audit_store.all_entries(ctx):
        yield _entry(row)


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
