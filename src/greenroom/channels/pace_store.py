"""The statements on an account's pace: what it is held to, what stands on a day, and its rate buckets."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row

_OWN = "organisation_id = %(organisation)s and client_id = any(%(clients)s)"
_STANDS = "state in ('scheduled', 'claimed', 'publishing', 'unknown', 'published')"

OUT_AT = """case post.state
              when 'scheduled' then greatest(post.due_at, coalesce(post.not_before, post.due_at))
              when 'published' then post.posted_at
              when 'unknown' then coalesce((
                select max(coalesce(tried.armed_at, tried.started_at)) from publish_attempt tried
                where (tried.organisation_id, tried.client_id, tried.post_id)
                    = (post.organisation_id, post.client_id, post.id)), now())
              else now() end"""
"""When a post goes or went out; one that is on its way goes now, one that may be out went at its last try."""


async def pace(ctx: Context, account: UUID) -> Row:
    return await ctx.db.one(
        f"""select client_id, name, state, state_until, ramp_from, daily_cap, minutes_apart from account
            where {_OWN} and id = %(id)s""",
        {**ctx.tenant, "id": account},
        missing="There is no such account here",
    )


async def paces(ctx: Context, account: UUID | None) -> list[Row]:
    """Of every account, or of one: what it is held to, by name."""
    return await ctx.db.all(
        f"""select id, client_id, name, state, ramp_from, daily_cap, minutes_apart from account
            where {_OWN} and (%(account)s::uuid is null or id = %(account)s)
            order by name, id""",
        {**ctx.tenant, "account": account},
    )


async def standing_of(ctx: Context, accounts: list[UUID], since: datetime, until: datetime) -> list[Row]:
    """By account: when its posts go or went out, within the span."""
    return await ctx.db.all(
        f"""select account_id, array_agg(at order by at) as times from (
              select account_id, {OUT_AT} as at from post
              where {_OWN} and account_id = any(%(accounts)s) and {_STANDS}) stands
            where at >= %(since)s and at < %(until)s group by account_id""",
        {**ctx.tenant, "accounts": accounts, "since": since, "until": until},
    )


async def write_ramp(ctx: Context, account: UUID, ramp_from: date | None) -> None:
    await ctx.db.execute(
        f"update account set ramp_from = %(from)s where {_OWN} and id = %(id)s",
        {**ctx.tenant, "id": account, "from": ramp_from},
    )


async def write_pace(ctx: Context, account: UUID, pace: dict[str, object]) -> None:
    await ctx.db.execute(
        f"""update account set ramp_from = %(ramp_from)s, daily_cap = %(daily_cap)s,
                   minutes_apart = %(minutes_apart)s, version = version + 1, updated_at = now()
            where {_OWN} and id = %(id)s""",
        {**ctx.tenant, "id": account, **pace},
    )


async def standing(ctx: Context, account: UUID, post: UUID | None, since: datetime, until: datetime) -> list[datetime]:
    """When the account's other posts go or went out, within the span."""
    rows = await ctx.db.all(
        f"""select at from (
              select {OUT_AT} as at from post
              where {_OWN} and account_id = %(account)s and id is distinct from %(post)s and {_STANDS}) stands
            where at >= %(since)s and at < %(until)s order by at""",
        {**ctx.tenant, "account": account, "post": post, "since": since, "until": until},
    )
    return [row["at"] for row in rows]


async def out_since(ctx: Context, account: UUID, post: UUID, since: datetime) -> list[datetime]:
    """When the account's other posts went out since then, or were sent on their way and may be out.

    A claimed post counts at its claim, one that is being published or is unknown at its last try.
    """
    rows = await ctx.db.all(
        f"""select at from (
              select coalesce(posted_at, case when state <> 'claimed' then (
                       select max(coalesce(armed_at, started_at)) from publish_attempt tried
                       where (tried.organisation_id, tried.client_id, tried.post_id)
                           = (post.organisation_id, post.client_id, post.id)) end, updated_at) as at
              from post
              where {_OWN} and account_id = %(account)s and id <> %(post)s
                and (state in ('claimed', 'publishing', 'unknown')
                     or state = 'published' and posted_at > %(since)s)) sent
            where at > %(since)s order by at""",
        {**ctx.tenant, "account": account, "post": post, "since": since},
    )
    return [row["at"] for row in rows]


async def counts(ctx: Context, account: UUID | None, first: date, last: date, zones: Mapping[UUID, str]) -> list[Row]:
    """By account and day, as its client's clock counts it (`zones`): how many posts stand. Days without any are left
    out."""
    return await ctx.db.all(
        f"""select account_id, (at at time zone zone)::date as day, count(*) as posts from (
              select account_id, zone.name as zone, {OUT_AT} as at
              from post join unnest(%(places)s::uuid[], %(names)s::text[]) as zone (client, name)
                on zone.client = client_id
              where {_OWN} and (%(account)s::uuid is null or account_id = %(account)s) and {_STANDS}) stands
            where at >= %(first)s::date::timestamp at time zone zone
              and at < (%(last)s::date + 1)::timestamp at time zone zone
            group by 1, 2 order by 1, 2""",
        {**ctx.tenant, "account": account, "first": first, "last": last, "places": list(zones),
         "names": list(zones.values())},
    )  # fmt: skip


async def write_not_before(ctx: Context, post: UUID, at: datetime | None) -> None:
    await ctx.db.execute(
        f"update post set not_before = %(at)s where {_OWN} and id = %(id)s", {**ctx.tenant, "id": post, "at": at}
    )


async def take(
    ctx: Context, client: UUID, account: UUID, operation: str, *, capacity: float, refill: float, cost: float
) -> float:
    """Take `cost` from the bucket, which is made full when it is new. 0 when it was there, else the seconds until it
    is and nothing is taken. Workers that ask at once follow each other."""
    wait: float = await ctx.db.value(
        """with kept as (
             insert into rate_bucket (organisation_id, client_id, account_id, operation, capacity, refill, level)
             values (%(organisation)s, %(client)s, %(account)s, %(operation)s, %(capacity)s, %(refill)s, %(capacity)s)
             on conflict (organisation_id, client_id, account_id, operation) do update set
               capacity = excluded.capacity, refill = excluded.refill,
               level = least(excluded.capacity, rate_bucket.level + excluded.refill
                 * greatest(0, extract(epoch from clock_timestamp() - rate_bucket.filled_at))),
               filled_at = clock_timestamp()
             returning level, closed_until)
           select greatest(
             case when level >= %(cost)s then 0 else (%(cost)s - level) / %(refill)s end,
             coalesce(extract(epoch from closed_until - clock_timestamp()), 0))::double precision from kept""",
        _bucket(ctx, client, account, operation) | {"capacity": capacity, "refill": refill, "cost": cost},
    )
    if wait <= 0:
        await ctx.db.execute(
            """update rate_bucket set level = level - %(cost)s
               where organisation_id = %(organisation)s and client_id = %(client)s and account_id = %(account)s
                 and operation = %(operation)s""",
            _bucket(ctx, client, account, operation) | {"cost": cost},
        )
    return max(0.0, wait)


async def closed_for(ctx: Context, account: UUID, operation: str) -> float:
    """For how many seconds from now nobody may take; 0 when the bucket is open, or not there."""
    wait: float | None = await ctx.db.value(
        f"""select greatest(0, extract(epoch from closed_until - clock_timestamp()))::double precision
            from rate_bucket where {_OWN} and account_id = %(account)s and operation = %(operation)s""",
        {**ctx.tenant, "account": account, "operation": operation},
    )
    return wait or 0.0


async def close_until(ctx: Context, client: UUID, account: UUID, operation: str, seconds: float) -> None:
    """Nobody takes from the bucket for so long; a longer closing that stands already stays."""
    await ctx.db.execute(
        """insert into rate_bucket (organisation_id, client_id, account_id, operation, capacity, refill, level,
                                    closed_until)
           values (%(organisation)s, %(client)s, %(account)s, %(operation)s, 1, 1, 1,
                   clock_timestamp() + make_interval(secs => %(seconds)s))
           on conflict (organisation_id, client_id, account_id, operation) do update set
             closed_until = greatest(rate_bucket.closed_until, excluded.closed_until)""",
        _bucket(ctx, client, account, operation) | {"seconds": seconds},
    )


def _bucket(ctx: Context, client: UUID, account: UUID, operation: str) -> dict[str, object]:
    return {"organisation": ctx.organisation, "client": client, "account": account, "operation": operation}
