"""The statements on gr.upload."""

from datetime import datetime
from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row, Tx

_UPLOADS = """select id, client_id, name, size, state, reason, file_id, created_at, expires_at
              from upload where organisation_id = %(organisation)s and client_id = any(%(clients)s)"""


async def insert(ctx: Context, upload: dict[str, Any]) -> None:
    await ctx.db.execute(
        """insert into upload (organisation_id, client_id, id, name, size, expires_at)
           values (%(organisation)s, %(client)s, %(id)s, %(name)s, %(size)s, %(expires_at)s)""",
        {"organisation": ctx.organisation, **upload},
    )


async def by_id(ctx: Context, upload: UUID, *, lock: bool = False) -> Row:
    return await ctx.db.one(
        _UPLOADS + f" and id = %(id)s {'for update' if lock else ''}",
        {**ctx.tenant, "id": upload},
        missing="There is no such upload here; begin a new one",
    )


async def count_open(ctx: Context, client: UUID) -> int:
    return int(
        await ctx.db.value(
            """select count(*) from upload
               where organisation_id = %(organisation)s and client_id = %(client)s and state = 'open'""",
            {"organisation": ctx.organisation, "client": client},
        )
    )


async def close(ctx: Context, upload: UUID, *, state: str, file: UUID | None = None, reason: str = "") -> None:
    await ctx.db.execute(
        """update upload set state = %(state)s, file_id = %(file)s, reason = %(reason)s
           where organisation_id = %(organisation)s and client_id = any(%(clients)s) and id = %(id)s""",
        {**ctx.tenant, "id": upload, "state": state, "file": file, "reason": reason},
    )


async def delete(ctx: Context, upload: UUID) -> None:
    await ctx.db.execute(
        """delete from upload
           where organisation_id = %(organisation)s and client_id = any(%(clients)s) and id = %(id)s""",
        {**ctx.tenant, "id": upload},
    )


async def delete_over(ctx: Context, client: UUID, now: datetime) -> list[UUID]:
    """Forget this client's uploads whose time is over; their ids."""
    rows = await ctx.db.all(
        """delete from upload
           where organisation_id = %(organisation)s and client_id = %(client)s and expires_at < %(now)s
           returning id""",
        {"organisation": ctx.organisation, "client": client, "now": now},
    )
    return [row["id"] for row in rows]


async def forget_over(tx: Tx) -> list[UUID]:
    """Forget everybody's uploads whose time is over on the database's clock; their ids."""
    return [row["id"] for row in await tx.all("select tidy_uploads() as id")]
