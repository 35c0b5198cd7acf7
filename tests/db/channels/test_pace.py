"""Accounts held to their pace, and rate buckets that workers share."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from greenroom.channels import account_acts, pace, post_store, rate
from greenroom.channels import facade as channels
from greenroom.channels.contracts import PaceChange, Post
from greenroom.channels.errors import RetryLater
from greenroom.channels.linking_contracts import AccountMoveForm
from greenroom.kit.errors import Conflict, Stale
from greenroom.kit.ids import uuid7
from greenroom.planner import plan
from greenroom.planner.contracts import At, NewPost
from greenroom.planner.due import send_due
from tests.support.publish import Desk

ZONE = "Europe/Berlin"  # the client's
DAY = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None) + timedelta(days=30)


async def held_to(desk: Desk, **bounds: object) -> None:
    async with desk.tenant.context() as ctx:
        account = await channels.get_account(ctx, desk.page.id)
        await channels.change_pace(ctx, account.id, account.version, PaceChange(**bounds))


async def plan_at(desk: Desk, hour: int, minute: int = 0, *, day: int = 0) -> Post:
    content = await desk.approved(f"At {day}, {hour}:{minute}")
    wall = DAY + timedelta(days=day, hours=hour, minutes=minute)
    async with desk.tenant.context() as ctx:
        new = NewPost(content_id=content, account_id=desk.page.id, at=At(wall=wall, zone=ZONE))
        return await plan.plan(ctx, new)


async def test_a_day_holds_as_many_posts_as_the_account_may_have(desk: Desk) -> None:
    await held_to(desk, daily_cap=2)
    await plan_at(desk, 9)
    await plan_at(desk, 10)
    with pytest.raises(Conflict, match="has 2 posts a day") as refused:
        await plan_at(desk, 11)
    assert refused.value.extra["free"] == f"{(DAY + timedelta(days=1)).date()}T11:00"
    assert f"the next free time is {DAY + timedelta(days=1):%-d %B}, 11:00" in refused.value.detail
    await plan_at(desk, 11, day=1)


async def test_a_ramp_holds_a_new_account_to_one_post_a_day(desk: Desk) -> None:
    await held_to(desk, daily_cap=10, ramp_from=DAY.date())
    await plan_at(desk, 9)
    with pytest.raises(Conflict, match="has 1 post a day in phase 1 of its ramp"):
        await plan_at(desk, 11)
    for hour in (9, 10):
        await plan_at(desk, hour, day=8)


async def test_a_post_too_near_is_refused_with_the_next_free_time(desk: Desk) -> None:
    await held_to(desk, minutes_apart=30)
    first = await plan_at(desk, 9)
    await plan_at(desk, 9, 45)
    with pytest.raises(Conflict, match="keeps 30 minutes") as refused:
        await plan_at(desk, 9, 10)
    assert refused.value.extra["free"] == f"{DAY.date()}T10:15"
    # A post is not in its own way.
    async with desk.tenant.context() as ctx:
        await channels.schedule(
            ctx, first.id, wall=None, zone=None, due=DAY.replace(hour=9, minute=5, tzinfo=ZoneInfo(ZONE)), note=None
        )


@pytest.mark.parametrize("due", [timedelta(days=-3), timedelta(days=9)])
async def test_a_post_that_is_published_now_keeps_others_away_whenever_it_was_due(desk: Desk, due: timedelta) -> None:
    post = await plan_at(desk, 9)
    async with desk.tenant.context() as ctx:
        await channels.claim(ctx, post.id)
        await ctx.db.execute("update post set due_at = now() + %(due)s where id = %(id)s", {"due": due, "id": post.id})
    await held_to(desk, minutes_apart=30)
    content = await desk.approved("Next")
    async with desk.tenant.context() as ctx:
        next_one = await channels.add_post(ctx, content=content, account=desk.page.id)
        soon = await channels.database_now(ctx) + timedelta(minutes=10)
        with pytest.raises(Conflict, match="keeps 30 minutes"):
            await channels.schedule(ctx, next_one.id, wall=None, zone=None, due=soon, note=None)


async def test_no_post_is_planned_into_a_rest_that_is_known(desk: Desk) -> None:
    monday = (DAY + timedelta(days=2, hours=9)).replace(tzinfo=ZoneInfo(ZONE))
    before = await plan_at(desk, 8)
    async with desk.tenant.context() as ctx:
        account = await channels.get_account(ctx, desk.page.id)
        rest = AccountMoveForm(to="resting", until=monday + timedelta(seconds=30))
        await account_acts.do(ctx, account.id, account.version, rest)
    with pytest.raises(Conflict, match=f"is resting until {monday:%-d %B}, 09:01; the next free time is") as refused:
        await plan_at(desk, 9)
    assert refused.value.extra["free"] == f"{monday.date()}T09:01"
    await plan_at(desk, 9, 1, day=2)
    async with desk.tenant.context() as ctx:
        times = [monday - timedelta(hours=1), monday + timedelta(hours=1)]
        assert await channels.free_among(ctx, desk.page.id, times) == [False, True]
        assert await channels.next_free(ctx, desk.page.id, times[0]) == monday + timedelta(minutes=1)
    assert (await desk.post(before.id)).state == "scheduled"


async def due_now(desk: Desk, title: str) -> Post:
    content = await desk.approved(title)
    async with desk.tenant.context() as ctx:
        post = await channels.add_post(ctx, content=content, account=desk.page.id)
        now = await channels.database_now(ctx)
        await channels.schedule(ctx, post.id, wall=None, zone=None, due=now, note=None)
        return post


async def test_posts_that_come_due_together_go_out_apart(desk: Desk) -> None:
    posts = [await due_now(desk, "One"), await due_now(desk, "Two")]
    await held_to(desk, minutes_apart=10)
    await send_due(desk.tenant.house)
    states = sorted([(await desk.post(post.id)).state for post in posts])
    assert states == ["claimed", "scheduled"]
    assert await send_due(desk.tenant.house) == 0
    async with desk.tenant.context() as ctx:
        (waits,) = [one for _, one in await channels.list_posts(ctx, states=["scheduled"])]
        wait = await ctx.db.value("select not_before - now() from post where id = %(id)s", {"id": waits.id})
    assert timedelta(minutes=9) < wait <= timedelta(minutes=10)


async def test_what_is_over_the_days_cap_when_it_is_due_asks_a_person(desk: Desk) -> None:
    posts = [await due_now(desk, "One"), await due_now(desk, "Two")]
    await held_to(desk, daily_cap=1)
    await send_due(desk.tenant.house)
    found = sorted([await desk.post(post.id) for post in posts], key=lambda post: post.state)
    assert [post.state for post in found] == ["claimed", "missed"]
    assert "has had its 1 for today" in (found[1].state_reason or "")


async def unknown_since(desk: Desk, title: str, ago: str) -> Post:
    """A post that was sent so long ago, and of which nobody has said yet whether it is out."""
    post = await due_now(desk, title)
    await send_due(desk.tenant.house)
    async with desk.tenant.context() as ctx:
        job = await ctx.db.value("select job_id from post where id = %(id)s", {"id": post.id})
        attempt = {"id": uuid7(), "post": post.id, "marker": f"greenroom-post-{post.id}", "job": job, "epoch": 1}
        await post_store.begin_attempt(ctx, desk.tenant.client, attempt)
        await ctx.db.execute(
            """update publish_attempt set phase = 'commit', started_at = now() - %(ago)s::interval,
                      armed_at = now() - %(ago)s::interval where id = %(id)s""",
            {"ago": ago, "id": attempt["id"]},
        )
        await post_store.write_state(ctx, post.id, "unknown", "Look for it")
    return post


@pytest.mark.parametrize("bounds", [{"minutes_apart": 30}, {"daily_cap": 1}])
async def test_a_post_that_a_person_has_not_looked_for_holds_up_no_other(desk: Desk, bounds: dict[str, int]) -> None:
    await unknown_since(desk, "Lost", "3 days")
    post = await due_now(desk, "Next")
    await held_to(desk, **bounds)
    await send_due(desk.tenant.house)
    assert (await desk.post(post.id)).state == "claimed"


async def test_a_post_that_may_just_be_out_keeps_the_next_one_at_its_distance(desk: Desk) -> None:
    await unknown_since(desk, "Perhaps", "10 minutes")
    post = await due_now(desk, "Next")
    await held_to(desk, minutes_apart=30)
    await send_due(desk.tenant.house)
    async with desk.tenant.context() as ctx:
        wait = await ctx.db.value("select not_before - now() from post where id = %(id)s", {"id": post.id})
    assert timedelta(minutes=19) < wait <= timedelta(minutes=20)


async def test_a_post_that_is_put_off_too_long_is_missed_and_says_why(desk: Desk) -> None:
    posts = [await due_now(desk, title) for title in ("One", "Two")]
    await held_to(desk, minutes_apart=30)
    async with desk.tenant.context() as ctx:
        # Both were due 70 minutes ago and have been put off until now.
        await ctx.db.execute("update post set due_at = now() - interval '70 minutes', not_before = now()")
    assert await send_due(desk.tenant.house) == 2
    found = sorted([await desk.post(post.id) for post in posts], key=lambda post: post.state)
    assert [post.state for post in found] == ["claimed", "missed"]
    assert "keeps 30 minutes between two posts and had no room in time" in (found[1].state_reason or "")


async def test_the_room_of_each_day_is_counted_in_the_clients_zone(desk: Desk) -> None:
    await held_to(desk, daily_cap=3)
    await plan_at(desk, 23, 30)
    tomorrow = (DAY + timedelta(days=1)).date()
    async with desk.tenant.context() as ctx:
        found = await pace.rooms(ctx, desk.page.id, DAY.date(), tomorrow)
    assert [(room.day, room.cap, room.used) for room in found] == [(DAY.date(), 3, 1), (tomorrow, 3, 0)]


async def test_a_change_of_pace_names_its_version(desk: Desk) -> None:
    await held_to(desk, daily_cap=3)
    async with desk.tenant.context() as ctx:
        with pytest.raises(Stale):
            await channels.change_pace(ctx, desk.page.id, 1, PaceChange(daily_cap=4))


LIMIT = rate.Limit("publish", 5, timedelta(seconds=50))


async def take(desk: Desk, cost: float = 1) -> float:
    """The wait; 0 when the call was given."""
    try:
        async with desk.tenant.context() as ctx:
            await rate.take(ctx, desk.tenant.client, desk.page.id, LIMIT, cost=cost)
    except RetryLater as later:
        return later.after.total_seconds()
    return 0


async def test_twenty_at_once_get_what_the_bucket_holds(desk: Desk) -> None:
    waits = await asyncio.gather(*(take(desk) for _ in range(20)))
    assert sum(wait == 0 for wait in waits) == 5
    assert all(5 < wait <= 10 for wait in waits if wait)


async def test_a_bucket_fills_again(desk: Desk) -> None:
    assert [await take(desk) for _ in range(6)][:5] == [0] * 5
    async with desk.tenant.context() as ctx:
        await ctx.db.execute("update rate_bucket set filled_at = filled_at - interval '21 seconds'")
    assert [await take(desk) == 0 for _ in range(3)] == [True, True, False]


async def test_a_platform_that_says_slow_down_is_left_alone_by_all(desk: Desk) -> None:
    async with desk.tenant.context() as ctx:
        await rate.slow_down(ctx, desk.tenant.client, desk.page.id, LIMIT.operation, timedelta(minutes=2))
        await rate.slow_down(ctx, desk.tenant.client, desk.page.id, LIMIT.operation, timedelta(minutes=1))
    assert 110 < await take(desk) <= 120
    async with desk.tenant.context() as ctx:
        await ctx.db.execute("update rate_bucket set closed_until = now()")
    assert await take(desk) == 0
