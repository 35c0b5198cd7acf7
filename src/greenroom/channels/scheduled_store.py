"""The statements on gr.post that are about schedules."""

from datetime import datetime
from typing import Any
from uuid import UUID

from greenroom.channels.states import OUT_OR_GOING
from greenroom.infra.context import Context
from greenroom.infra.database import Row

_OWN = "organisation_id = %(organisation)s and client_id = any(%(clients)s)"


async def insert(ctx: Context, client: UUID, post: dict[str, Any]) -> None:
    """A post that waits for its time."""
    await ctx.db.execute(
        """insert into post (organisation_id, client_id, id, content_id, content_version, account_id, title, topic,
                             poster_id, caption, hashtags, words_hash, file_hash, again, state, wall_time, zone,
                             due_at, note, schedule_id, occurrence, occurrence_wall)
           values (%(organisation)s, %(client)s, %(id)s, %(content)s, %(content_version)s, %(account)s, %(title)s,
                   %(topic)s, %(poster)s, %(caption)s, %(hashtags)s, %(words)s, %(file)s, %(again)s, 'scheduled',
                   %(wall)s, %(zone)s, %(due)s, %(note)s, %(schedule)s, %(occurrence)s, %(occurrence_wall)s)""",
        {"organisation": ctx.organisation, "client": client, **post},
    )


async def remark(ctx: Context, post: UUID, wall: datetime) -> None:
    await ctx.db.execute(
        f"update post set occurrence_wall = %(wall)s where {_OWN} and id = %(id)s",
        {**ctx.tenant, "id": post, "wall": wall},
    )


async def unmark(ctx: Context, post: UUID) -> None:
    await ctx.db.execute(
        f"""update post set occurrence = null, occurrence_wall = null, on_hold = false
            where {_OWN} and id = %(id)s""",
        {**ctx.tenant, "id": post},
    )


async def of_schedule(ctx: Context, schedule: UUID) -> list[Row]:
    return await ctx.db.all(
        f"""select id, account_id, content_id, state, occurrence, occurrence_wall, wall_time, zone, due_at from post
            where {_OWN} and schedule_id = %(schedule)s and occurrence is not null order by occurrence_wall, id""",
        {**ctx.tenant, "schedule": schedule},
    )


async def on_the_wall(ctx: Context, posts: list[UUID]) -> list[Row]:
    return await ctx.db.all(
        f"""select id, title, wall_time, zone, due_at from post
            where {_OWN} and id = any(%(ids)s) and state = 'scheduled' and wall_time is not null and due_at > now()""",
        {**ctx.tenant, "ids": posts},
    )


async def write_due(ctx: Context, seen: Row, due: datetime, note: str | None) -> bool:
    """Whether the post still stood as it was seen, and has its new instant."""
    changed = await ctx.db.execute(
        f"""update post set due_at = %(due)s, note = %(note)s, not_before = null, version = version + 1,
                   updated_at = now()
            where {_OWN} and id = %(id)s and state = 'scheduled' and due_at = %(due_at)s
              and wall_time = %(wall_time)s and zone = %(zone)s""",
        {**ctx.tenant, **seen, "due": due, "note": note},
    )
    return changed == 1


async def hold(ctx: Context, schedule: UUID) -> int:
    return await ctx.db.execute(
        f"""update post set on_hold = true, version = version + 1, updated_at = now()
            where {_OWN} and schedule_id = %(schedule)s and state = 'scheduled' and not on_hold""",
        {**ctx.tenant, "schedule": schedule},
    )


async def release(ctx: Context, schedule: UUID) -> list[UUID]:
    """Those of the held posts whose time has passed."""
    rows = await ctx.db.all(
        f"""update post set on_hold = false, version = version + 1, updated_at = now()
            where {_OWN} and schedule_id = %(schedule)s and on_hold
            returning id, state = 'scheduled' and due_at <= now() as passed""",
        {**ctx.tenant, "schedule": schedule},
    )
    return [row["id"] for row in rows if row["passed"]]


async def standing(ctx: Context, accounts: list[UUID], contents: list[UUID]) -> list[Row]:
    return await ctx.db.all(
        f"""select distinct account_id, content_id from post
            where {_OWN} and account_id = any(%(accounts)s) and content_id = any(%(contents)s)
              and state = any(%(states)s)""",
        {**ctx.tenant, "accounts": accounts, "contents": contents, "states": list(OUT_OR_GOING)},
    )
