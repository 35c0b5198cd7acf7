"""When a job ends without having brought its post out, or down, the post says so at once."""

from uuid import UUID

from greenroom.channels import account_store, outcome
from greenroom.channels import post_store as store
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.infra.events import Event

KIND = "channels.publish"
TAKE_DOWN = "channels.take_down"
_MAY_BE_OUT = ("commit", "observe", "finish")


async def follow_job(ctx: Context, event: Event) -> None:
    """Runs in the transaction that ends the job, so no post is ever left on its way without one."""
    kind = event.data.get("kind")
    if kind not in (KIND, TAKE_DOWN) or event.data.get("state") not in ("failed", "cancelled"):
        return
    row = await store.by_id(ctx, UUID(str(event.data["subject_id"])), lock=True)
    if event.subject != ("job", row["job_id"]):
        return
    why = event.data.get("error") or "Its job was cancelled"
    if kind == TAKE_DOWN and row["state"] == "published":
        await outcome.still_out(ctx, row, why)
    elif kind == KIND and row["state"] in ("claimed", "publishing", "unknown"):
        await _not_brought_out(ctx, row, why)


async def _not_brought_out(ctx: Context, row: Row, why: str) -> None:
    attempt = await store.live_attempt(ctx, row["id"])
    if attempt is not None and attempt["phase"] in _MAY_BE_OUT:
        account = await account_store.account(ctx, row["account_id"])
        await outcome.leave_to_person(ctx, row, account["name"])
        return
    if attempt is not None:
        await store.end_attempt(ctx, attempt["id"], "failed", why)
    await outcome.fail(ctx, row, why)
