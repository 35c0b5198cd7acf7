"""Rate limits that all workers share: taken from a bucket in the database before a platform is called."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from greenroom.channels import pace_store
from greenroom.channels.errors import Queued
from greenroom.infra.context import Context


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` calls of `operation` in any `per` on average, as many at once."""

    operation: str
    most: int
    per: timedelta


async def take(ctx: Context, client: UUID, account: UUID, limit: Limit, *, cost: float = 1) -> None:
    """Take one call; Queued with the wait when there is none left. Commit soon: others wait for the bucket."""
    await check_open(ctx, account, limit.operation)
    wait = await pace_store.take(
        ctx, client, account, limit.operation,
        capacity=limit.most, refill=limit.most / limit.per.total_seconds(), cost=cost,
    )  # fmt: skip
    if wait > 0:
        after = timedelta(seconds=wait)
        raise Queued(f"The platform's limit for this account is used up for {_spoken(after)}", after=after)


async def take_turn(ctx: Context, client: UUID, account: UUID, limits: Iterable[Limit], operation: str) -> None:
    """Take one call of the operation from each of its limits; Queued also while the platform wants none."""
    await check_open(ctx, account, operation)
    for limit in limits:
        if limit.operation == operation:
            await take(ctx, client, account, limit)


async def check_open(ctx: Context, account: UUID, operation: str) -> None:
    """Queued while the platform wants no such call from the account."""
    wait = await pace_store.closed_for(ctx, account, operation)
    if wait > 0:
        after = timedelta(seconds=wait)
        raise Queued(f"The platform asked to wait for {_spoken(after)}", after=after, closed=True)


async def slow_down(ctx: Context, client: UUID, account: UUID, operation: str, wait: timedelta) -> None:
    """The platform said so: no worker calls it for that long."""
    await pace_store.close_until(ctx, client, account, operation, wait.total_seconds())


def _spoken(wait: timedelta) -> str:
    seconds = wait.total_seconds()
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
