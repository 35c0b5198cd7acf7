"""The job that takes a published post down."""

from typing import Any
from uuid import UUID

from greenroom.channels import account_store, outcome
from greenroom.channels import post_store as store
from greenroom.channels.contracts import Account
from greenroom.channels.errors import NeedsPerson, RetryLater
from greenroom.channels.package import marker_of
from greenroom.channels.platforms.adapter import Desk, Partly, Receipt
from greenroom.channels.platforms.registry import adapter_for
from greenroom.channels.states import step
from greenroom.infra import jobs
from greenroom.infra.database import Row
from greenroom.infra.jobs import JobRun


async def take_down(run: JobRun) -> dict[str, Any] | None:
    """Make the post of this job's payload unreachable; may be repeated. Waits for a platform that asks to."""
    post = UUID(run.job.payload["post"])
    async with run.context() as ctx:
        row = await store.by_id(ctx, post)
        account = Account(**await account_store.account(ctx, row["account_id"]))
    if row["state"] != "published":
        return {"post": str(post), "state": row["state"]}
    desk = Desk(account, run.context)
    try:
        receipt = await _find(desk, row)
        if receipt is not None:
            await adapter_for(account.platform).take_down(desk, receipt)
    except RetryLater as wait:
        raise jobs.RetryLater(wait.detail, after=wait.after) from wait
    async with run.context() as ctx:
        row = await store.by_id(ctx, post, lock=True)
        if row["state"] == "removed":  # by another press of the button
            return {"post": str(post), "state": "removed"}
        await store.write_state(ctx, post, step(row["state"], "removed"), "It was taken down")
        message = f"“{row['title']}” was taken down from {row['account_name']}"
        await outcome.tell(ctx, row, "channels.post.removed", "info", message)
    return {"post": str(post), "state": "removed"}


async def _find(desk: Desk, row: Row) -> Receipt | None:
    """The post out there; None when it surely is not. One that a person reported is known by its marker alone."""
    if row["remote_id"]:
        return Receipt(row["remote_id"], row["permalink"])
    found = await adapter_for(desk.account.platform).probe(desk, marker_of(row["id"]))
    if found == "unclear":
        raise NeedsPerson(f"It was not found on {desk.account.name}; delete it there by hand")
    if isinstance(found, Partly):
        return found.receipt
    return found if isinstance(found, Receipt) else None
