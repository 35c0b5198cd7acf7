"""The statements on gr.hub_alarm, and on gr.phone as far as ports go."""

from collections.abc import Collection
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.phones.access import tenant_of

_SEEN = """p.organisation_id = %(organisation)s
           and (p.client_id = any(%(clients)s) or (p.client_id is null and %(all)s))"""


async def plugged(ctx: Context) -> list[Row]:
    """The phones that the context reaches, with their agents' names and how they are."""
    return await ctx.db.all(
        f"""select p.id, p.name, p.port, p.state, p.alive, p.because, p.offline_since, p.agent_id, a.name as agent_name
            from phone p join agent a on a.organisation_id = p.organisation_id and a.id = p.agent_id
            where {_SEEN} and a.revoked_at is null
            order by lower(p.name) collate "C", p.id""",
        tenant_of(ctx),
    )


async def of_agent(ctx: Context, agent: UUID) -> list[Row]:
    """Its phones that hang on a port and are not out of work.

    `settled`: it went before an alarm that named it was over, so it does not count once more.
    """
    return await ctx.db.all(
        f"""select p.id, p.port, p.alive, p.because, p.offline_since,
                   exists (select from hub_alarm h
                           where h.organisation_id = p.organisation_id and h.agent_id = p.agent_id
                             and p.id = any(h.phones) and h.cleared_at >= p.offline_since) as settled
            from phone p
            where {_SEEN} and p.agent_id = %(agent)s and p.port <> '' and p.state = 'active'
            order by p.id""",
        {**tenant_of(ctx), "agent": agent},
    )


async def open_alarms(ctx: Context, agents: Collection[UUID]) -> list[Row]:
    """Oldest first."""
    return await ctx.db.all(
        """select id, agent_id, hub, phones, raised_at from hub_alarm
           where organisation_id = %(organisation)s and agent_id = any(%(agents)s) and cleared_at is null
           order by raised_at, id""",
        {"organisation": ctx.organisation, "agents": list(agents)},
    )


async def raise_alarm(ctx: Context, agent: UUID, id: UUID, hub: str, phones: Collection[UUID]) -> None:
    await ctx.db.execute(
        """insert into hub_alarm (organisation_id, id, agent_id, hub, phones)
           values (%(organisation)s, %(id)s, %(agent)s, %(hub)s, %(phones)s)""",
        {"organisation": ctx.organisation, "id": id, "agent": agent, "hub": hub, "phones": sorted(phones)},
    )


async def widen(ctx: Context, id: UUID, hub: str, phones: Collection[UUID]) -> None:
    """More phones of the same incident went."""
    await ctx.db.execute(
        """update hub_alarm set hub = %(hub)s, phones = %(phones)s
           where organisation_id = %(organisation)s and id = %(id)s""",
        {"organisation": ctx.organisation, "id": id, "hub": hub, "phones": sorted(phones)},
    )


async def clear(ctx: Context, id: UUID) -> None:
    await ctx.db.execute(
        """update hub_alarm set cleared_at = clock_timestamp()
           where organisation_id = %(organisation)s and id = %(id)s""",
        {"organisation": ctx.organisation, "id": id},
    )
