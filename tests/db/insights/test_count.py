"""Counting: each reader once in half an hour, over midnight too, at once too; sums that can be made again."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from greenroom.infra.context import House
from greenroom.insights import report, store
from greenroom.insights.count import Hit, count, forget
from greenroom.insights.facade import PageCounting
from greenroom.insights.rollup import sum_up
from greenroom.insights.visit import Visit
from greenroom.kit.clock import FixedClock
from tests.support.house import Tenant
from tests.support.publish import Desk

PERSON = Visit(bot=False, source="direct")
ROBOT = Visit(bot=True, source="search")


@pytest.fixture
async def hit(desk: Desk) -> Hit:
    post = await desk.planned()
    await desk.run(post.id)
    return Hit("view", desk.page.id, post=post.id)


async def see(desk: Desk, hit: Hit, at: datetime, reader: str = "a", visit: Visit = PERSON) -> bool:
    async with desk.tenant.context(clock=FixedClock(at)) as ctx:
        return await count(ctx, hit, visit, reader)


async def views(desk: Desk, hit: Hit) -> int:
    assert hit.post is not None
    async with desk.tenant.context() as ctx:
        found = await PageCounting().posts(ctx, [hit.post])
    return found[hit.post].views if found else 0


async def test_a_reader_counts_once_in_half_an_hour(desk: Desk, hit: Hit) -> None:
    at = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    minutes = {0: True, 1: False, 29: False, 30: True, 59: False, 60: True}
    for minute, counted in minutes.items():
        assert await see(desk, hit, at + timedelta(minutes=minute)) is counted, minute
    assert await see(desk, hit, at, reader="b")
    other = Hit("view", desk.page.id, post=(await _another(desk)))
    assert await see(desk, other, at)
    assert await views(desk, hit) == 4


async def test_midnight_throws_the_key_away_and_counts_nobody_twice(desk: Desk, hit: Hit) -> None:
    late = datetime(2026, 11, 21, 23, 50, tzinfo=UTC)
    assert await see(desk, hit, late)
    assert not await see(desk, hit, late + timedelta(minutes=20))
    assert await see(desk, hit, late + timedelta(minutes=31))
    async with desk.tenant.house.database.transaction() as tx:
        assert len(await tx.all("select day from reader_key")) == 2
        await forget(tx, late + timedelta(minutes=41))
        assert [row["day"].day for row in await tx.all("select day from reader_key")] == [22]
        await forget(tx, late + timedelta(hours=2))
        assert await tx.all("select hash from reader_seen") == []


async def test_requests_at_once_count_once(desk: Desk, hit: Hit) -> None:
    at = datetime.now(UTC)
    counted = await asyncio.gather(*(see(desk, hit, at) for _ in range(8)))
    assert sorted(counted) == [False] * 7 + [True]
    assert await views(desk, hit) == 1


async def test_nothing_that_is_kept_tells_who_it_was(desk: Desk, hit: Hit) -> None:
    await see(desk, hit, datetime.now(UTC), reader="203.0.113.7|Firefox")
    async with desk.tenant.context() as ctx:
        rows = await ctx.db.all("select row_to_json(h)::text as kept from page_hit h")
        rows += await ctx.db.all("select encode(hash, 'escape') as kept from reader_seen")
    assert rows
    assert not any("203.0.113" in row["kept"] or "Firefox" in row["kept"] for row in rows)


async def test_sums_equal_the_hits_before_and_after_and_again_with_late_ones(
    desk: Desk, hit: Hit, house: House
) -> None:
    now = datetime.now(UTC)
    earlier = now.replace(minute=5) - timedelta(hours=3)
    for number in range(5):
        await see(desk, hit, earlier, reader=f"r{number}", visit=ROBOT if number == 4 else PERSON)
    await see(desk, hit, now, reader="now")
    assert await views(desk, hit) == 5
    assert await sum_up(house) == 1
    assert await sum_up(house) == 0
    assert await views(desk, hit) == 5

    await see(desk, hit, earlier + timedelta(minutes=1), reader="late")
    assert await views(desk, hit) == 6
    assert await sum_up(house) == 1
    assert await views(desk, hit) == 6
    async with desk.tenant.context() as ctx:
        (summed,) = await ctx.db.all("select sum(hits)::int as hits, sum(bots)::int as bots from rollup_hour")
        assert summed == {"hits": 5, "bots": 1}
        assert hit.post is not None
        one = await report.post_insights(ctx, hit.post)
        assert (one.views, one.bots, sum(point.views for point in one.points)) == (6, 1, 6)
        assert [(s.source, s.views) for s in one.sources] == [("direct", 6)]


async def test_a_hit_that_comes_while_its_hour_is_summed_is_not_lost(desk: Desk, hit: Hit, house: House) -> None:
    earlier = datetime.now(UTC).replace(minute=5) - timedelta(hours=3)
    await see(desk, hit, earlier, reader="first")
    async with desk.tenant.context(clock=FixedClock(earlier)) as ctx:
        await count(ctx, hit, PERSON, "second")
        summing = asyncio.create_task(sum_up(house))
        await asyncio.sleep(0.2)
        assert not summing.done()
    assert await summing == 1
    assert await views(desk, hit) == 2
    async with desk.tenant.context() as ctx:
        assert await ctx.db.value("select sum(hits)::int from rollup_hour") == 2
        assert await ctx.db.all("select id from rollup_open") == []


async def test_a_summary_beside_the_time_before(desk: Desk, hit: Hit) -> None:
    now = datetime.now(UTC)
    for days, reader in ((0, "a"), (0, "b"), (3, "c"), (8, "d"), (9, "e"), (10, "f"), (20, "g")):
        await see(desk, hit, now - timedelta(days=days), reader=reader)
    async with desk.tenant.context() as ctx:
        week = await report.summary(ctx, 7)
        (post,) = await report.ranked(ctx, 7)
    assert (week.views, week.previous.views, week.posts, week.previous.posts) == (3, 3, 1, 0)
    assert (len(week.days), week.days[-1].views, week.zone) == (7, 2, "Europe/Berlin")
    assert (post.views, len(post.spark), post.spark[-1]) == (3, 7, 2)


async def test_another_tenants_numbers_are_not_seen(desk: Desk, hit: Hit, other_tenant: Tenant) -> None:
    await see(desk, hit, datetime.now(UTC))
    assert hit.post is not None
    async with other_tenant.context() as ctx:
        assert await PageCounting().posts(ctx, [hit.post]) == {}
        assert await store.curve(ctx, hit.post) == []
        assert await ctx.db.all("select * from hit_count") == []


async def _another(desk: Desk) -> UUID:
    post = await desk.planned("Another")
    return post.id
