"""The ticks of this room: leases that time ends, and agents of which nothing is heard."""

import asyncio
from uuid import UUID

from greenroom.infra.context import Actor, Context, House
from greenroom.infra.database import Scope
from greenroom.infra.jobs import Registry
from greenroom.kit.errors import NotFound
from greenroom.phones import agent_desk, agent_store, file_keep, history_store, lease_store
from greenroom.phones.lease_ends import settle_lease
from greenroom.phones.rules import GRACE, IDLE

_AT_ONCE = 200
_ACTOR = Actor("system", None, "phones")


def register(registry: Registry) -> None:
    registry.every("phones.leases", seconds=5, call=settle_leases)
    registry.every("phones.agents", seconds=2, call=give_up_agents)
    registry.every("phones.history", seconds=3600, call=tidy_history)
    registry.every("phones.files", seconds=300, call=forget_files)


async def settle_leases(house: House) -> None:
    async with house.database.transaction() as tx:
        found = await lease_store.to_settle(tx, IDLE, GRACE, _AT_ONCE)
    for row in found:
        await _settle(house, row["organisation_id"], row["client_id"], row["phone_id"])


async def give_up_agents(house: House) -> None:
    async with house.database.transaction() as tx:
        found = await agent_store.silent(tx, agent_desk.PATIENCE, _AT_ONCE)
    for row in found:
        async with house.database.transaction() as tx:
            ctx = await agent_desk.acting(tx, house, row["id"])
            if ctx is not None:
                await agent_desk.give_up(ctx, row["id"])


async def tidy_history(house: House) -> None:
    async with house.database.transaction() as tx:
        await history_store.tidy(tx)


async def forget_files(house: House) -> None:
    await asyncio.to_thread(file_keep.forget_older, house.settings)


async def _settle(house: House, organisation: UUID, client: UUID | None, phone: UUID) -> None:
    clients = (client,) if client else ()
    try:
        async with house.database.transaction(Scope(organisation, clients, str(_ACTOR))) as tx:
            await settle_lease(Context(organisation, clients, client, _ACTOR, tx, house.clock, house), phone)
    except NotFound:
        return  # it was given to another client meanwhile, which ended the lease
