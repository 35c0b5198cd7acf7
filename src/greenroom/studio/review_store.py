"""The statements on renders, check results and reviews; all three are written once and never changed."""

from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from greenroom.infra.context import Context
from greenroom.infra.database import Row

_MINE = "organisation_id = %(organisation)s and client_id = any(%(clients)s)"


async def insert_render(ctx: Context, row: dict[str, Any]) -> None:
    await ctx.db.execute(
        """insert into render (organisation_id, client_id, id, content_id, making, video_id, captions_id,
                               transcript_id, thumbnail_id, width, height, fps, duration, size, loudness, manifest)
           values (%(organisation)s, %(client)s, %(id)s, %(content)s, %(making)s, %(video)s, %(captions)s,
                   %(transcript)s, %(thumbnail)s, %(width)s, %(height)s, %(fps)s, %(duration)s, %(size)s,
                   %(loudness)s, %(manifest)s)""",
        {
            "organisation": ctx.organisation,
            **row,
            "loudness": Jsonb(row["loudness"]),
            "manifest": Jsonb(row["manifest"]),
        },
    )


async def insert_checks(ctx: Context, client: UUID, render: UUID, checks: list[dict[str, Any]]) -> None:
    await ctx.db.execute_many(
        """insert into check_result (organisation_id, client_id, render_id, position, kind, title, ok, level, score,
                                     reason, at_seconds, measured)
           values (%(organisation)s, %(client)s, %(render)s, %(position)s, %(id)s, %(title)s, %(ok)s, %(level)s,
                   %(score)s, %(reason)s, %(at)s, %(measured)s)""",
        [
            {
                **check,
                "organisation": ctx.organisation,
                "client": client,
                "render": render,
                "position": position,
                "measured": Jsonb(check["measured"]),
            }
            for position, check in enumerate(checks)
        ],
    )


async def render(ctx: Context, render: UUID) -> Row:
    return await ctx.db.one("select * from render where " + _MINE + " and id = %(id)s", {**ctx.tenant, "id": render})


async def render_of_making(ctx: Context, content: UUID, making: int) -> UUID | None:
    found: UUID | None = await ctx.db.value(
        "select id from render where " + _MINE + " and content_id = %(content)s and making = %(making)s",
        {**ctx.tenant, "content": content, "making": making},
    )
    return found


async def checks(ctx: Context, render: UUID) -> list[Row]:
    return await ctx.db.all(
        "select kind, title, ok, level, score, reason, at_seconds from check_result where "
        + _MINE
        + " and render_id = %(render)s order by position",
        {**ctx.tenant, "render": render},
    )


async def insert_review(ctx: Context, row: dict[str, Any]) -> None:
    await ctx.db.execute(
        """insert into review (organisation_id, client_id, id, content_id, content_version, render_id, video_hash,
                               script_hash, reviewer_id, reviewer, decision, note, at_seconds)
           values (%(organisation)s, %(client)s, %(id)s, %(content)s, %(version)s, %(render)s, %(video_hash)s,
                   %(script_hash)s, %(reviewer_id)s, %(reviewer)s, %(decision)s, %(note)s, %(at_seconds)s)""",
        {"organisation": ctx.organisation, **row},
    )


async def reviews(ctx: Context, content: UUID) -> list[Row]:
    return await ctx.db.all(
        """select id, reviewer, decision, note, at_seconds, created_at, content_version as version from review where """
        + _MINE
        + " and content_id = %(content)s order by created_at, id",
        {**ctx.tenant, "content": content},
    )


async def review(ctx: Context, review: UUID) -> Row:
    return await ctx.db.one("select * from review where " + _MINE + " and id = %(id)s", {**ctx.tenant, "id": review})
