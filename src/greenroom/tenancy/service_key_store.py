"""Statements about service keys and which clients may use the organisation's."""

from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg

from greenroom.infra.context import Context
from greenroom.infra.database import Row, Tx
from greenroom.kit.errors import Conflict

_OWN = "k.organisation_id = %(organisation)s and (k.client_id is null or k.client_id = any(%(clients)s))"
_KEYS = f"""select k.id, k.client_id, k.service, k.secret_id, k.active, k.expires_at, k.warned_at, k.made_by,
                   k.created_at, k.version from service_key k where {_OWN}"""


async def keys(ctx: Context) -> list[Row]:
    return await ctx.db.all(_KEYS + " order by k.service, k.client_id nulls first", ctx.tenant)


async def key(ctx: Context, id: UUID) -> Row:
    """The row, locked until the transaction's end."""
    return await ctx.db.one(
        _KEYS + " and k.id = %(id)s for no key update", {**ctx.tenant, "id": id}, missing="There is no such key here"
    )


async def add(ctx: Context, row: dict[str, Any]) -> None:
    """Raises Conflict when this owner has a key of the service already."""
    try:
        await ctx.db.execute(
            """insert into service_key (organisation_id, client_id, id, service, secret_id, expires_at, made_by)
               values (%(organisation)s, %(client_id)s, %(id)s, %(service)s, %(secret_id)s, %(expires_at)s,
                       %(made_by)s)""",
            {"organisation": ctx.organisation, **row},
        )
    except psycopg.errors.UniqueViolation as error:
        raise Conflict("There is a key of this service already; replace that one") from error


async def change(ctx: Context, id: UUID, row: dict[str, Any]) -> None:
    """A date that moved is warned of again."""
    await ctx.db.execute(
        f"""update service_key k set active = %(active)s, expires_at = %(expires_at)s, made_by = %(made_by)s,
                   warned_at = case when k.expires_at is not distinct from %(expires_at)s then k.warned_at end,
                   version = k.version + 1, updated_at = now()
            where {_OWN} and k.id = %(id)s""",
        {**ctx.tenant, "id": id, **row},
    )


async def remove(ctx: Context, id: UUID) -> None:
    await ctx.db.execute(f"delete from service_key k where {_OWN} and k.id = %(id)s", {**ctx.tenant, "id": id})


async def usable(ctx: Context, client: UUID, service: str) -> Row | None:
    """The client's own key, else the organisation's if it may use that; only one that is on and not over."""
    return await ctx.db.maybe(
        f"""{_KEYS} and k.service = %(service)s and k.active and (k.expires_at is null or k.expires_at > %(now)s)
            and (k.client_id = %(client)s
                 or (k.client_id is null
                     and exists (select from service_share s where s.organisation_id = k.organisation_id
                                   and s.client_id = %(client)s and s.service = k.service)))
            order by k.client_id nulls last limit 1""",
        {**ctx.tenant, "client": client, "service": service, "now": ctx.clock.now()},
    )


async def shares(ctx: Context) -> list[Row]:
    return await ctx.db.all(
        """select client_id, service from service_share
           where organisation_id = %(organisation)s and client_id = any(%(clients)s) order by client_id, service""",
        ctx.tenant,
    )


async def share(ctx: Context, client: UUID, service: str) -> bool:
    """Whether that was new."""
    added = await ctx.db.execute(
        """insert into service_share (organisation_id, client_id, service)
           values (%(organisation)s, %(client)s, %(service)s) on conflict do nothing""",
        {"organisation": ctx.organisation, "client": client, "service": service},
    )
    return added > 0


async def unshare(ctx: Context, client: UUID, service: str) -> bool:
    """Whether it was shared."""
    removed = await ctx.db.execute(
        """delete from service_share
           where organisation_id = %(organisation)s and client_id = %(client)s and service = %(service)s""",
        {"organisation": ctx.organisation, "client": client, "service": service},
    )
    return removed > 0


async def to_warn(tx: Tx, soon: datetime, now: datetime) -> list[Row]:
    """Where keys are whose end is near or was reached: organisation, client and id, of every organisation."""
    return await tx.all("select * from service_keys_to_warn(%(soon)s, %(now)s)", {"soon": soon, "now": now})


async def warned(ctx: Context, id: UUID) -> None:
    await ctx.db.execute(
        f"update service_key k set warned_at = %(now)s where {_OWN} and k.id = %(id)s",
        {**ctx.tenant, "id": id, "now": ctx.clock.now()},
    )
