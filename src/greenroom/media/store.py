"""The statements on gr.media_file."""

from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row, Tx

_FILES = """select id, client_id, hash, size, type, name, origin, width, height, duration, created_at
            from media_file where organisation_id = %(organisation)s and client_id = any(%(clients)s)"""


async def insert(ctx: Context, file: dict[str, Any]) -> Row:
    """The row of this content and name; the one that is there already when there is one."""
    await ctx.db.execute(
        """insert into media_file (organisation_id, client_id, id, hash, size, type, name, origin,
                                   width, height, duration)
           values (%(organisation)s, %(client)s, %(id)s, %(hash)s, %(size)s, %(type)s, %(name)s, %(origin)s,
                   %(width)s, %(height)s, %(duration)s)
           on conflict (organisation_id, client_id, hash, name, type) do nothing""",
        {"organisation": ctx.organisation, **file},
    )
    return await ctx.db.one(
        _FILES + " and client_id = %(client)s and hash = %(hash)s and name = %(name)s and type = %(type)s",
        {**ctx.tenant, **file},
    )


async def by_id(ctx: Context, file: UUID) -> Row:
    return await ctx.db.one(
        _FILES + " and id = %(id)s", {**ctx.tenant, "id": file}, missing="There is no such file here"
    )


async def by_ids(ctx: Context, files: list[UUID]) -> list[Row]:
    return await ctx.db.all(_FILES + " and id = any(%(ids)s)", {**ctx.tenant, "ids": files})


async def place(tx: Tx, file: UUID) -> Row:
    """The organisation and the client of a file, before any tenant is known."""
    return await tx.one(
        "select organisation_id, client_id from media_file_place(%(file)s)",
        {"file": file},
        missing="There is no such file here",
    )
