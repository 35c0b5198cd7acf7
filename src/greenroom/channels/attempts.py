"""The record of a try, kept by one worker at a time: whoever was overtaken can write nothing more."""

from datetime import datetime, timedelta
from uuid import UUID

from greenroom.channels import account_store
from greenroom.channels import post_store as store
from greenroom.channels.contracts import Account
from greenroom.channels.package import marker_of
from greenroom.channels.states import step
from greenroom.infra import events
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.infra.jobs import Fenced, JobRun
from greenroom.kit.ids import uuid7


class Overtaken(Fenced):
    """The attempt is another's, or has ended; what this run found out about it changes nothing any more."""


async def begin(run: JobRun, post: UUID) -> tuple[Row, Row, Account] | None:
    """The post, its live attempt (an interrupted one, or a new one) and its account; None when it is not going out, or
    another job brings it out now."""
    async with run.context() as ctx:
        row = await store.by_id(ctx, post, lock=True)
        if row["job_id"] != run.job.id:
            return None
        attempt = await store.live_attempt(ctx, post)
        if attempt is not None and row["state"] in ("claimed", "publishing", "unknown"):
            await store.take_over(ctx, attempt["id"], run.job.id, run.job.epoch)
        elif attempt is None and row["state"] == "claimed":
            attempt = await _open(ctx, run, row)
        else:
            return None
        if row["state"] == "claimed":
            await store.write_state(ctx, post, step("claimed", "publishing"), None)
            await events.emit(
                ctx,
                "channels.post.publishing",
                subject=("post", post),
                client=row["client_id"],
                message=f"“{row['title']}” is going out",
            )
        elif row["state"] == "publishing" and row["state_reason"] is not None:
            await store.write_state(ctx, post, "publishing", None)  # what it waited for is over
        account = Account(**await account_store.account(ctx, row["account_id"]))
        return await store.by_id(ctx, post), attempt, account


async def again(run: JobRun, post: UUID, before: Row) -> Row:
    """A new attempt after the post was proved not to be there."""
    async with run.context() as ctx:
        row = await store.by_id(ctx, post, lock=True)
        await own(ctx, run, before)
        await store.end_attempt(ctx, before["id"], "absent", "Looked for it: it is not there")
        if row["state"] == "unknown":
            await store.write_state(ctx, post, step("unknown", "publishing"), None)
        return await _open(ctx, run, row)


async def write(
    ctx: Context, run: JobRun, attempt: Row, phase: str, *, remote: dict[str, str] | None = None,
    request_hash: str | None = None,
) -> None:  # fmt: skip
    """Note the phase that is entered; Overtaken when another worker has the attempt."""
    ours = await store.write_phase(
        ctx, attempt["id"], run.job.id, run.job.epoch, phase, remote=remote, request_hash=request_hash
    )
    if not ours:
        raise Overtaken("Another worker publishes this post now")
    attempt["phase"] = phase


async def restart(ctx: Context, run: JobRun, attempt: Row, *, after: timedelta = timedelta(0)) -> None:
    """Let the time of trying begin now, or `after` that long; Overtaken when another worker has the attempt."""
    await own(ctx, run, attempt)
    await store.restart_attempt(ctx, attempt["id"], after)


async def since_armed(run: JobRun, attempt: Row) -> timedelta:
    """How long ago, on the database's clock, the irreversible call may have begun."""
    async with run.context() as ctx:
        now: datetime = await store.now(ctx)
        live = await store.live_attempt(ctx, attempt["post_id"])
    if live is None or live["id"] != attempt["id"] or live["armed_at"] is None:
        raise Overtaken("Another worker publishes this post now")
    since: timedelta = now - live["armed_at"]
    return since


async def _open(ctx: Context, run: JobRun, post: Row) -> Row:
    return await store.begin_attempt(
        ctx,
        post["client_id"],
        {
            "id": uuid7(),
            "post": post["id"],
            "marker": marker_of(post["id"]),
            "job": run.job.id,
            "epoch": run.job.epoch,
        },
    )


async def own(ctx: Context, run: JobRun, attempt: Row) -> None:
    """Overtaken unless the attempt is live and this run's; it stays so until the transaction ends."""
    live = await store.live_attempt(ctx, attempt["post_id"])
    if live is None or (live["id"], live["job_id"], live["epoch"]) != (attempt["id"], run.job.id, run.job.epoch):
        raise Overtaken("Another worker publishes this post now")
