"""When a job ends without having brought its post out, or down, the post says so at once."""

from uuid import UUID

from greenroom.channels import account_store, outcome
from greenroom.channels import post_store as store
from greenroom.channels.platforms.registry import adapter_for
from greenroom.infra import jobs
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.infra.events import Event

KIND = "channels.publish"
LOOK = "channels.look"
TAKE_DOWN = "channels.take_down"
_MAY_BE_OUT = ("commit", "observe", "finish")


async def follow_job(ctx: Context, event: Event) -> None:
    """Runs in the transaction that ends the job, so no post is ever left on its way without one."""
    kind = event.data.get("kind")
    if kind not in (KIND, LOOK, TAKE_DOWN) or event.data.get("state") not in ("failed", "cancelled"):
        return
    row = await store.by_id(ctx, UUID(str(event.data["subject_id"])), lock=True)
    if event.subject != ("job", row["job_id"]):
        return
    why = event.data.get("error") or "Its job was cancelled"
    if kind == TAKE_DOWN and row["state"] == "published":
        await outcome.still_out(ctx, row, why)
    elif kind in (KIND, LOOK) and row["state"] in ("claimed", "publishing", "unknown"):
        await _not_brought_out(ctx, row, why, looked=kind == LOOK)


async def _not_brought_out(ctx: Context, row: Row, why: str, *, looked: bool) -> None:
    """One that may be out is looked for first, where that can tell anything; a person is asked when it can't."""
    attempt = await store.live_attempt(ctx, row["id"])
    if attempt is not None and attempt["phase"] in _MAY_BE_OUT:
        if looked or adapter_for(row["platform"]).capabilities.probe == "none":
            account = await account_store.account(ctx, row["account_id"])
            await outcome.leave_to_person(ctx, row, account["name"])
        else:
            await _look_for(ctx, row)
        return
    if attempt is not None:
        await store.end_attempt(ctx, attempt["id"], "failed", why)
    await outcome.fail(ctx, row, why)


async def _look_for(ctx: Context, row: Row) -> None:
    await outcome.look_for(ctx, row)
    job = await jobs.enqueue(
        ctx,
        LOOK,
        {"post": str(row["id"])},
        subject=("post", row["id"]),
        title=f"Look for: {row['title']}",
        client=row["client_id"],
    )
    await store.write_job(ctx, row["id"], job)
