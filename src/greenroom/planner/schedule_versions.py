"""Schedules as definitions with versions: read as they stand, restored by the same rules as any change."""

from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.versions import Definition, Present
from greenroom.planner import schedule_store as store
from greenroom.planner.schedule_contracts import ScheduleChange
from greenroom.planner.schedule_read import KIND, draft_of, said
from greenroom.planner.schedules import change


async def present(ctx: Context, schedule: UUID) -> Present:
    """The schedule as it stands, an ended one too."""
    row = await store.schedule(ctx, schedule)
    return Present(row["client_id"], row["version"], said(draft_of(row)))


async def apply(ctx: Context, schedule: UUID, document: dict[str, Any], version: int, reason: str) -> None:
    """Change the schedule to what the document says. Raises Stale, Conflict, Invalid, NotFound, ValidationError."""
    await change(ctx, schedule, version, ScheduleChange.model_validate(document), reason=reason)


SCHEDULE = Definition(kind=KIND, title="Schedule", read=present, apply=apply, to_change="publish")
