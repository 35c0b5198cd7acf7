"""The only SQL on gr.job. Every statement runs in the caller's transaction and under its scope."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.infra.jobs.contracts import State

_MINE = "organisation_id = %(organisation)s and client_id = any(%(clients)s)"
_RUN = f"{_MINE} and id = %(id)s and epoch = %(epoch)s and state = 'running'"
_SEEN = """id, client_id, kind, title, subject_type, subject_id, state, stage, fraction, message, eta_seconds, error,
           starts, created_at, started_at, ended_at"""


async def insert_job(
    ctx: Context,
    id: UUID,
    *,
    client: UUID,
    kind: str,
    title: str,
    payload: dict[str, Any],
    subject: tuple[str, UUID] | None,
    after: timedelta,
    doorbell: int,
) -> Row:
    return await ctx.db.one(
        f"""insert into job (organisation_id, client_id, id, kind, title, payload, subject_type, subject_id, actor,
                            doorbell, due_at)
           values (%(organisation)s, %(client)s, %(id)s, %(kind)s, %(title)s, %(payload)s, %(subject_type)s,
                   %(subject_id)s, %(actor)s, %(doorbell)s, now() + %(after)s)
           returning {_SEEN}""",
        {
            "organisation": ctx.organisation, "client": client, "id": id, "kind": kind, "title": title,
            "payload": Jsonb(payload), "subject_type": subject[0] if subject else None,
            "subject_id": subject[1] if subject else None, "actor": str(ctx.actor), "doorbell": doorbell,
            "after": after,
        },
    )  # fmt: skip


async def begin_run(ctx: Context, id: UUID, *, doorbell: int, queue: str, max_starts: int) -> Row | None:
    """Take the job for a new run: epoch and starts rise.

    None when it is not live, has no start left, or waits for another doorbell than this one.
    """
    return await ctx.db.maybe(
        f"""update job set epoch = epoch + 1, starts = starts + 1, state = 'running', queue = %(queue)s,
                   max_starts = %(max_starts)s, started_at = coalesce(started_at, now()), error = null, message = '',
                   eta_seconds = null, updated_at = now()
            where {_MINE} and id = %(id)s and doorbell = %(doorbell)s and state in ('queued', 'running')
              and starts < %(max_starts)s
            returning {_SEEN}, epoch, payload, cancel_requested""",
        {**ctx.tenant, "id": id, "doorbell": doorbell, "queue": queue, "max_starts": max_starts},
    )


async def hold_run(ctx: Context, id: UUID, epoch: int) -> Row | None:
    """Keep this run's epoch as it is until the transaction ends; None when the job moved on."""
    return await ctx.db.maybe(
        f"select cancel_requested from job where {_RUN} for key share",
        {**ctx.tenant, "id": id, "epoch": epoch},
    )


async def end_run(
    ctx: Context, id: UUID, epoch: int, state: State, *, error: str | None = None, result: dict[str, Any] | None = None
) -> Row | None:
    """End the job; None when this run is not its run any more."""
    return await ctx.db.maybe(
        f"""update job set state = %(state)s, epoch = epoch + 1, error = %(error)s, result = %(result)s,
                   fraction = case when %(state)s = 'done' then 1 else fraction end, message = '', eta_seconds = null,
                   ended_at = now(), updated_at = now()
            where {_RUN} returning {_SEEN}""",
        {
            **ctx.tenant, "id": id, "epoch": epoch, "state": state, "error": error,
            "result": None if result is None else Jsonb(result),
        },
    )  # fmt: skip


async def postpone_run(
    ctx: Context, id: UUID, epoch: int, *, after: timedelta, message: str, give_back: bool
) -> Row | None:
    """Put the job back for a later start; `give_back` does not count this one."""
    return await ctx.db.maybe(
        f"""update job set state = 'queued', epoch = epoch + 1, starts = starts - %(back)s::int, message = %(message)s,
                   eta_seconds = null, due_at = now() + %(after)s, updated_at = now()
            where {_RUN} returning {_SEEN}""",
        {**ctx.tenant, "id": id, "epoch": epoch, "after": after, "message": message, "back": int(give_back)},
    )


async def end_exhausted(ctx: Context, id: UUID, *, doorbell: int, max_starts: int, error: str) -> Row | None:
    """Fail a live job that has no start left; None when it is not one."""
    return await ctx.db.maybe(
        f"""update job set state = 'failed', epoch = epoch + 1, error = %(error)s, message = '', eta_seconds = null,
                   ended_at = now(), updated_at = now()
            where {_MINE} and id = %(id)s and doorbell = %(doorbell)s and state in ('queued', 'running')
              and starts >= %(max_starts)s
            returning {_SEEN}""",
        {**ctx.tenant, "id": id, "doorbell": doorbell, "max_starts": max_starts, "error": error},
    )


async def write_progress(
    ctx: Context,
    id: UUID,
    epoch: int,
    *,
    stage: str | None,
    fraction: float | None,
    message: str | None,
    eta: timedelta | None,
) -> bool:
    changed = await ctx.db.execute(
        f"""update job set stage = coalesce(%(stage)s, stage), fraction = coalesce(%(fraction)s, fraction),
                   message = coalesce(%(message)s, message), eta_seconds = %(eta)s, updated_at = now()
            where {_RUN}""",
        {
            **ctx.tenant, "id": id, "epoch": epoch, "stage": stage, "fraction": fraction, "message": message,
            "eta": None if eta is None else eta.total_seconds(),
        },
    )  # fmt: skip
    return changed == 1


async def request_cancel(ctx: Context, id: UUID) -> Row:
    """Cancel a queued job now, ask a running one to stop, leave an ended one as it is. NotFound for no such job."""
    return await ctx.db.one(
        f"""update job set
                   cancel_requested = cancel_requested or state in ('queued', 'running'),
                   epoch = epoch + (state = 'queued')::int,
                   ended_at = case when state = 'queued' then now() else ended_at end,
                   updated_at = case when state in ('queued', 'running') then now() else updated_at end,
                   state = case when state = 'queued' then 'cancelled' else state end
            where {_MINE} and id = %(id)s returning {_SEEN}""",
        {**ctx.tenant, "id": id},
        missing="There is no such job here",
    )


async def requeue(ctx: Context, id: UUID, doorbell: int) -> Row:
    """Make an ended job a fresh one; the caller has looked at its state under `lock`."""
    return await ctx.db.one(
        f"""update job set state = 'queued', epoch = epoch + 1, starts = 0, cancel_requested = false, error = null,
                   stage = null, fraction = 0, message = '', ended_at = null, due_at = now(), updated_at = now(),
                   doorbell = %(doorbell)s
            where {_MINE} and id = %(id)s returning {_SEEN}""",
        {**ctx.tenant, "id": id, "doorbell": doorbell},
    )


async def lock(ctx: Context, id: UUID) -> Row:
    """The job, kept from other changes but not from its run's open contexts."""
    return await ctx.db.one(
        f"select kind, state, epoch, client_id, subject_id from job where {_MINE} and id = %(id)s for no key update",
        {**ctx.tenant, "id": id},
        missing="There is no such job here",
    )


async def set_doorbell(ctx: Context, id: UUID, doorbell: int) -> None:
    await ctx.db.execute(
        f"update job set doorbell = %(doorbell)s, updated_at = now() where {_MINE} and id = %(id)s",
        {**ctx.tenant, "id": id, "doorbell": doorbell},
    )


async def read_job(ctx: Context, id: UUID) -> Row:
    return await ctx.db.one(
        f"select {_SEEN} from job where {_MINE} and id = %(id)s",
        {**ctx.tenant, "id": id},
        missing="There is no such job here",
    )


async def read_jobs(ctx: Context, ids: Sequence[UUID]) -> list[Row]:
    return await ctx.db.all(
        f"select {_SEEN} from job where {_MINE} and id = any(%(ids)s)", {**ctx.tenant, "ids": list(ids)}
    )
