"""How a post does, asked of its platform."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Protocol, runtime_checkable
from uuid import UUID

from greenroom.channels import account_store
from greenroom.channels import post_store as store
from greenroom.channels.contracts import Account
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


async def measured(run: JobRun, post: UUID) -> Mapping[str, int] | None:
    """The post's numbers now; None when its platform tells none. Asks for another start when it does not answer."""
    async with run.context() as ctx:
        row = await store.by_id(ctx, post)
        account = Account(**await account_store.account(ctx, row["account_id"]))
    adapter = adapter_for(account.platform)
    if row["state"] != "published" or not row["remote_id"] or not isinstance(adapter, Measures):
        return None
    try:
        return await adapter.metrics(Desk(account, run.context), Receipt(row["remote_id"], row["permalink"]))
    except RetryLater as wait:
        raise jobs.RetryLater(wait.detail, after=wait.after) from wait
    except NoAnswer as error:
        raise jobs.RetryLater(error.detail, after=timedelta(minutes=1)) from error
    except (NeedsPerson, Rejected):
        return None
