"""When a publishing job ends without having brought its post to an end, the post says so at once."""

from uuid import UUID

from greenroom.channels import account_store, outcome
from greenroom.channels import post_store as store
from greenroom.infra.context import Context
from greenroom.infra.events import Event

KIND = "channels.publish"
_MAY_BE_OUT = ("commit", "observe", "finish")


async def follow_job(ctx: Context, event: Event) -> None:
    """Runs in the transaction that ends the job, so no post is ever left on its way without one."""
    if event.data.get("kind") != KIND or event.data.get("state") not in ("failed", "cancelled"):
        return
    row = await store.by_id(ctx, UUID(str(event.data["subject_id"])), lock=True)
    if row["state"] not in ("claimed", "publishing", "unknown") or event.subject != ("job", row["job_id"]):
        return
    attempt = await store.live_attempt(ctx, row["id"])
    if attempt is not None and attempt["phase"] in _MAY_BE_OUT:
        account = await account_store.account(ctx, row["account_id"])
        await outcome.leave_to_person(ctx, row, account["name"])
        return
    reason = event.data.get("error") or "Its job was cancelled"
    if attempt is not None:
        await store.end_attempt(ctx, attempt["id"], "failed", reason)
    await outcome.fail(ctx, row, reason)
