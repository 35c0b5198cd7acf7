"""Statements about API tokens, which are here only as hashes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row, Tx

_TOKENS = """select id, name, hint, scopes, clients, expires_at, used_at, used_from, created_at
            from api_token where organisation_id = %(organisation)s and user_id = %(user)s"""


async def add(ctx: Context, user: UUID, row: dict[str, Any]) -> None:
    await ctx.db.execute(
        """insert into api_token (organisation_id, id, user_id, name, token_hash, hint, scopes, clients, expires_at)
           values (%(organisation)s, %(id)s, %(user)s, %(name)s, %(hash)s, %(hint)s, %(scopes)s, %(clients)s,
                   %(expires)s)""",
        {"organisation": ctx.organisation, "user": user, **row},
    )


async def tokens_of(ctx: Context, user: UUID) -> list[Row]:
    return await ctx.db.all(
        _TOKENS + " order by created_at desc, id desc", {"organisation": ctx.organisation, "user": user}
    )


async def token(ctx: Context, user: UUID, token_id: UUID) -> Row:
    return await ctx.db.one(
        _TOKENS + " and id = %(id)s",
        {"organisation": ctx.organisation, "user": user, "id": token_id},
        missing="There is no such token here",
    )


async def remove(ctx: Context, user: UUID, token_id: UUID) -> int:
    return await ctx.db.execute(
        "delete from api_token where organisation_id = %(organisation)s and user_id = %(user)s and id = %(id)s",
        {"organisation": ctx.organisation, "user": user, "id": token_id},
    )


async def place(tx: Tx, token_hash: bytes) -> Row | None:
    return await tx.maybe("select * from token_by_hash(%(hash)s)", {"hash": token_hash})


async def live(tx: Tx, token_id: UUID, now: datetime, address: str) -> Row | None:
    """The token with its person, when neither is over; notes the use at most once a minute."""
    row = await tx.maybe(
        """select t.id, t.user_id, t.name as token_name, t.scopes, t.clients, t.used_at, u.name, u.role
           from api_token t join app_user u on u.organisation_id = t.organisation_id and u.id = t.user_id
           where t.id = %(id)s and u.status = 'active' and t.expires_at > %(now)s""",
        {"id": token_id, "now": now},
    )
    if row is not None and (row["used_at"] is None or (now - row["used_at"]).total_seconds() > 60):
        await tx.execute(
            "update api_token set used_at = %(now)s, used_from = %(address)s where id = %(id)s",
            {"id": token_id, "now": now, "address": address[:100]},
        )
    return row
