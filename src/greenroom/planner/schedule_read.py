"""Schedules as they stand: from rows to what is shown, what is kept by version, and what decides their times."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.planner import schedule_store as store
from greenroom.planner import slot_store
from greenroom.planner.occurrences import Plan
from greenroom.planner.schedule_contracts import Gap, Schedule, ScheduleDraft, WindowShape
from greenroom.tenancy import facade as tenancy

KIND = "schedule"
_SAME = (
    "name", "kind", "rule", "start", "zone", "without", "accounts", "pattern", "contents", "repeat_queue", "misfire",
    "seed",
)  # fmt: skip


async def shown(ctx: Context, rows: Sequence[Row]) -> list[Schedule]:
    gaps: dict[UUID, list[Gap]] = {}
    for gap in await store.gaps(ctx, [row["id"] for row in rows]):
        stands = Gap(account_id=gap["account_id"], wall=gap["wall"], reason=gap["reason"])
        gaps.setdefault(gap["schedule_id"], []).append(stands)
    return [
        Schedule(
            **dict(draft_of(row)),
            **{name: row[name] for name in ("id", "client_id", "version", "state")},
            gaps=tuple(gaps.get(row["id"], ())),
        )
        for row in rows
    ]


def draft_of(row: Row) -> ScheduleDraft:
    """What the row says, with its seed."""
    window = None
    if row["opens"] is not None:
        window = WindowShape(
            opens=f"{row['opens']:%H:%M}", closes=f"{row['closes']:%H:%M}", times=row["times"],
            apart_minutes=row["apart_minutes"],
        )  # fmt: skip
    return ScheduleDraft(**{name: row[name] for name in _SAME}, window=window)


def row_of(schedule: UUID, draft: ScheduleDraft) -> dict[str, Any]:
    """The row that says what the draft says."""
    shape = draft.window.model_dump() if draft.window else dict.fromkeys(WindowShape.model_fields)
    return {"id": schedule, **{name: getattr(draft, name) for name in _SAME}, **shape, "without": list(draft.without)}


def said(stands: ScheduleDraft | Schedule) -> dict[str, Any]:
    """The document that is kept by version."""
    return stands.model_dump(mode="json", include=set(ScheduleDraft.model_fields))


async def plan_of(ctx: Context, client: UUID, draft: ScheduleDraft) -> Plan:
    """What decides its times. Slots are in the client's zone, whatever the schedule's own says."""
    slots: dict[UUID, tuple[Any, ...]] = {}
    if draft.kind == "slots":
        draft = draft.model_copy(update={"zone": await tenancy.client_zone(ctx, client)})
        for row in await slot_store.slots(ctx, None):
            slots[row["account_id"]] = (*slots.get(row["account_id"], ()), (row["weekday"], row["at"]))
    return Plan(draft, draft.seed or "", slots)
