"""The statements on gr.phone."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.phones.access import tenant_of

_OWN = """p.organisation_id = %(organisation)s
          and (p.client_id = any(%(clients)s) or (p.client_id is null and %(all)s))"""
_PHONE = """p.id, p.client_id, p.agent_id, a.name as agent_name, p.name, p.label, p.tags, p.groups, p.state,
            p.state_why, p.state_by, p.state_at, p.platform, p.model, p.system, p.serial, p.width, p.height, p.battery,
            p.charging, p.temperature, p.storage_free, p.storage_total, p.alive, p.because, p.front, p.port,
            p.abilities, p.offline_since, p.last_seen_at, p.version, p.created_at"""
_FROM = "phone p join agent a on a.organisation_id = p.organisation_id and a.id = p.agent_id"
_SHOWN = "case when p.state = 'active' and p.offline_since is not null then 'offline' else p.state end"
_WORDS = """lower(concat_ws(' ', p.name, p.label, p.model, p.system, p.serial, a.name, array_to_string(p.tags, ' '),
                            array_to_string(p.groups, ' ')))"""
_MISSING = "There is no such phone here"

# Everybody who locks several phones locks them in this order: what an agent reports comes by serial.
_ORDER = 'p.agent_id, p.serial collate "C"'


async def phones(ctx: Context, wanted: dict[str, Any], after: tuple[str, UUID] | None, limit: int | None) -> list[Row]:
    """By name; those `after` a name and id. `wanted`: see `inventory.list_phones`."""
    name, id = after or ("", None)
    return await ctx.db.all(
        f"""select {_PHONE} from {_FROM}
            where {_OWN}
              and (%(client)s::uuid is null or p.client_id = %(client)s)
              and (not %(unassigned)s or p.client_id is null)
              and (%(agent)s::uuid is null or p.agent_id = %(agent)s)
              and (%(state)s::text is null or {_SHOWN} = %(state)s)
              and (%(tag)s::text is null or %(tag)s = any(p.tags))
              and (%(group)s::text is null or %(group)s = any(p.groups))
              and (%(platform)s::text is null or p.platform = %(platform)s)
              and not exists (select from unnest(%(words)s::text[]) w where position(lower(w) in {_WORDS}) = 0)
              and (%(after)s::uuid is null
                   or (lower(p.name) collate "C", p.id) > (lower(%(name)s) collate "C", %(after)s::uuid))
            order by lower(p.name) collate "C", p.id limit %(limit)s::int""",
        {**tenant_of(ctx), **wanted, "name": name, "after": id, "limit": limit},
    )


async def words(ctx: Context) -> Row:
    """All tags and all groups of the phones in sight, each once."""
    return await ctx.db.one(
        f"""with mine as (select p.tags, p.groups from phone p where {_OWN})
            select array(select distinct unnest(tags) as one from mine order by one) as tags,
                   array(select distinct unnest(groups) as one from mine order by one) as groups""",
        tenant_of(ctx),
        missing=_MISSING,
    )


async def phone(ctx: Context, phone: UUID, *, lock: bool = False) -> Row:
    return await ctx.db.one(
        f"select {_PHONE} from {_FROM} where {_OWN} and p.id = %(id)s {'for no key update of p' if lock else ''}",
        {**tenant_of(ctx), "id": phone},
        missing=_MISSING,
    )


async def marks(ctx: Context, phone: UUID) -> list[str]:
    """What tells it from all others, as its agent told it last; shown to nobody."""
    found: list[str] | None = await ctx.db.value(
        f"select p.marks from phone p where {_OWN} and p.id = %(id)s", {**tenant_of(ctx), "id": phone}
    )
    return sorted(found or [])


async def hold(ctx: Context, phones: Collection[UUID]) -> list[Row]:
    """Those of them that are there, locked until the transaction's end."""
    return await ctx.db.all(
        f"""select {_PHONE} from {_FROM} where {_OWN} and p.id = any(%(ids)s)
            order by {_ORDER} for no key update of p""",
        {**tenant_of(ctx), "ids": list(phones)},
    )


async def write(ctx: Context, phone: UUID, row: dict[str, Any], *, stated: bool) -> None:
    """What people say of it; `stated`: its state, or why it is in it, among it."""
    await ctx.db.execute(
        f"""update phone p set name = %(name)s, label = %(label)s, tags = %(tags)s, groups = %(groups)s,
                   state = %(state)s, state_why = %(state_why)s, state_by = %(state_by)s,
                   state_at = case when %(stated)s then now() else p.state_at end,
                   version = p.version + 1, updated_at = now()
            where {_OWN} and p.id = %(id)s""",
        {**tenant_of(ctx), "id": phone, **row, "stated": stated},
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


async def of_agent(ctx: Context, agent: UUID, serials: list[str] | None = None) -> list[Row]:
    """What stands written of an agent's phones, or of those with these serials."""
    return await ctx.db.all(
        f"""select p.id, p.serial, p.client_id, p.offline_since, p.port, p.alive, p.because from phone p
            where {_OWN} and p.agent_id = %(agent)s and (%(serials)s::text[] is null or p.serial = any(%(serials)s))
            order by {_ORDER}""",
        {**tenant_of(ctx), "agent": agent, "serials": serials},
    )


async def count_of_agent(ctx: Context, agent: UUID) -> int:
    """How many phones it has had."""
    count: int = await ctx.db.value(
        f"select count(*) from phone p where {_OWN} and p.agent_id = %(agent)s", {**tenant_of(ctx), "agent": agent}
    )
    return count


async def put_seen(ctx: Context, agent: UUID, row: dict[str, Any]) -> UUID:
    """What the agent sees of a phone, a new one or one that it had; gives the phone's id.

    `unnamed`: what it is called before its model is known; it is called by its model then, unless somebody named it.
    """
    id: UUID = await ctx.db.value(
        """insert into phone as p (organisation_id, id, agent_id, serial, name, platform, model, system, width, height,
                                   battery, charging, temperature, storage_free, storage_total, alive, because, front,
                                   port, abilities, marks, offline_since, last_seen_at)
           values (%(organisation)s, %(id)s, %(agent)s, %(serial)s, %(name)s, %(platform)s, %(model)s, %(system)s,
                   %(width)s, %(height)s, %(battery)s, %(charging)s, %(temperature)s, %(storage_free)s,
                   %(storage_total)s, %(alive)s, %(because)s, %(front)s, %(port)s,
                   %(abilities)s, %(marks)s,
                   case when %(away)s then clock_timestamp() end, clock_timestamp())
           on conflict (organisation_id, agent_id, serial) do update set
             name = case when p.model = '' and p.name = %(unnamed)s then excluded.name else p.name end,
             platform = excluded.platform, model = excluded.model, system = excluded.system,
             width = excluded.width, height = excluded.height, battery = excluded.battery,
             charging = excluded.charging, temperature = excluded.temperature,
             storage_free = excluded.storage_free, storage_total = excluded.storage_total,
             alive = excluded.alive, because = excluded.because, front = excluded.front,
             abilities = excluded.abilities,
             marks = case when excluded.marks = '{}' then p.marks else excluded.marks end,
             port = case when %(away)s and excluded.port = '' then p.port else excluded.port end,
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
        f"""update phone p set alive = 'offline', because = %(because)s, front = '', abilities = '{{}}',
                   offline_since = coalesce(p.offline_since, clock_timestamp())
            where {_OWN} and p.id = %(id)s""",
        {**tenant_of(ctx), "id": phone, "because": because},
    )
