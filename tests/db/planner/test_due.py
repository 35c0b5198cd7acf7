"""What is due goes on its way once, what is late asks, what may not go out is held."""

import asyncio
from typing import LiteralString

import pytest

from greenroom.channels import facade as channels
from greenroom.channels.contracts import Post
from greenroom.channels.errors import Held
from greenroom.infra.context import House
from greenroom.planner.due import send_due
from tests.support.house import Tenant
from tests.support.platform import Platform, at_platform
from tests.support.publish import Desk, make_desk


async def scheduled(desk: Desk, title: str, due: str) -> Post:
    """A post whose time is `due` from now on the database's clock, as in '-1 second'."""
    content = await desk.approved(title)
    async with desk.tenant.context() as ctx:
        post = await channels.add_post(ctx, content=content, account=desk.page.id)
        now = await channels.database_now(ctx)
        await channels.schedule(ctx, post.id, wall=None, zone=None, due=now, note=None)
        await ctx.db.execute(
            "update post set due_at = now() + %(due)s::interval where id = %(id)s", {"due": due, "id": post.id}
        )
    return post


async def jobs_of(desk: Desk, post: Post) -> int:
    async with desk.tenant.context() as ctx:
        count: int = await ctx.db.value("select count(*) from job where subject_id = %(id)s", {"id": post.id})
        return count


async def test_only_what_is_due_goes_and_each_once(desk: Desk, house: House, other_tenant: Tenant) -> None:
    other = await make_desk(other_tenant, "Theo Lindqvist")
    due = [await scheduled(desk, f"Due {n}", "-1 second") for n in range(4)]
    elsewhere = await scheduled(other, "Due elsewhere", "-1 minute")
    waiting = await scheduled(desk, "Later", "1 hour")
    counts = await asyncio.gather(*(send_due(house) for _ in range(3)))
    assert sum(counts) == 5
    assert await send_due(house) == 0
    for post in due:
        assert ((await desk.post(post.id)).state, await jobs_of(desk, post)) == ("claimed", 1)
    assert (await other.post(elsewhere.id)).state == "claimed"
    assert ((await desk.post(waiting.id)).state, await jobs_of(desk, waiting)) == ("scheduled", 0)


async def test_a_post_an_hour_late_is_missed_and_goes_when_a_person_says_so(desk: Desk, house: House) -> None:
    late = await scheduled(desk, "Late", "-61 minutes")
    just = await scheduled(desk, "Just", "-59 minutes")
    assert await send_due(house) == 2
    assert (await desk.post(just.id)).state == "claimed"
    missed = await desk.post(late.id)
    assert (missed.state, await jobs_of(desk, late)) == ("missed", 0)
    assert "give it a new time or publish it now" in (missed.state_reason or "")
    async with desk.tenant.context() as ctx:
        await channels.claim(ctx, late.id)
        kinds = await ctx.db.all("select kind, severity from event where kind like 'channels.post.%'")
    assert (await desk.post(late.id)).state == "claimed"
    assert {"kind": "channels.post.missed", "severity": "warning"} in kinds


async def test_what_lost_its_approval_behind_our_back_is_held_and_nothing_else_waits(desk: Desk, house: House) -> None:
    spoilt = await scheduled(desk, "Spoilt", "-2 seconds")
    good = await scheduled(desk, "Good", "-1 second")
    async with desk.tenant.context() as ctx:
        await ctx.db.execute(
            "update content set status = 'review', approval_id = null where id = %(id)s", {"id": spoilt.content.id}
        )
    assert await send_due(house) == 2
    assert ((await desk.post(spoilt.id)).state, await jobs_of(desk, spoilt)) == ("draft", 0)
    assert (await desk.post(good.id)).state == "claimed"


async def test_a_cancelled_post_does_not_go(desk: Desk, house: House) -> None:
    post = await scheduled(desk, "Called off", "-1 second")
    async with desk.tenant.context() as ctx:
        await channels.cancel(ctx, post.id)
    assert await send_due(house) == 0


async def test_the_lookup_tells_ids_only(house: House) -> None:
    async with house.database.transaction() as tx:
        columns = await tx.all(
            """select proname, proargnames[cardinality(proargnames) - 2:] as names from pg_proc
               where pronamespace = 'gr'::regnamespace and proname in ('due_posts', 'page_by_handle', 'open_hours')"""
        )
    assert len(columns) == 3
    assert all(row["names"] == ["organisation_id", "client_id", "id"] for row in columns)


@pytest.mark.parametrize(
    ("pause", "resume"),
    [
        ("update client set status = 'archived'", "update client set status = 'active'"),
        ("update organisation set status = 'closed'", "update organisation set status = 'active'"),
    ],
)
async def test_what_an_archived_client_planned_does_not_go_and_is_missed_when_it_comes_back(
    desk: Desk, house: House, pause: LiteralString, resume: LiteralString
) -> None:
    post = await scheduled(desk, "Old plans", "-61 minutes")
    async with desk.tenant.context() as ctx:
        await ctx.db.execute(pause)
    assert await send_due(house) == 0
    assert ((await desk.post(post.id)).state, await jobs_of(desk, post)) == ("scheduled", 0)
    async with desk.tenant.context() as ctx:
        await ctx.db.execute(resume)
    assert await send_due(house) == 1
    assert (await desk.post(post.id)).state == "missed"


async def test_an_archived_clients_post_cannot_be_sent_by_hand(desk: Desk) -> None:
    post = await scheduled(desk, "Old plans", "1 hour")
    async with desk.tenant.context() as ctx:
        await ctx.db.execute("update client set status = 'archived'")
        with pytest.raises(Held, match="is archived and publishes nothing"):
            await channels.claim(ctx, post.id)


async def test_a_post_that_breaks_the_claim_fails_and_holds_up_no_other(desk: Desk, house: House) -> None:
    platform = Platform()
    there = await at_platform(desk, platform)
    broken = await scheduled(there, "Broken", "-2 seconds")
    platform.broken = True
    good = await scheduled(desk, "Good", "-1 second")
    assert await send_due(house) == 2
    assert (await desk.post(good.id)).state == "claimed"
    failed = await there.post(broken.id)
    assert (failed.state, await jobs_of(there, broken)) == ("failed", 0)
    assert "A fault in Greenroom kept it from going out (KeyError)" in (failed.state_reason or "")
    assert await send_due(house) == 0
