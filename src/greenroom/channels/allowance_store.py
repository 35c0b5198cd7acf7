"""The statements on what platforms said is left of their limits, and on what that leaves for today."""

from datetime import datetime
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row

_OWN = "organisation_id = %(organisation)s and client_id = any(%(clients)s)"


async def believe(
    ctx: Context,
    client: UUID,
    account: UUID,
    operation: str,
    *,
    capacity: float,
    refill: float,
    left: float,
    closed: float,
) -> None:
    """The bucket holds no more than `left`, and with `closed` nobody takes from it for so many seconds."""
    await ctx.db.execute(
        """insert into rate_bucket (organisation_id, client_id, account_id, operation, capacity, refill, level,
                                    closed_until)
           values (%(organisation)s, %(client)s, %(account)s, %(operation)s, %(capacity)s, %(refill)s, %(left)s,
                   case when %(closed)s > 0 then clock_timestamp() + make_interval(secs => %(closed)s) end)
           on conflict (organisation_id, client_id, account_id, operation) do update set
             capacity = excluded.capacity, refill = excluded.refill,
             level = least(excluded.level, rate_bucket.level + rate_bucket.refill
               * greatest(0, extract(epoch from clock_timestamp() - rate_bucket.filled_at))),
             filled_at = clock_timestamp(),
             closed_until = greatest(rate_bucket.closed_until, excluded.closed_until)""",
        {
            "organisation": ctx.organisation, "client": client, "account": account, "operation": operation,
            "capacity": capacity, "refill": refill, "left": min(left, capacity), "closed": closed,
        },
    )  # fmt: skip


async def levels(ctx: Context, accounts: list[UUID]) -> list[Row]:
    """The buckets of these accounts as they stand now, and for how many seconds each is closed."""
    return await ctx.db.all(
        f"""select account_id, operation, capacity, refill,
                   least(capacity, level + refill * greatest(0, extract(epoch from clock_timestamp() - filled_at)))
                     ::double precision as level,
                   greatest(0, coalesce(extract(epoch from closed_until - clock_timestamp()), 0))::double precision
                     as closed
            from rate_bucket where {_OWN} and account_id = any(%(accounts)s)""",
        {**ctx.tenant, "accounts": accounts},
    )


async def out_between(ctx: Context, account: UUID, since: datetime, until: datetime) -> int:
    """How many of the account's posts went out in that time."""
    number: int = await ctx.db.value(
        f"""select count(*) from post where {_OWN} and account_id = %(account)s
              and posted_at >= %(since)s and posted_at < %(until)s""",
        {**ctx.tenant, "account": account, "since": since, "until": until},
    )
    return number
