"""The planner's statements over all tenants: what is due, and what waits for a time on a wall."""

from datetime import timedelta
from uuid import UUID

from greenroom.infra.database import Row, Tx


async def due(db: Tx, most: int, *, late: timedelta) -> list[Row]:
    """Organisation, client and id of posts whose time has come by the database's clock, also of those that are too
    `late` for an account that may not post; needs no scope."""
    return await db.all("select * from due_posts(%(most)s, %(late)s)", {"most": most, "late": late})


async def on_the_wall(db: Tx, after: UUID | None, most: int) -> list[Row]:
    """Organisation, client and id of posts that wait for a time on a wall, after that one; needs no scope."""
    return await db.all("select * from posts_on_the_wall(%(after)s, %(most)s)", {"after": after, "most": most})
