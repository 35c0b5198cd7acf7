"""Reading events loses none and repeats none, whatever the order in which transactions commit."""

import asyncio
import random
from contextlib import AsyncExitStack
from uuid import UUID, uuid4

import pytest
from psycopg import AsyncConnection

from greenroom.infra import events
from greenroom.infra.context import Context
from greenroom.infra.feed import Cursor, News, present, read_cursor, read_news
from greenroom.infra.postgres.addresses import Addresses
from tests.support.house import Tenant
from tests.support.settled import settled


async def emit(ctx: Context, number: int) -> None:
    await events.emit(ctx, "toy.happened", data={"number": number})


def numbers(news: News) -> list[int]:
    return [event["data"]["number"] for _, event in news.events]


async def test_an_older_transaction_that_commits_late_is_not_skipped(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        cursor = await present(ctx)
    async with AsyncExitStack() as late:
        slow = await late.enter_async_context(tenant.context())
        await emit(slow, 1)
        async with tenant.context() as quick:
            await emit(quick, 2)
        async with tenant.context() as ctx:
            news = await read_news(ctx, cursor)
        assert numbers(news) == []  # 2 is there, but 1 may still come before it
        assert news.more
    await settled(tenant)
    async with tenant.context() as ctx:
        news = await read_news(ctx, cursor)
        assert numbers(news) == [1, 2]
        assert numbers(await read_news(ctx, news.cursor)) == []


async def test_an_open_transaction_of_another_database_holds_nothing_back(
    tenant: Tenant, database_urls: Addresses
) -> None:
    async with tenant.context() as ctx:
        cursor = await present(ctx)
    assert database_urls.superuser is not None
    elsewhere = database_urls.for_database("postgres").superuser or ""
    async with await AsyncConnection.connect(elsewhere) as other:
        await other.execute("select pg_current_xact_id()")
        async with tenant.context() as ctx:
            await emit(ctx, 1)
        await settled(tenant)
        async with tenant.context() as ctx:
            assert numbers(await read_news(ctx, cursor)) == [1]
            assert await present(ctx) > cursor
        async with tenant.context() as slow:
            await emit(slow, 2)
            async with tenant.context() as quick:
                await emit(quick, 3)
            async with tenant.context() as ctx:
                assert numbers(await read_news(ctx, cursor)) == [1]
        await settled(tenant)
        async with tenant.context() as ctx:
            assert numbers(await read_news(ctx, cursor)) == [1, 2, 3]


async def test_a_reader_that_wrote_itself_is_not_past_its_own_transaction(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        await emit(ctx, 1)
        assert not await ctx.db.value("select exists (select from event where xid < gr.settled_below())")


async def test_reading_while_many_write_loses_and_repeats_nothing(tenant: Tenant) -> None:
    """The same reader that goes by `id > last` loses events here; this one must not."""
    chance, total, written = random.Random(7), 240, 0
    seen: list[int] = []
    naive: list[int] = []
    async with tenant.context() as ctx:
        cursor = await present(ctx)

    async def write(some: list[int]) -> None:
        nonlocal written
        for number in some:
            async with tenant.context() as ctx:
                await emit(ctx, number)
                await asyncio.sleep(chance.uniform(0, 0.03))
            written += 1

    async def read() -> None:
        nonlocal cursor
        last = UUID(int=0)
        while len(seen) < total:
            done = written == total
            async with tenant.context() as ctx:
                news = await read_news(ctx, cursor, limit=10)
                for row in await ctx.db.all(
                    "select id, data from event where id > %(last)s order by id", {"last": last}
                ):
                    last = row["id"]
                    naive.append(row["data"]["number"])
            seen.extend(numbers(news))
            cursor = news.cursor
            assert not (done and not news.more and len(seen) < total), f"lost {set(range(total)) - set(seen)}"

    parts = [list(range(start, total, 3)) for start in range(3)]
    async with asyncio.timeout(100), asyncio.TaskGroup() as group:
        group.create_task(read())
        for part in parts:
            group.create_task(write(part))
    assert sorted(seen) == list(range(total))
    assert len(naive) < total, "commits came in order of ids, so this proved nothing"


async def test_a_reader_sees_only_its_clients_and_its_organisation(tenant: Tenant, other_tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        cursor = await present(ctx)
        await emit(ctx, 1)
    async with other_tenant.context() as ctx:
        await emit(ctx, 2)
    await settled(tenant)
    async with tenant.context() as ctx:
        assert numbers(await read_news(ctx, cursor)) == [1]
    async with tenant.context(clients=(uuid4(),)) as ctx:
        assert numbers(await read_news(ctx, cursor)) == []


def test_cursors_are_read_back_from_their_text() -> None:
    cursor = Cursor(2**64 - 1, uuid4())
    assert read_cursor(str(cursor)) == cursor


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "12",
        "12-",
        f"-1-{UUID(int=0)}",
        f"{2**64}-{UUID(int=0)}",
        f"1-{UUID(int=0)}\n",
        "1-x' or 1=1",
        "²-" + "0" * 36,
    ],
)
def test_what_is_no_cursor_begins_with_the_present(text: str | None) -> None:
    assert read_cursor(text) is None
