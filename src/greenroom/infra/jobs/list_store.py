"""The SQL of the page of jobs: jobs by many filters, failures by cause, how many there are, and their end."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row, Tx

_MINE = "organisation_id = %(organisation)s and client_id = any(%(clients)s)"
_LISTED = """id, client_id, kind, title, subject_type, subject_id, state, stage, fraction, message, eta_seconds, error,
             starts, created_at, started_at, ended_at, max_starts, due_at, cancel_requested,
             case when state = 'failed' then job_cause(kind, error) end as cause"""


async def list_jobs(
    ctx: Context,
    *,
    states: Sequence[str] | None,
    kind: str | None,
    subject: UUID | None,
    cause: UUID | None,
    after: tuple[object, UUID] | None,
    rising: bool,
    limit: int,
) -> list[Row]:
    """The newest first, or when `rising` the oldest."""
    return await ctx.db.all(
        f"""select {_LISTED} from job
            where {_MINE} and (%(states)s::text[] is null or state = any(%(states)s))
              and (%(kind)s::text is null or kind = %(kind)s)
              and (%(subject)s::uuid is null or subject_id = %(subject)s)
              and (%(cause)s::uuid is null or (state = 'failed' and job_cause(kind, error) = %(cause)s))
              and (%(at)s::timestamptz is null or (created_at, id) {">" if rising else "<"} (%(at)s, %(id)s::uuid))
            order by created_at {"asc" if rising else "desc"}, id {"asc" if rising else "desc"} limit %(limit)s""",
        {
            **ctx.tenant, "states": states, "kind": kind, "subject": subject, "cause": cause, "limit": limit,
            "at": after[0] if after else None, "id": after[1] if after else None,
        },
    )  # fmt: skip


async def read_listed(ctx: Context, id: UUID) -> Row:
    return await ctx.db.one(
        f"select {_LISTED} from job where {_MINE} and id = %(id)s",
        {**ctx.tenant, "id": id},
        missing="There is no such job here",
    )


async def list_causes(ctx: Context, *, before: tuple[object, UUID] | None, limit: int) -> list[Row]:
    """The failed jobs by cause, the cause that struck last first; `error` is what its last job said."""
    return await ctx.db.all(
        f"""select cause, kind, (array_agg(error order by ended_at desc))[1] as error, count(*) as jobs,
                   min(ended_at) as first_at, max(ended_at) as last_at
            from (select job_cause(kind, error) as cause, kind, error, ended_at
                  from job where {_MINE} and state = 'failed') failed
            group by cause, kind
            having %(at)s::timestamptz is null or (max(ended_at), cause) < (%(at)s, %(id)s::uuid)
            order by last_at desc, cause desc limit %(limit)s""",
        {**ctx.tenant, "limit": limit, "at": before[0] if before else None, "id": before[1] if before else None},
    )


async def failed_of(ctx: Context, cause: UUID, *, most: int) -> list[UUID]:
    """Failed jobs of this cause, the oldest first, held until the transaction ends; those that others hold are not
    waited for."""
    rows = await ctx.db.all(
        f"""select id from job where {_MINE} and state = 'failed' and job_cause(kind, error) = %(cause)s
            order by ended_at, id limit %(most)s for no key update skip locked""",
        {**ctx.tenant, "cause": cause, "most": most},
    )
    return [row["id"] for row in rows]


async def count_failed(ctx: Context, cause: UUID) -> int:
    return int(
        await ctx.db.value(
            f"select count(*) from job where {_MINE} and state = 'failed' and job_cause(kind, error) = %(cause)s",
            {**ctx.tenant, "cause": cause},
        )
    )


async def count_by_state(ctx: Context) -> dict[str, int]:
    """How many jobs are queued, running and failed; a state without jobs is missing."""
    rows = await ctx.db.all(
        f"""select state, count(*) as jobs from job
            where {_MINE} and state in ('queued', 'running') group by state
            union all
            select 'failed', count(*) from job where {_MINE} and state = 'failed'""",
        ctx.tenant,
    )
    return {row["state"]: row["jobs"] for row in rows}


async def delete_old(tx: Tx, *, finished_before: datetime, failed_before: datetime, most: int) -> int:
    """Remove at most this many ended jobs, whoever they belong to; gives how many went."""
    asked: dict[str, Any] = {"finished": finished_before, "failed": failed_before, "most": most}
    return int(await tx.value("select tidy_jobs(%(finished)s, %(failed)s, %(most)s)", asked))
