"""The job that takes a published post down."""

from typing import Any
from uuid import UUID

from greenroom.channels import account_store, outcome
from greenroom.channels import post_store as store
from greenroom.channels.contracts import Account
from greenroom.channels.platforms.adapter import Desk, Receipt
from greenroom.channels.platforms.registry import adapter_for
from greenroom.channels.states import step
from greenroom.infra.jobs import JobRun


async def take_down(run: JobRun) -> dict[str, Any] | None:
    """Make the post of this job's payload unreachable; may be repeated."""
    post = UUID(run.job.payload["post"])
    async with run.context() as ctx:
        row = await store.by_id(ctx, post)
        account = Account(**await account_store.account(ctx, row["account_id"]))
    if row["state"] != "published":
        return {"post": str(post), "state": row["state"]}
    await adapter_for(account.platform).take_down(
        Desk(account, run.context), Receipt(row["remote_id"], row["permalink"])
    )
    async with run.context() as ctx:
        row = await store.by_id(ctx, post, lock=True)
        await store.write_state(ctx, post, step(row["state"], "removed"), "It was taken down")
        message = f"“{row['title']}” was taken down from {row['account_name']}"
        await outcome.tell(ctx, row, "channels.post.removed", "info", message)
    return {"post": str(post), "state": "removed"}
