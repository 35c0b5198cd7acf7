"""Rate limits that all workers share: taken from a bucket in the database before a platform is called."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from greenroom.channels import pace_store
from greenroom.channels.errors import RetryLater
from greenroom.infra.context import Context


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` calls of `operation` in any `per` on average, as many at once."""

    operation: str
    most: int
    per: timedelta


async def take(ctx: Context, client: UUID, account: UUID, limit: Limit, *, cost: float = 1) -> None:
    """Take one call; RetryLater with the wait when there is none left. Commit soon: others wait for the bucket."""
    wait = await pace_store.take(
        ctx, client, account, limit.operation,
        capacity=limit.most, refill=limit.most / limit.per.total_seconds(), cost=cost,
    )  # fmt: skip
    if wait > 0:
        after = timedelta(seconds=wait)
        raise RetryLater(f"The platform's limit for this account is used up for {_spoken(after)}", after=after)


async def slow_down(ctx: Context, client: UUID, account: UUID, operation: str, wait: timedelta) -> None:
    """The platform said so: no worker calls it for that long."""
    await pace_store.close_until(ctx, client, account, operation, wait.total_seconds())


def _spoken(wait: timedelta) -> str:
    seconds = wait.total_seconds()
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
