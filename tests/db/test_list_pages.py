"""Lists that are cut in the database: a thousand rows of two clients, page by page, each once and in order."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from greenroom.channels import routes as channels
from greenroom.infra.context import Context
from greenroom.infra.http.paging import Page
from greenroom.insights import routes as insights
from greenroom.kit.errors import Invalid
from greenroom.kit.ids import uuid7
from greenroom.planner import calendar_routes, schedule_routes
from greenroom.tenancy import routes as tenancy
from greenroom.tenancy import store
from tests.support.house import Tenant
from tests.support.publish import Desk

List = Callable[[Context, str | None, int], Awaitable[Page[Any]]]
ROWS = 1000

# Names of both cases, some of them equal: what comes first among these is the id's to say.
_NAME = "chr(65 + n %% 26 + 32 * (n %% 2)) || (n %% 7)"
_CLIENT = "(array[%(first)s, %(second)s]::uuid[])[1 + n %% 2]"
_OWNER = "%(organisation)s::uuid"

FILLED = {
    "accounts": f"""insert into account (organisation_id, client_id, id, platform, name, handle)
        select {_OWNER}, {_CLIENT}, gen_random_uuid(), 'mastodon', {_NAME}, 'h' || n
        from generate_series(1, %(rows)s) n""",
    "links": f"""insert into link (organisation_id, client_id, id, account_id, title, address, position)
        select a.organisation_id, a.client_id, gen_random_uuid(), a.id, 'Bread', 'https://example.com', n %% 50
        from generate_series(1, %(rows)s) n
        join lateral (select * from account where client_id = {_CLIENT} order by id limit 1 offset n %% 3) a on true""",
    "users": f"""with made as (
          insert into app_user (organisation_id, id, email, name, role)
          select {_OWNER}, gen_random_uuid(), 'p' || n || '@example.com', {_NAME}, 'member'
          from generate_series(1, %(rows)s) n returning id)
        insert into client_access (organisation_id, client_id, user_id, level)
        select {_OWNER}, (array[%(first)s, %(second)s]::uuid[])[1 + row_number() over () %% 2], id, 'read' from made""",
    "clients": f"""insert into client (organisation_id, id, name)
        select {_OWNER}, gen_random_uuid(), {_NAME} from generate_series(1, %(rows)s) n""",
    "schedules": f"""with made as (
          insert into schedule (organisation_id, client_id, id, name, kind, rule, start, zone, seed, pattern, misfire)
          select {_OWNER}, {_CLIENT}, gen_random_uuid(), {_NAME}, 'rule', 'FREQ=DAILY', '2026-12-01 09:00', 'UTC', '1',
                 'each', 'ask' from generate_series(1, %(rows)s) n returning client_id, id)
        insert into schedule_account (organisation_id, client_id, schedule_id, position, account_id)
        select {_OWNER}, made.client_id, made.id, 0,
               (select a.id from account a where a.client_id = made.client_id limit 1) from made""",
    "slots": f"""insert into slot (organisation_id, client_id, id, account_id, weekday, at)
        select a.organisation_id, a.client_id, gen_random_uuid(), a.id, n %% 7, time '00:00' + n * interval '1 minute'
        from generate_series(1, %(rows)s) n
        join lateral (select * from account where client_id = {_CLIENT} order by id limit 1 offset n %% 3) a on true""",
}  # fmt: skip
LISTS: dict[str, List] = {
    "accounts": channels.list_accounts,
    "links": lambda ctx, cursor, limit: channels.list_links(ctx, None, cursor, limit),
    "users": tenancy.list_users,
    "clients": tenancy.list_clients,
    "schedules": schedule_routes.list_schedules,
    "slots": lambda ctx, cursor, limit: calendar_routes.list_slots(ctx, None, cursor, limit),
}
ORDER: dict[str, Callable[[Any], Any]] = {
    "links": lambda one: (one.account_id.bytes, one.position, one.id.bytes),
    "slots": lambda one: (one.account_id.bytes, one.weekday, one.at, one.id.bytes),
}


@dataclass(frozen=True)
class Both:
    """A tenant that sees both of its clients, and one that sees the first only."""

    tenant: Tenant
    second: Tenant

    async def fill(self, name: str) -> None:
        values = {
            "organisation": self.tenant.organisation, "first": self.tenant.client, "second": self.second.client,
            "rows": ROWS,
        }  # fmt: skip
        async with self.tenant.context(clients=(self.tenant.client, self.second.client)) as ctx:
            if name in ("links", "slots", "schedules"):
                await ctx.db.execute(FILLED["accounts"], {**values, "rows": 6})
            await ctx.db.execute(FILLED[name], values)

    async def walk(self, ask: List, limit: int, *, one: bool = False) -> list[Any]:
        """All pages of the list; of the first client alone with `one`."""
        clients = () if one else (self.tenant.client, self.second.client)
        found: list[Any] = []
        cursor = None
        while True:
            async with self.tenant.context(clients=clients) as ctx:
                page = await ask(ctx, cursor, limit)
            assert len(page.items) <= limit
            found += page.items
            if (cursor := page.next) is None:
                return found


@pytest.fixture
async def both(tenant: Tenant) -> Both:
    second = uuid7()
    async with tenant.context() as ctx:
        row = {"id": second, "name": "Two", "colour": "#3f6b4f", "zone": "UTC"}
        await store.add_client(ctx.db, tenant.organisation, row)
    return Both(tenant, replace(tenant, client=second))


@pytest.mark.parametrize("name", list(LISTS))
async def test_a_thousand_rows_of_two_clients_come_once_and_in_order(both: Both, name: str) -> None:
    await both.fill(name)
    found = await both.walk(LISTS[name], 190)
    assert len({one.id for one in found}) == len(found) >= ROWS
    order = ORDER.get(name, lambda one: (one.name.lower(), one.id.bytes))
    assert [order(one) for one in found] == sorted(order(one) for one in found)
    if name not in ("users", "clients"):
        mine = await both.walk(LISTS[name], 190, one=True)
        assert {one.client_id for one in mine} == {both.tenant.client}
        assert [one.id for one in mine] == [one.id for one in found if one.client_id == both.tenant.client]


async def test_what_comes_and_goes_between_two_pages_moves_nothing(both: Both) -> None:
    await both.fill("accounts")
    clients = (both.tenant.client, both.second.client)
    whole = await both.walk(LISTS["accounts"], 200)
    async with both.tenant.context(clients=clients) as ctx:
        first = await LISTS["accounts"](ctx, None, 100)
        # The one that the cursor stands on goes, and one comes ahead of it.
        await ctx.db.execute("delete from account where id = %(id)s", {"id": first.items[-1].id})
        await ctx.db.execute(FILLED["accounts"].replace(_NAME, "'0 first'"), {
            "organisation": both.tenant.organisation, "first": clients[0], "second": clients[1], "rows": 1,
        })  # fmt: skip
        second = await LISTS["accounts"](ctx, first.next, 100)
    assert [one.id for one in second.items] == [one.id for one in whole[100:200]]


async def test_posts_by_their_views_come_once_and_in_order(desk: Desk) -> None:
    post = (await desk.planned("Bread")).id
    async with desk.tenant.context() as ctx:
        await ctx.db.execute(
            """insert into post select (jsonb_populate_record(p, jsonb_build_object(
                   'id', gen_random_uuid(), 'state', 'published', 'posted_at', now() - (n % 90) * interval '1 hour'))).*
               from post p, generate_series(1, 1000) n where p.id = '{}'""".replace("{}", str(post))
        )
        await ctx.db.execute(
            """insert into rollup_hour (organisation_id, client_id, hour, kind, account_id, post_id, source, hits, bots)
               select organisation_id, client_id, date_trunc('hour', now()) - interval '2 hours', kind, account_id, id,
                      'direct', 1 + row_number() over (order by id) % 9, 1
               from post, unnest('{view,click}'::text[]) kind where state = 'published' and id::text < 'a'"""
        )
    found: list[Any] = []
    cursor = None
    while True:
        async with desk.tenant.context() as ctx:
            page = await insights.list_post_insights(ctx, 28, cursor, 190)
        found += page.items
        if (cursor := page.next) is None:
            break
    ranks = [(one.views, one.clicks, one.posted_at, one.post_id.bytes) for one in found]
    assert len({one.post_id for one in found}) == len(found) == ROWS
    assert ranks == sorted(ranks, reverse=True)
    assert 1 < len({one.views for one in found}) <= 10
    assert ranks[-1][0] == 0


@pytest.mark.parametrize(
    "cursor", ["", "e30", "WyJhIl0", "WyJhIiwiYiJd", "WyJcdTAwMDAiLCJiIl0", "WzEsMl0", "é", "A" * 99]
)
async def test_what_is_no_cursor_of_a_list_is_refused(tenant: Tenant, cursor: str) -> None:
    for name, ask in LISTS.items():
        async with tenant.context() as ctx:
            with pytest.raises(Invalid, match="first page"):
                await ask(ctx, cursor, 10)
            assert name
