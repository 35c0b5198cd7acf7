"""The statements on gr.slot."""

from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row

_OWN = "organisation_id = %(organisation)s and client_id = any(%(clients)s)"
_SLOT = "id, client_id, account_id, weekday, at"


async def slots(ctx: Context, account: UUID | None) -> list[Row]:
    return await ctx.db.all(
        f"""select {_SLOT} from slot where {_OWN} and (%(account)s::uuid is null or account_id = %(account)s)
            order by account_id, weekday, at""",
        {**ctx.tenant, "account": account},
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
