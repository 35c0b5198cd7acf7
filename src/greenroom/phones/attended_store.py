"""The statements on gr.attended_app."""

from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row

_OWN = "organisation_id = %(organisation)s"


async def added(ctx: Context) -> list[Row]:
    return await ctx.db.all(
        f"select id, app, name, added_by, created_at from attended_app where {_OWN} order by app",
        {"organisation": ctx.organisation},
    )


async def add(ctx: Context, row: dict[str, Any]) -> bool:
    """Whether it was not among them yet."""
    changed = await ctx.db.execute(
        """insert into attended_app (organisation_id, id, app, name, added_by)
           values (%(organisation)s, %(id)s, %(app)s, %(name)s, %(added_by)s)
           on conflict (organisation_id, app) do nothing""",
        {"organisation": ctx.organisation, **row},
    )
    return changed == 1


async def remove(ctx: Context, id: UUID) -> Row:
    """What was removed."""
    return await ctx.db.one(
        f"delete from attended_app where {_OWN} and id = %(id)s returning app, name",
        {"organisation": ctx.organisation, "id": id},
        missing="There is no such app on your list",
    )
