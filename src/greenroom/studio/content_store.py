"""The statements on gr.content."""

from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from greenroom.infra.context import Context
from greenroom.infra.database import Row

_LISTED = """select c.id, c.client_id, c.version, c.character_id, c.topic, c.format, c.seconds, c.status, c.error,
                    c.job_id, c.created_at, c.updated_at, r.thumbnail_id, r.duration
             from content c left join render r
               on r.organisation_id = c.organisation_id and r.client_id = c.client_id and r.id = c.render_id
             where c.organisation_id = %(organisation)s and c.client_id = any(%(clients)s)
               and c.deleted_at is null"""
_WHOLE = """select id, client_id, version, character_id, topic, format, seconds, brief, sheet, script, edited, status,
                   making, job_id, render_id, approval_id, error, created_at, updated_at
            from content where organisation_id = %(organisation)s and client_id = any(%(clients)s)
              and deleted_at is null and id = %(id)s"""
MISSING = "There is no such video here"
WORKING = ["scripting", "generating", "assembling", "checking"]


async def insert(ctx: Context, row: dict[str, Any]) -> None:
    await ctx.db.execute(
        """insert into content (organisation_id, client_id, id, character_id, topic, format, seconds, brief, sheet,
                                status)
           values (%(organisation)s, %(client)s, %(id)s, %(character)s, %(topic)s, %(format)s, %(seconds)s, %(brief)s,
                   %(sheet)s, 'scripting')""",
        {"organisation": ctx.organisation, **row, "brief": Jsonb(row["brief"]), "sheet": Jsonb(row["sheet"])},
    )


async def by_id(ctx: Context, content: UUID) -> Row:
    return await ctx.db.one(_WHOLE, {**ctx.tenant, "id": content}, missing=MISSING)


async def locked(ctx: Context, content: UUID) -> Row:
    """The row, held until the transaction ends."""
    return await ctx.db.one(_WHOLE + " for update", {**ctx.tenant, "id": content}, missing=MISSING)


async def listed(ctx: Context, content: UUID) -> Row:
    return await ctx.db.one(_LISTED + " and c.id = %(id)s", {**ctx.tenant, "id": content}, missing=MISSING)


_NEWEST_FIRST = """(%(at)s::timestamptz is null or (c.created_at, c.id) < (%(at)s, %(last)s::uuid))
                   order by c.created_at desc, c.id desc limit %(limit)s"""
_OLDEST_FIRST = """(%(at)s::timestamptz is null or (c.created_at, c.id) > (%(at)s, %(last)s::uuid))
                   order by c.created_at, c.id limit %(limit)s"""


async def page(
    ctx: Context,
    *,
    status: str | None,
    character: UUID | None,
    words: str | None,
    after: tuple[datetime, UUID] | None,
    rising: bool,
    limit: int,
) -> list[Row]:
    at, last = after or (None, None)
    return await ctx.db.all(
        _LISTED
        + """ and (%(status)s::text is null or c.status = %(status)s)
              and (%(character)s::uuid is null or c.character_id = %(character)s)
              and (%(words)s::text is null or position(
                     lower(%(words)s) in lower(c.topic || ' ' || coalesce(c.script ->> 'title', ''))) > 0)
              and """
        + (_OLDEST_FIRST if rising else _NEWEST_FIRST),
        {
            **ctx.tenant, "status": status, "character": character, "words": words, "at": at, "last": last,
            "limit": limit,
        },
    )  # fmt: skip


async def clients_of(ctx: Context, contents: list[UUID]) -> list[Row]:
    return await ctx.db.all(
        """select id, client_id from content
           where organisation_id = %(organisation)s and client_id = any(%(clients)s) and deleted_at is null
             and id = any(%(ids)s)""",
        {**ctx.tenant, "ids": contents},
    )


async def titled(ctx: Context, titles: list[str]) -> list[Row]:
    """Contents by their title, or by their topic while they have none."""
    return await ctx.db.all(
        """select id, coalesce(script ->> 'title', topic) as title from content
           where organisation_id = %(organisation)s and client_id = any(%(clients)s) and deleted_at is null
             and coalesce(script ->> 'title', topic) = any(%(titles)s) order by id""",
        {**ctx.tenant, "titles": titles},
    )


async def set_job(ctx: Context, content: UUID, job: UUID) -> None:
    await _update(ctx, content, "job_id = %(job)s", job=job)


async def set_status(ctx: Context, content: UUID, status: str, *, error: str | None = None) -> None:
    """A status without an approval; the version stays, for what people see of the work is the same."""
    await _update(
        ctx, content, "status = %(status)s, error = %(error)s, approval_id = null", status=status, error=error
    )


async def advance(ctx: Context, content: UUID, job: UUID, status: str) -> bool:
    """Move working content to the status of its next stage; False when it is no longer this job's to move."""
    changed = await ctx.db.execute(
        """update content set status = %(status)s, error = null, updated_at = now()
           where organisation_id = %(organisation)s and client_id = any(%(clients)s) and id = %(id)s
             and job_id = %(job)s and status = any(%(working)s) and deleted_at is null""",
        {**ctx.tenant, "id": content, "job": job, "status": status, "working": WORKING},
    )
    return changed == 1


async def set_written(ctx: Context, content: UUID, script: dict[str, Any]) -> None:
    """The writer's script, to be seen while the rest is made; a person's edits are kept over it."""
    await _update(ctx, content, "script = %(script)s", script=Jsonb(script))


async def set_edited(ctx: Context, content: UUID, script: dict[str, Any]) -> None:
    """A person's script: another making, another version, no approval."""
    await _update(
        ctx,
        content,
        """script = %(script)s, edited = true, making = making + 1, version = version + 1, status = 'scripting',
           error = null, approval_id = null""",
        script=Jsonb(script),
    )


async def set_made(ctx: Context, content: UUID, render: UUID) -> None:
    """Finished and waiting for a person, as another version."""
    await _update(
        ctx,
        content,
        "render_id = %(render)s, status = 'review', error = null, approval_id = null, version = version + 1",
        render=render,
    )


async def set_decided(ctx: Context, content: UUID, status: str, approval: UUID | None) -> None:
    await _update(ctx, content, "status = %(status)s, approval_id = %(approval)s", status=status, approval=approval)


async def put_away(ctx: Context, content: UUID) -> None:
    """Soft delete; nothing of it may go out any more."""
    await _update(
        ctx,
        content,
        """deleted_at = now(), approval_id = null, version = version + 1,
           status = case when status = 'approved' then 'review' else status end""",
    )


async def by_job(ctx: Context, job: UUID) -> Row | None:
    return await ctx.db.maybe(
        """select id, client_id, topic, status from content
           where organisation_id = %(organisation)s and client_id = any(%(clients)s) and job_id = %(job)s
             and deleted_at is null for update""",
        {**ctx.tenant, "job": job},
    )


async def _update(ctx: Context, content: UUID, sets: str, **values: Any) -> None:
    await ctx.db.execute(
        "update content set " + sets + ", updated_at = now()"
        " where organisation_id = %(organisation)s and client_id = any(%(clients)s) and id = %(id)s",
        {**ctx.tenant, "id": content, **values},
    )
