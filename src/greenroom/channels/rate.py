"""Rate limits that all workers share: taken from a bucket in the database before a platform is called."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from greenroom.channels import allowance_store, pace_store
from greenroom.channels.errors import Queued
from greenroom.infra.context import Context


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` of what calls of `operation` cost in any `per` on average, as many at once.

    Operations whose limits name the same `bucket` take from the same.
    """

    operation: str
    most: int
    per: timedelta
    cost: int = 1
    bucket: str = ""

    @property
    def kept_as(self) -> str:
        return self.bucket or self.operation

    @property
    def refill(self) -> float:
        """How much comes back in a second."""
        return self.most / self.per.total_seconds()


@dataclass(frozen=True, slots=True)
class Told:
    """What a platform's answer says of a limit: `left` of `most` until all is there again, in `until`."""

    most: int
    left: int
    until: timedelta
    per: timedelta | None = None


async def take(ctx: Context, client: UUID, account: UUID, limit: Limit, *, cost: float = 1) -> None:
    """Take one call; Queued with the wait when there is none left. Commit soon: others wait for the bucket."""
    await check_open(ctx, account, limit.operation)
    wait = await pace_store.take(
        ctx, client, account, limit.kept_as, capacity=limit.most, refill=limit.refill, cost=cost * limit.cost
    )
    if wait > 0:
        after = timedelta(seconds=wait)
        raise Queued(f"The platform's limit for this account is used up for {_spoken(after)}", after=after)


async def take_turn(
    ctx: Context, client: UUID, account: UUID, limits: Iterable[Limit], operation: str, *, cost: int = 1
) -> None:
    """Take `cost` calls of the operation from each of its limits; Queued also while the platform wants none.

    One that costs more than a limit ever holds waits until that is full.
    """
    await check_open(ctx, account, operation)
    for limit in limits:
        if limit.operation == operation:
            await take(ctx, client, account, limit, cost=min(cost, limit.most // limit.cost))


async def check_open(ctx: Context, account: UUID, operation: str) -> None:
    """Queued while the platform wants no such call from the account."""
    wait = await pace_store.closed_for(ctx, account, operation)
    if wait > 0:
        after = timedelta(seconds=wait)
        raise Queued(f"The platform asked to wait for {_spoken(after)}", after=after, closed=True)


async def slow_down(ctx: Context, client: UUID, account: UUID, operation: str, wait: timedelta) -> None:
    """The platform said so: no worker calls it for that long."""
    await pace_store.close_until(ctx, client, account, operation, wait.total_seconds())


async def believe(ctx: Context, client: UUID, account: UUID, limit: Limit, told: Told) -> None:
    """The platform knows better: no worker takes more than it has left. When it has nothing, nobody asks before the
    time that it names."""
    await allowance_store.believe(
        ctx, client, account, limit.kept_as, capacity=limit.most, refill=limit.refill, left=told.left,
        closed=told.until.total_seconds() if told.left < limit.cost else 0,
    )  # fmt: skip


def _spoken(wait: timedelta) -> str:
    seconds = wait.total_seconds()
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
