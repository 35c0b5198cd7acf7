"""Statements on many jobs of one client at once. They change only what nobody else holds just now; what they leave
out is not refused, it must be asked for alone (store.py), where one waits.

What is asked goes in one document and not in an array for each column, which costs the driver far more.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from greenroom.infra.context import Context
from greenroom.infra.database import Row

_MINE = "organisation_id = %(organisation)s and client_id = any(%(clients)s)"
_TOLD = "id, client_id, kind, title, subject_type, subject_id, state, error"


async def begin_runs(ctx: Context, asked: Sequence[tuple[UUID, int, str, int]]) -> list[Row]:
    """`begin_run` for each job, doorbell, queue and most starts; does not wait for a run that has a context open."""
    wanted = [{"job": id, "bell": bell, "line": line, "most": most} for id, bell, line, most in asked]
    return await ctx.db.all(
        f"""with free as (
              select job.id as job_id, asked.line, asked.most from job
              join jsonb_to_recordset(%(asked)s) as asked (job uuid, bell bigint, line text, most int)
                on job.id = asked.job and job.doorbell = asked.bell
              where {_MINE} and state in ('queued', 'running') and starts < asked.most
              for update of job skip locked)
            update job set epoch = epoch + 1, starts = starts + 1, state = 'running', queue = free.line,
                   max_starts = free.most, started_at = coalesce(started_at, now()), error = null, message = '',
                   eta_seconds = null, updated_at = now()
            from free where {_MINE} and id = free.job_id
            returning {_TOLD}, epoch, starts, payload, cancel_requested, doorbell""",
        {**ctx.tenant, "asked": Jsonb(wanted)},
    )


async def finish_runs(ctx: Context, asked: Sequence[tuple[UUID, int, dict[str, Any] | None]]) -> list[Row]:
    """`end_run` with a good end for each job, epoch and result."""
    ended = [{"job": id, "run": epoch, "empty": result is None, "outcome": result} for id, epoch, result in asked]
    return await ctx.db.all(
        f"""with mine as (
              select job.id as job_id, case when not asked.empty then asked.outcome end as outcome from job
              join jsonb_to_recordset(%(asked)s) as asked (job uuid, run int, empty bool, outcome jsonb)
                on job.id = asked.job and job.epoch = asked.run
              where {_MINE} and state = 'running'
              for update of job skip locked)
            update job set state = 'done', epoch = epoch + 1, error = null, result = mine.outcome, fraction = 1,
                   message = '', eta_seconds = null, ended_at = now(), updated_at = now()
            from mine where {_MINE} and id = mine.job_id
            returning {_TOLD}""",
        {**ctx.tenant, "asked": Jsonb(ended)},
    )
