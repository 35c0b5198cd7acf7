"""The statements on gr.stage_run: each stage of each making is one row."""

from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from greenroom.infra.context import Context
from greenroom.infra.database import Row

_ONE = """where organisation_id = %(organisation)s and client_id = any(%(clients)s) and content_id = %(content)s
            and making = %(making)s and stage = %(stage)s"""


async def of_making(ctx: Context, content: UUID, making: int) -> dict[str, Row]:
    rows = await ctx.db.all(
        """select stage, key, state, data, files, cached, starts, started_at, ended_at, seconds, error
           from stage_run
           where organisation_id = %(organisation)s and client_id = any(%(clients)s) and content_id = %(content)s
             and making = %(making)s""",
        {**ctx.tenant, "content": content, "making": making},
    )
    return {row["stage"]: row for row in rows}


async def by_key(ctx: Context, client: UUID, stage: str, key: str) -> Row | None:
    """The newest finished result of this key, whichever content of the client it was made for."""
    return await ctx.db.maybe(
        """select data, files from stage_run
           where organisation_id = %(organisation)s and client_id = %(client)s and stage = %(stage)s
             and key = %(key)s and state = 'done'
           order by ended_at desc limit 1""",
        {"organisation": ctx.organisation, "client": client, "stage": stage, "key": key},
    )


async def begin(ctx: Context, place: dict[str, Any], *, key: str, epoch: int, job: UUID, worker: str) -> None:
    """Say that a stage is being done, by whom, and count the start."""
    await ctx.db.execute(
        """insert into stage_run (organisation_id, client_id, content_id, making, stage, key, state, starts, job_id,
                                  epoch, worker, started_at)
           values (%(organisation)s, %(client)s, %(content)s, %(making)s, %(stage)s, %(key)s, 'running', 1, %(job)s,
                   %(epoch)s, %(worker)s, now())
           on conflict (organisation_id, client_id, content_id, making, stage) do update
             set key = excluded.key, state = 'running', starts = stage_run.starts + 1, job_id = excluded.job_id,
                 epoch = excluded.epoch, worker = excluded.worker, started_at = now(), ended_at = null,
                 seconds = null, error = null, cached = false, data = '{}', files = '{}'""",
        {**_scope(ctx, place), "key": key, "epoch": epoch, "job": job, "worker": worker},
    )


async def finish(
    ctx: Context, place: dict[str, Any], *, data: dict[str, Any], files: dict[str, Any], seconds: float
) -> None:
    await ctx.db.execute(
        "update stage_run set state = 'done', data = %(data)s, files = %(files)s, seconds = %(seconds)s,"
        " ended_at = now(), error = null " + _ONE,
        {**_scope(ctx, place), "data": Jsonb(data), "files": Jsonb(files), "seconds": seconds},
    )


async def take_over(
    ctx: Context, place: dict[str, Any], *, key: str, data: dict[str, Any], files: dict[str, Any]
) -> None:
    """Record that an earlier result of the same key stands for this stage."""
    await ctx.db.execute(
        """insert into stage_run (organisation_id, client_id, content_id, making, stage, key, state, data, files,
                                  cached, started_at, ended_at, seconds)
           values (%(organisation)s, %(client)s, %(content)s, %(making)s, %(stage)s, %(key)s, 'done', %(data)s,
                   %(files)s, true, now(), now(), 0)
           on conflict (organisation_id, client_id, content_id, making, stage) do update
             set key = excluded.key, state = 'done', data = excluded.data, files = excluded.files, cached = true,
                 ended_at = now(), seconds = 0, error = null""",
        {**_scope(ctx, place), "key": key, "data": Jsonb(data), "files": Jsonb(files)},
    )


async def stop_running(ctx: Context, content: UUID, state: str, error: str | None) -> None:
    """Close the stages that were under way when the work ended without them."""
    await ctx.db.execute(
        """update stage_run set state = %(state)s, error = %(error)s, ended_at = now()
           where organisation_id = %(organisation)s and client_id = any(%(clients)s) and content_id = %(content)s
             and state = 'running'""",
        {**ctx.tenant, "content": content, "state": state, "error": error},
    )


def _scope(ctx: Context, place: dict[str, Any]) -> dict[str, Any]:
    """`place` is client, content, making and stage."""
    return {"organisation": ctx.organisation, "clients": list(ctx.clients), **place}
