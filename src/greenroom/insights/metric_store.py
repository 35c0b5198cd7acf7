"""The statements on gr.post_metric: what platforms say of posts, one row for each look."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row, Tx

_OWN = "organisation_id = %(organisation)s and client_id = any(%(clients)s)"
NUMBERS = ("views", "likes", "replies", "reposts", "quotes")


async def due(db: Tx, ages: Iterable[timedelta], most: int) -> list[Row]:
    """Organisation, client, id and age of posts to look at; needs no scope."""
    return await db.all(
        "select * from posts_to_measure(%(ages)s::interval[], %(most)s)", {"ages": list(ages), "most": most}
    )


async def begin(ctx: Context, post: UUID, age: timedelta, platform: str) -> bool:
    """Whether this look begins now; not when somebody else was quicker."""
    made = await ctx.db.execute(
        """insert into post_metric (organisation_id, client_id, post_id, age, platform)
           values (%(organisation)s, %(client)s, %(post)s, %(age)s, %(platform)s) on conflict do nothing""",
        {"organisation": ctx.organisation, "client": ctx.one_client(), "post": post, "age": age, "platform": platform},
    )
    return made == 1


async def write(ctx: Context, post: UUID, age: timedelta, numbers: Mapping[str, int]) -> None:
    """What the platform told now; what it did not tell stays null."""
    given: dict[str, Any] = {name: numbers.get(name) for name in NUMBERS}
    await ctx.db.execute(
        f"""update post_metric set taken_at = now(), views = %(views)s, likes = %(likes)s, replies = %(replies)s,
                   reposts = %(reposts)s, quotes = %(quotes)s
            where {_OWN} and post_id = %(post)s and age = %(age)s""",
        {**ctx.tenant, "post": post, "age": age, **given},
    )


async def samples(ctx: Context, post: UUID) -> list[Row]:
    """What was told of the post, the oldest look first."""
    return await ctx.db.all(
        f"""select platform, taken_at, views, likes, replies, reposts, quotes from post_metric
            where {_OWN} and post_id = %(post)s and taken_at is not null
              and coalesce(views, likes, replies, reposts, quotes) is not null
            order by taken_at""",
        {**ctx.tenant, "post": post},
    )
