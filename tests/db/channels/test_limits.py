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


async def test_what_was_uploaded_survives_the_wait_for_half_an_hour(desk: Desk) -> None:
    platform = Platform(limits=ONE_A_MINUTE)
    platform.faults = ["slow down"]
    there, first, second = await two(platform, desk)
    for _ in range(2):
        assert await there.run(first.id) is not None  # refused, then there is no turn for a while
        assert await there.run(second.id) is not None
    assert platform.prepared == 2
    await refill(there)
    assert await there.run(first.id) is None
    assert platform.prepared == 2
    await refill(there)
    async with there.tenant.context() as ctx:
        await ctx.db.execute(
            """update publish_attempt set remote = remote || jsonb_build_object('prepared_at',
                 ((remote ->> 'prepared_at')::timestamptz - interval '31 minutes')::text) where post_id = %(id)s""",
            {"id": second.id},
        )
    assert await there.run(second.id) is None
    assert (platform.prepared, len(platform.out)) == (3, 2)


async def test_a_post_of_several_calls_takes_as_much_of_the_limit(desk: Desk) -> None:
    platform = Platform(limits=(Limit("publish", 4, timedelta(minutes=4)),))
    platform.calls = 3
    there, first, second = await two(platform, desk)
    assert await there.run(first.id) is None
    wait = await there.run(second.id)
    assert wait is not None
    assert timedelta(seconds=110) < wait <= timedelta(seconds=120)
    platform.calls = 9  # of more calls than there ever are at once: it waits until all are there
    third = await there.planned("Three")
    wait = await there.run(third.id)
    assert wait is not None
    assert timedelta(seconds=170) < wait <= timedelta(seconds=180)


async def test_who_is_asked_to_come_back_much_later_waits_and_says_until_when(desk: Desk) -> None:
    platform = Platform()
    platform.faults, platform.wait = ["slow down", "slow down"], timedelta(hours=3)
    there, first, second = await two(platform, desk)
    for post in (first, second):
        wait = await there.run(post.id)
        assert wait is not None
        assert timedelta(hours=2, minutes=59) < wait <= timedelta(hours=3)
        waits = await there.post(post.id)
        assert waits.state == "publishing"
        assert "waits for the platform until " in (waits.state_reason or "")
    assert platform.commits == 1
    for post in (first, second):
        await earlier(there, "publish_attempt", "started_at", post.id, hours=3)
    await refill(there)
    platform.faults, platform.wait = ["slow down"], timedelta(milliseconds=1)
    assert await there.run(first.id) is not None  # the wait was no trying: this refusal is the first
    assert ((await there.post(first.id)).state, (await there.post(first.id)).state_reason) == ("publishing", None)
    await refill(there)
    assert [await there.run(post.id) for post in (first, second)] == [None, None]
    assert len(platform.out) == 2


async def test_nobody_waits_more_than_a_day_for_a_platform(desk: Desk) -> None:
    platform = Platform()
    platform.faults, platform.wait = ["slow down"], timedelta(hours=25)
    there = await at_platform(desk, platform)
    post = await there.planned()
    assert await there.run(post.id) is None
    failed = await there.post(post.id)
    assert failed.state == "failed"
    assert "more than a day" in (failed.state_reason or "")
