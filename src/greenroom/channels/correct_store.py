"""The statements on gr.post_correction."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from greenroom.infra.context import Context
from greenroom.infra.database import Row

_OWN = "organisation_id = %(organisation)s and client_id = any(%(clients)s)"
_COLUMNS = """id, client_id, post_id, number, asked_by, before, after, phase, remote, job_id, outcome, reason,
              asked_at, started_at, armed_at, ended_at"""


async def insert(ctx: Context, client: UUID, correction: dict[str, Any]) -> None:
    await ctx.db.execute(
        """insert into post_correction (organisation_id, client_id, id, post_id, number, asked_by, before, after)
           select %(organisation)s, %(client)s, %(id)s, %(post)s, coalesce(max(number), 0) + 1, %(asked_by)s,
                  %(before)s, %(after)s
           from post_correction
           where organisation_id = %(organisation)s and client_id = %(client)s and post_id = %(post)s""",
        {"organisation": ctx.organisation, "client": client, **correction},
    )


async def of_posts(ctx: Context, posts: Iterable[UUID]) -> list[Row]:
    """The corrections of these posts, the first ones first."""
    return await ctx.db.all(
        f"select {_COLUMNS} from post_correction where {_OWN} and post_id = any(%(posts)s) order by post_id, number",
        {**ctx.tenant, "posts": list(posts)},
    )


async def live(ctx: Context, post: UUID) -> Row | None:
    """The correction that is under way, locked."""
    return await ctx.db.maybe(
        f"select {_COLUMNS} from post_correction where {_OWN} and post_id = %(post)s and ended_at is null for update",
        {**ctx.tenant, "post": post},
    )


async def of_job(ctx: Context, job: UUID) -> Row | None:
    return await ctx.db.maybe(
        f"select {_COLUMNS} from post_correction where {_OWN} and job_id = %(job)s", {**ctx.tenant, "job": job}
    )


async def last_remote(ctx: Context, post: UUID) -> dict[str, Any]:
    """What the platform was told with the last correction that it took."""
    found: dict[str, Any] | None = await ctx.db.value(
        f"""select remote from post_correction
            where {_OWN} and post_id = %(post)s and outcome = 'corrected' order by number desc limit 1""",
        {**ctx.tenant, "post": post},
    )
    return found or {}


async def seconds_since_unanswered(ctx: Context, post: UUID) -> float | None:
    """How long ago the last call began of a correction that ended without an answer to it."""
    found: float | None = await ctx.db.value(
        f"""select extract(epoch from clock_timestamp() - max(armed_at))::float8 from post_correction
            where {_OWN} and post_id = %(post)s and phase = 'armed' and ended_at is not null""",
        {**ctx.tenant, "post": post},
    )
    return found


async def ages(ctx: Context, correction: UUID) -> tuple[float, float]:
    """Seconds since it was begun, and since it was armed last."""
    row = await ctx.db.one(
        f"""select extract(epoch from clock_timestamp() - coalesce(started_at, asked_at))::float8 as tried,
                   extract(epoch from clock_timestamp() - coalesce(armed_at, asked_at))::float8 as armed
            from post_correction where {_OWN} and id = %(id)s""",
        {**ctx.tenant, "id": correction},
    )
    return row["tried"], row["armed"]


async def write_job(ctx: Context, correction: UUID, job: UUID) -> None:
    await _update(ctx, correction, "job_id = %(job)s", job=job)


async def begin(ctx: Context, correction: UUID) -> None:
    await _update(ctx, correction, "started_at = coalesce(started_at, clock_timestamp())")


async def arm(ctx: Context, correction: UUID, remote: dict[str, str] | None = None) -> None:
    await _update(
        ctx,
        correction,
        "phase = 'armed', armed_at = clock_timestamp(), remote = remote || %(remote)s",
        remote=Jsonb(remote or {}),
    )


async def disarm(ctx: Context, correction: UUID) -> None:
    await _update(ctx, correction, "phase = 'asked'")


async def write_sent(ctx: Context, correction: UUID) -> None:
    await _update(ctx, correction, "phase = 'sent', reason = null")


async def write_reason(ctx: Context, correction: UUID, reason: str) -> None:
    await _update(ctx, correction, "reason = %(reason)s", reason=reason[:2000])


async def end(ctx: Context, correction: UUID, outcome: str, reason: str | None) -> None:
    await _update(
        ctx,
        correction,
        "outcome = %(outcome)s, reason = %(reason)s, ended_at = clock_timestamp()",
        outcome=outcome,
        reason=reason and reason[:2000],
    )


async def reopen(ctx: Context, correction: UUID) -> None:
    await _update(ctx, correction, "outcome = null, reason = null, ended_at = null, phase = 'asked', started_at = null")


async def write_words(ctx: Context, post: UUID, caption: str, disclosure: dict[str, Any], *, words: str | None) -> None:
    """What the published post says now, its fingerprint, and what is known of its line about AI."""
    await ctx.db.execute(
        f"""update post set caption = %(caption)s, words_hash = %(words)s,
                   disclosure = disclosure || %(disclosure)s,
                   version = version + 1, updated_at = now() where {_OWN} and id = %(id)s""",
        {**ctx.tenant, "id": post, "caption": caption, "words": words, "disclosure": Jsonb(disclosure)},
    )


async def _update(ctx: Context, correction: UUID, assignments: str, **values: Any) -> None:
    await ctx.db.execute(
        f"update post_correction set {assignments} where {_OWN} and id = %(id)s",
        {**ctx.tenant, "id": correction, **values},
    )
