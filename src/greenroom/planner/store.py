"""The planner's statements over all tenants: what is due, and what waits for a time on a wall."""

from uuid import UUID

from greenroom.infra.database import Row, Tx


async def due(db: Tx, most: int) -> list[Row]:
    """Organisation, client and id of posts whose time has come by the database's clock; needs no scope."""
    return await db.all("select * from due_posts(%(most)s)", {"most": most})


async def on_the_wall(db: Tx, after: UUID | None, most: int) -> list[Row]:
    """Organisation, client and id of posts that wait for a time on a wall, after that one; needs no scope."""
    return await db.all("select * from posts_on_the_wall(%(after)s, %(most)s)", {"after": after, "most": most})
