"""How a post does, asked of its platform."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Protocol, runtime_checkable
from uuid import UUID

from greenroom.channels import account_store, outcome
from greenroom.channels import post_store as store
from greenroom.channels.contracts import Account
from greenroom.channels.correct import being_taken_down
from greenroom.channels.errors import NeedsPerson, Rejected, RetryLater
from greenroom.channels.platforms.adapter import Desk, Receipt
from greenroom.channels.platforms.registry import adapter_for
from greenroom.infra import jobs
from greenroom.infra.fetch.call import NoAnswer
from greenroom.infra.jobs import JobRun


@runtime_checkable
class Measures(Protocol):
    """An adapter whose platform says how often a post was liked, answered and shared."""

    async def metrics(self, desk: Desk, receipt: Receipt) -> Mapping[str, int] | None:
        """By `views`, `likes`, `replies`, `reposts`, `quotes`, those that are told; None when none is."""
        ...


@runtime_checkable
class Looks(Protocol):
    """An adapter whose platform says for certain that a post is not there any more."""

    async def there(self, desk: Desk, receipt: Receipt) -> bool: ...


_SETTLED = timedelta(minutes=10)
"""A younger post may not be seen everywhere yet."""


async def measured(run: JobRun, post: UUID) -> Mapping[str, int] | None:
    """The post's numbers now; None when its platform tells none. Asks for another start when it does not answer.

    One that is seen to be gone from its platform is removed from then on.
    """
    async with run.context() as ctx:
        row = await store.by_id(ctx, post)
        account = Account(**await account_store.account(ctx, row["account_id"]))
    adapter = adapter_for(account.platform)
    if row["state"] != "published" or not row["remote_id"] or not isinstance(adapter, Measures):
        return None
    desk, receipt = Desk(account, run.context), Receipt(row["remote_id"], row["permalink"])
    try:
        numbers = await adapter.metrics(desk, receipt)
        if numbers is None and isinstance(adapter, Looks) and not await adapter.there(desk, receipt):
            await _gone(run, post)
        return numbers
    except RetryLater as wait:
        raise jobs.RetryLater(wait.detail, after=wait.after) from wait
    except NoAnswer as error:
        raise jobs.RetryLater(error.detail, after=timedelta(minutes=1)) from error
    except (NeedsPerson, Rejected):
        return None


async def _gone(run: JobRun, post: UUID) -> None:
    async with run.context() as ctx:
        row = await store.by_id(ctx, post, lock=True)
        settled = row["posted_at"] is not None and row["posted_at"] + _SETTLED < await store.now(ctx)
        if row["state"] == "published" and settled and not await being_taken_down(ctx, row):
            await outcome.seen_gone(ctx, row)
