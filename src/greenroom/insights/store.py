"""The statements on hits, their sums, and what tells readers apart."""

import os
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row, Tx

_OWN = "organisation_id = %(organisation)s and client_id = any(%(clients)s)"


# -- readers: no tenant, no scope ------------------------------------------------------------------------------------


async def day_key(db: Tx, day: date) -> bytes:
    """The key of the day, made by whoever asks first."""
    found = await existing_key(db, day)
    if found is None:
        await db.execute(
            "insert into reader_key (day, key) values (%(day)s, %(key)s) on conflict do nothing",
            {"day": day, "key": os.urandom(32)},
        )
        found = await existing_key(db, day)
    if found is None:
        raise LookupError(f"the key of {day} was thrown away at this moment")
    return found


async def existing_key(db: Tx, day: date) -> bytes | None:
    key = await db.value("select key from reader_key where day = %(day)s", {"day": day})
    return bytes(key) if key is not None else None


async def first_in(db: Tx, hash: bytes, older: list[bytes], now: datetime, since: datetime) -> bool:
    """Whether nobody with this hash (or an older key's) was seen since then; from now on somebody was.

    Two at once: the second waits for the first and then sees it.
    """
    seen = await db.value(
        """insert into reader_seen (hash, at)
           select %(hash)s, %(now)s
           where not exists (select from reader_seen where hash = any(%(older)s) and at > %(since)s)
           on conflict (hash) do update set at = excluded.at where reader_seen.at <= %(since)s
           returning true""",
        {"hash": hash, "older": older, "now": now, "since": since},
    )
    return seen is not None


async def forget(db: Tx, *, before: datetime, day: date) -> None:
    await db.execute("delete from reader_seen where at <= %(before)s", {"before": before})
    await db.execute("delete from reader_key where day < %(day)s", {"day": day})


# -- hits and sums ---------------------------------------------------------------------------------------------------


async def insert_hit(ctx: Context, hit: dict[str, Any]) -> None:
    """Write a hit and mark its hour as not summed up.

    In the running hour a mark that is there stays untouched, so readers do not wait for each other; in an earlier
    one the mark is locked, so that summing up waits for this hit or comes again after it.
    """
    row = {"organisation": ctx.organisation, "client": ctx.one_client(), **hit}
    await ctx.db.execute(
        """insert into page_hit (organisation_id, client_id, id, kind, account_id, post_id, link_id, source, bot, at)
           values (%(organisation)s, %(client)s, %(id)s, %(kind)s, %(account)s, %(post)s, %(link)s, %(source)s,
                   %(bot)s, %(at)s)""",
        row,
    )
    running = await ctx.db.value("select %(at)s >= date_trunc('hour', now(), 'UTC')", {"at": hit["at"]})
    then = "do nothing" if running else "do update set marked_at = now()"
    await ctx.db.execute(
        f"""insert into rollup_open (organisation_id, client_id, id, hour)
            values (%(organisation)s, %(client)s, %(id)s, date_trunc('hour', %(at)s::timestamptz, 'UTC'))
            on conflict (organisation_id, client_id, hour) {then}""",
        row,
    )


async def open_hours(db: Tx, most: int) -> list[Row]:
    """Organisation, client and id of hours to sum up; needs no scope."""
    return await db.all("select * from open_hours(%(most)s)", {"most": most})


async def close_hour(ctx: Context, mark: UUID) -> bool:
    """Sum up the marked hour anew from its hits and take the mark away; False when somebody else did."""
    hour = await ctx.db.value(
        f"select hour from rollup_open where {_OWN} and id = %(id)s for update", {**ctx.tenant, "id": mark}
    )
    if hour is None:
        return False
    given = {**ctx.tenant, "id": mark, "hour": hour}
    await ctx.db.execute(f"delete from rollup_hour where {_OWN} and hour = %(hour)s", given)
    await ctx.db.execute(
        f"""insert into rollup_hour (organisation_id, client_id, hour, kind, account_id, post_id, link_id, source,
                                     hits, bots)
            select organisation_id, client_id, %(hour)s, kind, account_id, post_id, link_id, source,
                   count(*) filter (where not bot), count(*) filter (where bot)
            from page_hit where {_OWN} and at >= %(hour)s and at < %(hour)s + interval '1 hour'
            group by organisation_id, client_id, kind, account_id, post_id, link_id, source""",
        given,
    )
    await ctx.db.execute(f"delete from rollup_open where {_OWN} and id = %(id)s", given)
    return True


# -- reading ---------------------------------------------------------------------------------------------------------

_VIEWS = "coalesce(sum(hits) filter (where kind = 'view'), 0)::int as views"
_CLICKS = "coalesce(sum(hits) filter (where kind = 'click'), 0)::int as clicks"
_BOTS = "coalesce(sum(bots) filter (where kind = 'view'), 0)::int as bots"


async def by_post(ctx: Context, posts: Iterable[UUID], since: datetime | None = None) -> list[Row]:
    return await ctx.db.all(
        f"""select post_id, {_VIEWS}, {_CLICKS}, {_BOTS} from hit_count
            where {_OWN} and post_id = any(%(posts)s) and (%(since)s::timestamptz is null or hour >= %(since)s)
            group by post_id""",
        {**ctx.tenant, "posts": list(posts), "since": since},
    )


async def ranked(
    ctx: Context,
    published: Mapping[UUID, datetime],
    since: datetime,
    after: tuple[int, int, datetime, UUID] | None,
    limit: int | None,
) -> list[Row]:
    """The posts by views, clicks, and when they went out, the most and the latest first; those after such a rank."""
    views, clicks, at, id = after or (None, None, None, None)
    return await ctx.db.all(
        f"""with counted as (
              select post_id, {_VIEWS}, {_CLICKS}, {_BOTS} from hit_count
              where {_OWN} and post_id = any(%(posts)s) and hour >= %(since)s group by post_id),
            ranked as (
              select p.id as post_id, p.at, coalesce(c.views, 0) as views, coalesce(c.clicks, 0) as clicks,
                     coalesce(c.bots, 0) as bots
              from unnest(%(posts)s::uuid[], %(times)s::timestamptz[]) as p (id, at)
              left join counted c on c.post_id = p.id)
            select post_id, views, clicks, bots from ranked
            where %(after)s::uuid is null
               or (views, clicks, at, post_id) < (%(views)s::bigint, %(clicks)s::bigint, %(at)s, %(after)s::uuid)
            order by views desc, clicks desc, at desc, post_id desc limit %(limit)s::int""",
        {
            **ctx.tenant, "posts": list(published), "times": list(published.values()), "since": since,
            "views": views, "clicks": clicks, "at": at, "after": id, "limit": limit,
        },
    )  # fmt: skip


async def by_link(ctx: Context, links: Iterable[UUID]) -> list[Row]:
    return await ctx.db.all(
        f"""select link_id, {_CLICKS} from hit_count
            where {_OWN} and kind = 'click' and link_id = any(%(links)s) group by link_id""",
        {**ctx.tenant, "links": list(links)},
    )


async def by_day(ctx: Context, since: datetime, zone: str) -> list[Row]:
    """Views and clicks by the days of a zone."""
    return await ctx.db.all(
        f"""select (hour at time zone %(zone)s)::date as day, {_VIEWS}, {_CLICKS} from hit_count
            where {_OWN} and hour >= %(since)s group by 1 order by 1""",
        {**ctx.tenant, "since": since, "zone": zone},
    )


async def by_post_and_day(ctx: Context, posts: Iterable[UUID], since: datetime, zone: str) -> list[Row]:
    return await ctx.db.all(
        f"""select post_id, (hour at time zone %(zone)s)::date as day, {_VIEWS} from hit_count
            where {_OWN} and post_id = any(%(posts)s) and hour >= %(since)s group by 1, 2""",
        {**ctx.tenant, "posts": list(posts), "since": since, "zone": zone},
    )


async def totals(ctx: Context, since: datetime, until: datetime) -> Row:
    return await ctx.db.one(
        f"select {_VIEWS}, {_CLICKS} from hit_count where {_OWN} and hour >= %(since)s and hour < %(until)s",
        {**ctx.tenant, "since": since, "until": until},
    )


async def curve(ctx: Context, post: UUID) -> list[Row]:
    """Views and clicks of a post by the hour (UTC), the running one included; hours without any are left out."""
    return await ctx.db.all(
        f"""select hour, {_VIEWS}, {_CLICKS} from hit_count
            where {_OWN} and post_id = %(post)s group by hour order by hour""",
        {**ctx.tenant, "post": post},
    )


async def sources(ctx: Context, post: UUID) -> list[Row]:
    return await ctx.db.all(
        f"""select source, sum(hits)::int as views from hit_count
            where {_OWN} and post_id = %(post)s and kind = 'view' group by source having sum(hits) > 0
            order by views desc, source""",
        {**ctx.tenant, "post": post},
    )
