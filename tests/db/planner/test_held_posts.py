"""Posts that a paused schedule holds: what passed is told and written down, and what a person moved goes out."""

from datetime import timedelta
from uuid import UUID

import pytest

from greenroom.channels import facade as channels
from greenroom.planner import schedules
from greenroom.planner.due import send_due
from greenroom.planner.schedule_contracts import Schedule
from tests.support.publish import Desk
from tests.support.schedules import approved, scheduled, waiting


async def paused(desk: Desk) -> tuple[Schedule, list[UUID]]:
    """A paused schedule and its posts that wait."""
    made = await scheduled(desk, await approved(desk, 20), misfire="ask")
    async with desk.tenant.context() as ctx:
        await schedules.pause(ctx, made.id)
    return made, [row["id"] for row in await waiting(desk, made.id)]


@pytest.mark.parametrize(("misfire", "kind"), [("ask", "missed"), ("skip", "skipped")])
async def test_what_passed_meanwhile_is_told_and_written_down(desk: Desk, misfire: str, kind: str) -> None:
    made = await scheduled(desk, await approved(desk, 20), misfire=misfire)
    async with desk.tenant.context() as ctx:
        await schedules.pause(ctx, made.id)
    passed = (await waiting(desk, made.id))[0]["id"]
    async with desk.tenant.context() as ctx:
        await ctx.db.execute("update post set due_at = now() - interval '5 minutes' where id = %(id)s", {"id": passed})
    async with desk.tenant.context() as ctx:
        await schedules.resume(ctx, made.id)
    async with desk.tenant.context() as ctx:
        told = await ctx.db.all(
            "select message from event where kind = %(kind)s and subject_id = %(id)s",
            {"kind": f"channels.post.{kind}", "id": passed},
        )
        written = await ctx.db.value(
            "select count(*) from audit_entry where action = %(action)s and subject_id = %(id)s",
            {"action": f"post.{kind}", "id": passed},
        )
    assert len(told) == 1
    assert "passed while its schedule was paused" in told[0]["message"]
    assert written == 1


async def test_a_post_that_a_person_moves_goes_out_at_its_new_time(desk: Desk) -> None:
    _, (first, second, *_) = await paused(desk)
    async with desk.tenant.context() as ctx:
        due = await channels.database_now(ctx) + timedelta(days=60)
        await channels.schedule(ctx, first, wall=None, zone=None, due=due, note=None)
        await ctx.db.execute("update post set due_at = now() where id = any(%(ids)s)", {"ids": [first, second]})
    assert await send_due(desk.tenant.house) == 1
    assert [(await desk.post(id)).state for id in (first, second)] == ["claimed", "scheduled"]
    assert [(await desk.post(id)).on_hold for id in (first, second)] == [False, True]


async def test_one_that_a_person_sends_now_is_held_no_more(desk: Desk) -> None:
    _, (first, *_) = await paused(desk)
    async with desk.tenant.context() as ctx:
        await channels.claim(ctx, first)
    assert (await desk.post(first)).on_hold is False
