"""The statements of walls: their phones with who holds each, and the leases that an open wall keeps."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.phones.access import tenant_of


async def standings(ctx: Context, phones: Collection[UUID]) -> list[Row]:
    """Those among the phones that the context reaches, each with its lease."""
    return await ctx.db.all(
        """select p.id as phone_id, p.client_id, p.name, l.epoch, l.holder_kind, l.holder_id, l.expires_at,
                  coalesce(l.expires_at > clock_timestamp(), false) as held,
                  coalesce(greatest(0, extract(epoch from l.expires_at - clock_timestamp())), 0)::float8 as seconds
           from phone p
           join phone_lease l on l.organisation_id = p.organisation_id and l.phone_id = p.id
           where p.organisation_id = %(organisation)s
             and (p.client_id = any(%(clients)s) or (p.client_id is null and %(all)s))
             and (l.client_id = any(%(clients)s) or (l.client_id is null and %(all)s))
             and p.id = any(%(phones)s)""",
        {**tenant_of(ctx), "phones": list(phones)},
    )


async def keep(ctx: Context, phones: Collection[UUID], holder: UUID, lasts: timedelta, *, touched: bool) -> int:
    """Renew the person's leases on these phones; how many there were."""
    return await ctx.db.execute(
        """update phone_lease l set expires_at = clock_timestamp() + %(lasts)s,
                  input_at = case when %(touched)s then clock_timestamp() else l.input_at end,
                  idle_asked_at = case when %(touched)s then null else l.idle_asked_at end
           where l.organisation_id = %(organisation)s
             and (l.client_id = any(%(clients)s) or (l.client_id is null and %(all)s))
             and l.phone_id = any(%(phones)s) and l.holder_kind = 'person' and l.holder_id = %(holder)s
             and l.expires_at > clock_timestamp()""",
        {**tenant_of(ctx), "phones": list(phones), "holder": holder, "lasts": lasts, "touched": touched},
    )
