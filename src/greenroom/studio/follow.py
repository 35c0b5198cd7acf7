"""What the end of a job means for its video, by whichever door the job was ended or asked for again."""

from greenroom.infra.context import Context
from greenroom.infra.events import Event
from greenroom.studio import content_store, stage_store
from greenroom.studio.create import JOB
from greenroom.studio.news import changed


async def follow_job(ctx: Context, event: Event) -> None:
    """Listens to `job.changed`, in the transaction that changed the job."""
    if event.data.get("kind") != JOB or event.subject is None:
        return
    # A start or a good end changes nothing here. Locking the content then, after the job, would meet a cancel that
    # locks them in the other order.
    if event.data["state"] not in ("failed", "cancelled", "queued"):
        return
    row = await content_store.by_job(ctx, event.subject[1])
    if row is None:
        return
    content, topic = row["id"], row["topic"]
    state, working = event.data["state"], row["status"] in content_store.WORKING
    if state == "failed" and working:
        error = str(event.data.get("error") or "It could not be made; try again")
        await stage_store.stop_running(ctx, content, "failed", error)
        await content_store.set_status(ctx, content, "failed", error=error)
        await changed(ctx, content, f"“{topic}” could not be made: {error}", status="failed")
    elif state == "cancelled" and working:
        await stage_store.stop_running(ctx, content, "cancelled", None)
        await content_store.set_status(ctx, content, "cancelled")
        await changed(ctx, content, f"“{topic}” was cancelled", status="cancelled")
    elif state == "queued" and row["status"] in ("failed", "cancelled"):
        await content_store.set_status(ctx, content, "scripting")
        await changed(ctx, content, f"“{topic}” is tried again", status="scripting")
