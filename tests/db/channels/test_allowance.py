"""What is left of a platform's limits: kept for all workers as it was said, and seen in the calendar."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from greenroom.channels import allowance, rate
from greenroom.channels.contracts import DayRoom
from greenroom.channels.errors import Queued
from greenroom.channels.rate import Limit, Told
from tests.support.platform import Platform, at_platform
from tests.support.publish import Desk

WRITE = Limit("publish", 100, timedelta(hours=100), cost=2, bucket="points")
DELETE = Limit("delete", 100, timedelta(hours=100), bucket="points")
LONG = Limit("publish", 10_000, timedelta(days=100), cost=2, bucket="points.long")


@pytest.fixture
async def there(desk: Desk) -> Desk:
    return await at_platform(desk, Platform(limits=(WRITE, DELETE, LONG)))


async def taken(desk: Desk, operation: str) -> bool:
    """Whether a call was given, by all of its limits."""
    try:
        async with desk.tenant.context() as ctx:
            await rate.take_turn(ctx, desk.tenant.client, desk.page.id, (WRITE, DELETE, LONG), operation)
    except Queued:
        return False
    return True


async def levels(desk: Desk) -> dict[str, int]:
    async with desk.tenant.context() as ctx:
        return {row["operation"]: int(row["level"]) for row in await ctx.db.all("select * from rate_bucket")}


async def say(desk: Desk, limit: Limit, left: int, until: timedelta = timedelta(hours=40)) -> None:
    async with desk.tenant.context() as ctx:
        await rate.believe(ctx, desk.tenant.client, desk.page.id, limit, Told(limit.most, left, until))


async def room(desk: Desk, account: UUID) -> tuple[int, int]:
    """The caps of today and tomorrow of an account that its own pace would give 25."""
    async with desk.tenant.context() as ctx:
        today: date = await ctx.db.value("select (now() at time zone 'Europe/Berlin')::date")
        await ctx.db.execute("update client set zone = 'Europe/Berlin'")
        days = (today, today + timedelta(days=1))
        rooms = [DayRoom(account_id=account, day=day, cap=25, used=0, phase=None) for day in days]
        first, second = await allowance.within_limits(ctx, rooms)
    return first.cap, second.cap


async def test_operations_take_what_they_cost_from_one_bucket(there: Desk) -> None:
    assert [await taken(there, name) for name in ("publish", "delete", "publish")] == [True] * 3
    assert await levels(there) == {"points": 95, "points.long": 9996}


async def test_what_one_limit_refuses_is_taken_from_none(there: Desk) -> None:
    await say(there, LONG, 1)
    assert not await taken(there, "publish")
    assert await taken(there, "delete")
    assert await levels(there) == {"points": 99, "points.long": 1}


async def test_what_is_said_lowers_a_bucket_and_never_fills_it(there: Desk) -> None:
    await taken(there, "publish")
    await say(there, WRITE, 10)
    await say(there, WRITE, 60)
    assert (await levels(there))["points"] == 10
    assert [await taken(there, "publish") for _ in range(6)] == [True] * 5 + [False]


async def test_nobody_asks_before_the_time_that_a_platform_named(there: Desk) -> None:
    await say(there, WRITE, 1)
    assert not await taken(there, "publish")
    # The closing is the bucket's, so it holds for all that take from it.
    assert not await taken(there, "delete")


async def test_the_calendar_shows_what_is_left_today(there: Desk) -> None:
    account = there.page.id
    assert await room(there, account) == (12, 12)
    await say(there, WRITE, 6)
    today, tomorrow = await room(there, account)
    assert 3 <= today <= 12
    assert tomorrow == 12
    await say(there, WRITE, 0)
    assert await room(there, account) == (0, 12)
