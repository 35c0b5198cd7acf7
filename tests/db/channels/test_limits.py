"""Publishing within a platform's limits: a post waits for its account's turn, and nobody calls who was asked not to."""

from datetime import timedelta
from uuid import UUID

from greenroom.channels.contracts import Post
from greenroom.channels.rate import Limit
from tests.support.platform import Platform, at_platform
from tests.support.publish import Desk

ONE_A_MINUTE = (Limit("publish", 1, timedelta(minutes=1)),)


async def earlier(desk: Desk, table: str, column: str, id: UUID, **by: float) -> None:
    name = "id" if table == "post" else "post_id"
    async with desk.tenant.context() as ctx:
        await ctx.db.execute(
            f"update {table} set {column} = {column} - %(by)s where {name} = %(id)s",
            {"id": id, "by": timedelta(**by)},
        )


async def refill(desk: Desk) -> None:
    async with desk.tenant.context() as ctx:
        await ctx.db.execute("update rate_bucket set filled_at = filled_at - interval '1 hour', closed_until = null")


async def two(platform: Platform, desk: Desk) -> tuple[Desk, Post, Post]:
    """A desk on the platform and two posts on their way there."""
    there = await at_platform(desk, platform)
    return there, await there.planned("One"), await there.planned("Two")


async def test_the_second_post_waits_for_its_turn(desk: Desk) -> None:
    platform = Platform(limits=ONE_A_MINUTE)
    there, first, second = await two(platform, desk)
    assert await there.run(first.id) is None
    wait = await there.run(second.id)
    assert wait is not None
    assert timedelta(seconds=50) < wait <= timedelta(seconds=60)
    assert ((await there.post(second.id)).state, platform.commits) == ("publishing", 1)
    await refill(there)
    assert await there.run(second.id) is None
    assert ((await there.post(second.id)).state, platform.commits) == ("published", 2)


async def test_waiting_for_a_turn_is_no_failed_try(desk: Desk) -> None:
    platform = Platform(limits=ONE_A_MINUTE)
    there, first, second = await two(platform, desk)
    await there.run(first.id)
    await there.run(second.id)
    await earlier(there, "publish_attempt", "started_at", second.id, minutes=40)
    assert await there.run(second.id) is not None
    platform.faults = ["slow down"]
    await refill(there)
    # After forty minutes in the queue the platform refuses for the first time; that is tried again.
    assert await there.run(second.id) is not None
    assert ((await there.post(second.id)).state, platform.commits) == ("publishing", 2)
    await refill(there)
    assert await there.run(second.id) is None
    assert (await there.post(second.id)).state == "published"


async def test_a_post_whose_turn_would_come_too_late_is_missed(desk: Desk) -> None:
    there, first, second = await two(Platform(limits=ONE_A_MINUTE), desk)
    await there.run(first.id)
    await there.run(second.id)
    await earlier(there, "post", "due_at", second.id, minutes=59, seconds=30)
    assert await there.run(second.id) is None
    missed = await there.post(second.id)
    assert missed.state == "missed"
    assert "give it a new time" in (missed.state_reason or "")
    assert [attempt.outcome for attempt in missed.attempts] == ["failed"]


async def test_slow_down_holds_back_the_accounts_other_posts(desk: Desk) -> None:
    platform = Platform()
    platform.faults, platform.wait = ["slow down"], timedelta(minutes=3)
    there, first, second = await two(platform, desk)
    assert await there.run(first.id) is not None
    wait = await there.run(second.id)
    assert wait is not None
    assert timedelta(minutes=2) < wait <= timedelta(minutes=3)
    assert platform.commits == 1
    await refill(there)
    assert [await there.run(post.id) for post in (first, second)] == [None, None]
    assert len(platform.out) == 2
