"""A post whose job is tried again goes through the gates of a first publishing, or its job stays ended."""

from uuid import UUID

from greenroom.channels import pace
from greenroom.channels import post_store as store
from greenroom.channels.posts import locked
from greenroom.channels.states import State
from greenroom.channels.steps import replaced, send_on
from greenroom.infra import audit
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.errors import Conflict


async def publish_again(ctx: Context, job: UUID, post: UUID) -> None:
    """Claim the post for its job. Conflict when it failed no longer, its account has no room, or a gate refuses."""
    row = await _of_job(ctx, job, post, "failed", "missed", "unknown")
    if row["state"] == "unknown":
        if await replaced(ctx, row):
            raise Conflict("The same went to this account meanwhile; open the post, and have it looked for there")
        return  # it is looked for before anything else
    if full := await pace.full(ctx, row):
        raise Conflict(full)
    if until := await pace.wait(ctx, row):
        raise Conflict(f"{row['account_name']} keeps a distance between its posts; try again after {until:%H:%M} UTC")
    await send_on(ctx, row)
    await audit.record(
        ctx, "post.retried", ("post", post), client=row["client_id"],
        before={"state": row["state"]}, after={"state": "claimed"},
    )  # fmt: skip


async def look_again(ctx: Context, job: UUID, post: UUID) -> None:
    """Let it be looked for once more; Conflict when it is known whether it is out."""
    await _of_job(ctx, job, post, "unknown")


async def take_down_again(ctx: Context, job: UUID, post: UUID) -> None:
    """Let the post say that it is being taken down; Conflict when it is not out any more."""
    row = await _of_job(ctx, job, post, "published")
    await store.write_state(ctx, post, "published", "It is being taken down")
    await audit.record(
        ctx, "post.take_down_retried", ("post", post), client=row["client_id"], after={"state": "published"}
    )


async def _of_job(ctx: Context, job: UUID, post: UUID, *states: State) -> Row:
    row = await locked(ctx, post)
    if row["job_id"] != job:
        raise Conflict("Something else was done with this post since; look at the post")
    if row["state"] not in states:
        raise Conflict(
            f"This post is {row['state']} now, so its old job has nothing to do; look at the post", state=row["state"]
        )
    return row
