"""Schedules to try things on: a desk's calendar, filled by rule, window or slots."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from greenroom.infra.database import Row
from greenroom.planner import schedules
from greenroom.planner.schedule_contracts import NewSchedule, Schedule
from tests.support.publish import Desk

ZONE = "Europe/Berlin"  # the client's
TODAY = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)


async def scheduled(desk: Desk, contents: Sequence[UUID] = (), **says: Any) -> Schedule:
    """A schedule of the desk's account: every day at nine from the day after tomorrow on, unless it says other."""
    form: dict[str, Any] = {
        "name": "Mornings", "kind": "rule", "rule": "FREQ=DAILY", "start": TODAY + timedelta(days=2, hours=9),
        "zone": ZONE, "accounts": [desk.page.id], "contents": list(contents),
    }  # fmt: skip
    async with desk.tenant.context() as ctx:
        return await schedules.create(ctx, NewSchedule.model_validate({**form, **says}))


async def approved(desk: Desk, count: int, title: str = "Part") -> list[UUID]:
    return [await desk.approved(f"{title} {number}") for number in range(count)]


async def posts_of(desk: Desk, schedule: UUID) -> list[Row]:
    """All posts that the schedule ever made, by time."""
    async with desk.tenant.context() as ctx:
        return await ctx.db.all(
            """select id, account_id, content_id, state, state_reason, occurrence, wall_time, zone, due_at, on_hold
               from post where schedule_id = %(id)s order by due_at, id""",
            {"id": schedule},
        )


async def waiting(desk: Desk, schedule: UUID) -> list[Row]:
    return [row for row in await posts_of(desk, schedule) if row["state"] == "scheduled"]


async def news(desk: Desk, kind: str) -> list[Row]:
    async with desk.tenant.context() as ctx:
        return await ctx.db.all("select message, data from event where kind = %(kind)s order by id", {"kind": kind})
