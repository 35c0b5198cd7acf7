"""What people do with a video that is being made: cancel, try again, change its words, delete it."""

from uuid import UUID

from greenroom.infra import jobs
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.errors import Conflict, Stale
from greenroom.studio import content_store, stage_store
from greenroom.studio.contracts import Script
from greenroom.studio.create import start
from greenroom.studio.news import changed
from greenroom.studio.read import detail, summary
from greenroom.studio.records import Content, ScriptEdit, Started
from greenroom.studio.script_view import edited_script


async def cancel(ctx: Context, content: UUID) -> Content:
    """Stop the making; what is finished is kept. Its worker stops within about half a second.

    Raises Conflict when nothing is being made.
    """
    # The job first, then the content: workers lock them in this order.
    row = await content_store.by_id(ctx, content)
    ctx = ctx.within(row["client_id"])
    if row["status"] in content_store.WORKING and row["job_id"]:
        await jobs.cancel(ctx, row["job_id"])
    now = await content_store.locked(ctx, content)
    if now["status"] in content_store.WORKING and now["job_id"] == row["job_id"]:
        await content_store.set_status(ctx, content, "cancelled")
        await stage_store.stop_running(ctx, content, "cancelled", None)
        await changed(ctx, content, f"“{row['topic']}” was cancelled", status="cancelled")
    elif row["status"] not in content_store.WORKING or now["status"] != "cancelled":
        raise Conflict(f"Nothing is being made here; it is {now['status']}")
    return await summary(ctx, content)


async def retry(ctx: Context, content: UUID) -> Started:
    """Go on where a failed or cancelled making stopped. Raises Conflict in every other state."""
    row = await content_store.locked(ctx, content)
    ctx = ctx.within(row["client_id"])
    if row["status"] not in ("failed", "cancelled"):
        raise Conflict(f"Only what failed or was cancelled can be tried again; this is {row['status']}")
    await content_store.set_status(ctx, content, "scripting")
    job = await start(ctx, content, row["topic"])
    await changed(ctx, content, f"“{row['topic']}” is tried again", status="scripting")
    return Started(content=await summary(ctx, content), job_id=job)


async def edit(ctx: Context, content: UUID, edit: ScriptEdit, *, version: int) -> Started:
    """Change the script and make again what follows from it; an approval of the old version is gone.

    Raises Stale with the present state, Conflict while it is being made or has no script, Invalid.
    """
    row = await content_store.locked(ctx, content)
    ctx = ctx.within(row["client_id"])
    await _same_version(ctx, row, version)
    if row["status"] in content_store.WORKING:
        raise Conflict("It is being made; wait until it is done, or cancel it first")
    if row["script"] is None:
        raise Conflict("There is no script yet; try the making again first")
    script = edited_script(Script.model_validate(row["script"]), edit)
    await content_store.set_edited(ctx, content, script.model_dump(mode="json"))
    job = await start(ctx, content, row["topic"])
    await changed(ctx, content, f"The script of “{row['topic']}” was edited", status="scripting")
    return Started(content=await summary(ctx, content), job_id=job)


async def delete(ctx: Context, content: UUID) -> None:
    """Take a video away, with what is being made of it."""
    row = await content_store.by_id(ctx, content)
    ctx = ctx.within(row["client_id"])
    if row["status"] in content_store.WORKING:
        await cancel(ctx, content)
    await content_store.locked(ctx, content)
    await content_store.put_away(ctx, content)
    await changed(ctx, content, f"“{row['topic']}” was deleted", status="deleted")


async def _same_version(ctx: Context, row: Row, version: int) -> None:
    if row["version"] != version:
        raise Stale(
            "This video was changed meanwhile; look at it again and repeat your change",
            current=await detail(ctx, row["id"]),
        )
