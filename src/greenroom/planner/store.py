"""The planner's statement: what is due, over all tenants."""

from greenroom.infra.database import Row, Tx


async def due(db: Tx, most: int) -> list[Row]:
    """Organisation, client and id of posts whose time has come by the database's clock; needs no scope."""
    return await db.all("select * from due_posts(%(most)s)", {"most": most})
