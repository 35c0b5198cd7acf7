"""Posts for an account whose login dies: wherever they are, they wait for it, and go out when it is mended."""

from datetime import timedelta

import pytest

from greenroom.channels import facade as channels
from greenroom.channels import login_store
from greenroom.channels.contracts import Post
from greenroom.planner.due import send_due
from tests.support.platform import Platform, at_platform
from tests.support.publish import Desk


async def due_now(desk: Desk, title: str) -> Post:
    content = await desk.approved(title)
    async with desk.tenant.context() as ctx:
        post = await channels.add_post(ctx, content=content, account=desk.page.id)
        now = await channels.database_now(ctx)
        await channels.schedule(ctx, post.id, wall=None, zone=None, due=now, note=None)
        return await channels.get_post(ctx, post.id)


async def reconnect(desk: Desk) -> None:
    async with desk.tenant.context() as ctx:
        await login_store.write_linked(ctx, desk.page.id, handle="faulty", name="Faulty account", url="")


@pytest.mark.parametrize("met", ["prepare", "commit"])
async def test_all_wait_alike_and_go_out_when_it_is_reconnected(desk: Desk, met: str) -> None:
    platform = Platform()
    (platform.prepare_faults if met == "prepare" else platform.faults).append("login dead")
    there = await at_platform(desk, platform)
    posts = [await there.planned("Met it"), await there.planned("Claimed"), await due_now(there, "Scheduled")]
    assert [await there.run(post.id) for post in posts[:2]] == [None, None]
    shown = [await there.post(post.id) for post in posts]
    assert [post.state for post in shown] == ["scheduled"] * 3
    assert "does not let us in" in (shown[0].state_reason or "")
    assert "waits until Faulty account is connected again" in (shown[1].state_reason or "")
    assert [attempt.outcome for post in shown for attempt in post.attempts] == ["held", "held"]
    house = there.tenant.house
    assert await send_due(house) == 0
    await reconnect(there)
    assert await send_due(house) == 3
    assert [await there.run(post.id) for post in posts] == [None] * 3
    assert [(await there.post(post.id)).state for post in posts] == ["published"] * 3
    assert len(platform.out) == 3


async def test_the_late_policy_holds_for_those_that_waited(desk: Desk) -> None:
    platform = Platform()
    platform.faults = ["login dead"]
    there = await at_platform(desk, platform)
    post = await there.planned()
    assert await there.run(post.id) is None
    async with there.tenant.context() as ctx:
        await ctx.db.execute("update post set due_at = now() - %(by)s", {"by": timedelta(minutes=90)})
    assert await send_due(there.tenant.house) == 1
    missed = await there.post(post.id)
    assert (missed.state, platform.out) == ("missed", [])
    assert "was not connected" in (missed.state_reason or "")


async def test_an_old_answer_says_nothing_of_a_login_that_was_mended_since(desk: Desk) -> None:
    platform = Platform()
    platform.prepare_faults = ["login dead"]
    there = await at_platform(desk, platform)
    post = await there.planned()
    platform.uploading = lambda: reconnect(there)
    assert await there.run(post.id) is not None
    async with there.tenant.context() as ctx:
        assert (await channels.get_account(ctx, there.page.id)).needs_reconnect is False
        await ctx.db.execute("update rate_bucket set closed_until = null")
    assert await there.run(post.id) is None
    assert ((await there.post(post.id)).state, len(platform.out)) == ("published", 1)
