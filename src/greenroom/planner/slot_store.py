"""The statements on gr.slot."""

from datetime import time
from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row

_OWN = "organisation_id = %(organisation)s and client_id = any(%(clients)s)"
_SLOT = "id, client_id, account_id, weekday, at"


async def slots(
    ctx: Context,
    account: UUID | None,
    *,
    after: tuple[UUID, int, time, UUID] | None = None,
    limit: int | None = None,
) -> list[Row]:
    """Those `after` an account, day, time and id, at most `limit`."""
    of, weekday, at, id = after or (None, None, None, None)
    return await ctx.db.all(
        f"""select {_SLOT} from slot where {_OWN} and (%(account)s::uuid is null or account_id = %(account)s)
              and (%(after)s::uuid is null or (account_id, weekday, at, id)
                   > (%(of)s::uuid, %(weekday)s::bigint, %(at)s::time, %(after)s::uuid))
            order by account_id, weekday, at, id limit %(limit)s::int""",
        {**ctx.tenant, "account": account, "of": of, "weekday": weekday, "at": at, "after": id, "limit": limit},
    )


async def slot(ctx: Context, slot: UUID) -> Row:
    return await ctx.db.one(
        f"select {_SLOT} from slot where {_OWN} and id = %(id)s",
        {**ctx.tenant, "id": slot},
        missing="There is no such slot here",
    )


async def insert(ctx: Context, client: UUID, slot: dict[str, Any]) -> None:
    await ctx.db.execute(
        """insert into slot (organisation_id, client_id, id, account_id, weekday, at)
           values (%(organisation)s, %(client)s, %(id)s, %(account)s, %(weekday)s, %(at)s)""",
        {"organisation": ctx.organisation, "client": client, **slot},
    )


async def delete(ctx: Context, slot: UUID) -> None:
    await ctx.db.execute(f"delete from slot where {_OWN} and id = %(id)s", {**ctx.tenant, "id": slot})
