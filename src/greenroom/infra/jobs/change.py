"""What people do with a job that exists: cancel it, try it again."""

from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.jobs import store
from greenroom.infra.jobs.announce import announce, ping
from greenroom.infra.jobs.contracts import ENDED, JobStatus
from greenroom.infra.jobs.doorbell import ring
from greenroom.infra.jobs.rules import rule_of
from greenroom.kit.errors import Conflict


async def cancel(ctx: Context, id: UUID) -> JobStatus:
    """Stop a job: at once when it waits, within about half a second when it runs. An ended job stays as it is."""
    before = await store.lock(ctx, id)
    row = await store.request_cancel(ctx, id)
    if row["state"] != before["state"]:
        await announce(ctx, row)
    elif row["state"] == "running":
        await ping(ctx, id)
    return JobStatus.model_validate(row)


async def retry(ctx: Context, id: UUID) -> JobStatus:
    """Start a failed or cancelled job again, with all its starts; what it finished before is not made again.

    Raises Conflict for a job that is done or still live, and what the room whose job it is refuses with.
    """
    before = await store.lock(ctx, id)
    if before["state"] not in ENDED:
        raise Conflict("This job has not ended; cancel it first, or wait")
    if before["state"] == "done":
        raise Conflict("This job is done; ask for a new one")
    again = rule_of(before["kind"]).again
    if again is not None:
        await again(ctx, id, before["subject_id"])
    doorbell = await ring(ctx, before["kind"], id, before["client_id"], epoch=before["epoch"] + 1)
    row = await store.requeue(ctx, id, doorbell)
    await announce(ctx, row)
    return JobStatus.model_validate(row)
