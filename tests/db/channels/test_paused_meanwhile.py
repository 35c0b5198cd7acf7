"""A post that is on its way when its account stops posting waits, as those that were not on their way do."""

from datetime import timedelta

from greenroom.channels import account_acts, account_store
from greenroom.channels.contracts import Post
from greenroom.planner.due import send_due
from tests.support.platform import Platform, at_platform
from tests.support.publish import Desk


async def pause(desk: Desk) -> None:
    async with desk.tenant.context() as ctx:
        await account_acts.pause(ctx, await account_store.account(ctx, desk.page.id, lock=True))


async def resume(desk: Desk) -> None:
    async with desk.tenant.context() as ctx:
        await account_acts.resume(ctx, await account_store.account(ctx, desk.page.id, lock=True))


async def paused_while_uploading(desk: Desk, platform: Platform) -> tuple[Desk, Post]:
    there = await at_platform(desk, platform)
    platform.uploading = lambda: pause(there)
    post = await there.planned()
    assert await there.run(post.id) is None
    return there, post


async def test_it_waits_and_goes_out_when_its_account_posts_again(desk: Desk) -> None:
    platform = Platform()
    there, post = await paused_while_uploading(desk, platform)
    waits = await there.post(post.id)
    assert (waits.state, waits.attempts[-1].outcome, platform.commits) == ("scheduled", "held", 0)
    assert "is paused and takes no posts: Paused by" in (waits.state_reason or "")
    house = there.tenant.house
    assert await send_due(house) == 0
    await resume(there)
    assert await send_due(house) == 1
    assert await there.run(post.id) is None
    assert ((await there.post(post.id)).state, len(platform.out)) == ("published", 1)


async def test_the_late_policy_holds_for_it(desk: Desk) -> None:
    platform = Platform()
    there, post = await paused_while_uploading(desk, platform)
    async with there.tenant.context() as ctx:
        await ctx.db.execute("update post set due_at = now() - %(by)s", {"by": timedelta(minutes=90)})
    assert await send_due(there.tenant.house) == 1
    missed = await there.post(post.id)
    assert (missed.state, platform.out) == ("missed", [])
    assert "is paused" in (missed.state_reason or "")
