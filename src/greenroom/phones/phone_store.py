"""The statements on gr.phone."""

from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.phones.access import tenant_of

_OWN = """p.organisation_id = %(organisation)s
          and (p.client_id = any(%(clients)s) or (p.client_id is null and %(all)s))"""
_PHONE = """p.id, p.client_id, p.agent_id, p.name, p.label, p.tags, p.groups, p.state, p.platform, p.model, p.system,
            p.serial, p.width, p.height, p.battery, p.charging, p.temperature, p.storage_free, p.storage_total,
            p.alive, p.because, p.offline_since, p.last_seen_at, p.version, p.created_at"""
_SHOWN = "case when p.state = 'active' and p.offline_since is not null then 'offline' else p.state end"
_MISSING = "There is no such phone here"


async def phones(
    ctx: Context, wanted: dict[str, str | None], after: tuple[str, UUID] | None, limit: int | None
) -> list[Row]:
    """By name; those `after` a name and id. `wanted`: state, tag, group, platform, each or None."""
    name, id = after or ("", None)
    return await ctx.db.all(
        f"""select {_PHONE} from phone p
            where {_OWN}
              and (%(state)s::text is null or {_SHOWN} = %(state)s)
              and (%(tag)s::text is null or %(tag)s = any(p.tags))
              and (%(group)s::text is null or %(group)s = any(p.groups))
              and (%(platform)s::text is null or p.platform = %(platform)s)
              and (%(after)s::uuid is null
                   or (lower(p.name) collate "C", p.id) > (lower(%(name)s) collate "C", %(after)s::uuid))
            order by lower(p.name) collate "C", p.id limit %(limit)s::int""",
        {**tenant_of(ctx), **wanted, "name": name, "after": id, "limit": limit},
    )


async def phone(ctx: Context, phone: UUID, *, lock: bool = False) -> Row:
    return await ctx.db.one(
        f"select {_PHONE} from phone p where {_OWN} and p.id = %(id)s {'for no key update' if lock else ''}",
        {**tenant_of(ctx), "id": phone},
        missing=_MISSING,
    )


async def write(ctx: Context, phone: UUID, row: dict[str, Any]) -> None:
    """What people say of it."""
    await ctx.db.execute(
        f"""update phone p set name = %(name)s, label = %(label)s, tags = %(tags)s, groups = %(groups)s,
                   state = %(state)s, version = p.version + 1, updated_at = now()
            where {_OWN} and p.id = %(id)s""",
        {**tenant_of(ctx), "id": phone, **row},
    )


async def give(ctx: Context, phone: UUID, client: UUID | None) -> None:
    """Its lease goes with it."""
    await ctx.db.execute(
        f"""update phone p set client_id = %(client)s, version = p.version + 1, updated_at = now()
            where {_OWN} and p.id = %(id)s""",
        {**tenant_of(ctx), "id": phone, "client": client},
    )
    # A key with no client in it is not followed by the cascade.
    await ctx.db.execute(
        """update phone_lease set client_id = %(client)s
           where organisation_id = %(organisation)s and phone_id = %(id)s and client_id is distinct from %(client)s""",
        {"organisation": ctx.organisation, "id": phone, "client": client},
    )


async def of_agent(ctx: Context, agent: UUID) -> list[Row]:
    return await ctx.db.all(
        f"select {_PHONE} from phone p where {_OWN} and p.agent_id = %(agent)s order by p.id",
        {**tenant_of(ctx), "agent": agent},
    )


async def put_seen(ctx: Context, agent: UUID, row: dict[str, Any]) -> UUID:
    """What the agent sees of a phone, a new one or one that it had; gives the phone's id."""
    id: UUID = await ctx.db.value(
        """insert into phone as p (organisation_id, id, agent_id, serial, name, platform, model, system, width, height,
                                   battery, charging, temperature, storage_free, storage_total, alive, because,
                                   offline_since, last_seen_at)
           values (%(organisation)s, %(id)s, %(agent)s, %(serial)s, %(name)s, %(platform)s, %(model)s, %(system)s,
                   %(width)s, %(height)s, %(battery)s, %(charging)s, %(temperature)s, %(storage_free)s,
                   %(storage_total)s, %(alive)s, %(because)s, case when %(away)s then clock_timestamp() end,
                   clock_timestamp())
           on conflict (organisation_id, agent_id, serial) do update set
             platform = excluded.platform, model = excluded.model, system = excluded.system,
             width = excluded.width, height = excluded.height, battery = excluded.battery,
             charging = excluded.charging, temperature = excluded.temperature,
             storage_free = excluded.storage_free, storage_total = excluded.storage_total,
             alive = excluded.alive, because = excluded.because,
             offline_since = case when %(away)s then coalesce(p.offline_since, excluded.offline_since) end,
             last_seen_at = excluded.last_seen_at
           returning id""",
        {"organisation": ctx.organisation, "agent": agent, **row},
    )
    return id


async def put_lease(ctx: Context, phone: UUID) -> None:
    """The row that a phone's leases are taken in."""
    await ctx.db.execute(
        """insert into phone_lease (organisation_id, client_id, phone_id)
           select p.organisation_id, p.client_id, p.id from phone p
           where p.organisation_id = %(organisation)s and p.id = %(id)s on conflict do nothing""",
        {"organisation": ctx.organisation, "id": phone},
    )


async def leave(ctx: Context, phone: UUID, because: str) -> None:
    """It is no longer there."""
    await ctx.db.execute(
        f"""update phone p set alive = 'offline', because = %(because)s,
                   offline_since = coalesce(p.offline_since, clock_timestamp())
            where {_OWN} and p.id = %(id)s""",
        {**tenant_of(ctx), "id": phone, "because": because},
    )
