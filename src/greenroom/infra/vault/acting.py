"""Contexts for the vault's upkeep: one organisation, all of its clients, on behalf of whoever runs the command."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from greenroom.infra.context import Actor, Context, House
from greenroom.infra.database import Scope
from greenroom.infra.vault import store


@asynccontextmanager
async def acting(house: House, organisation: UUID, name: str) -> AsyncIterator[Context]:
    """A transaction over everything that the organisation has, committed at the end of the block."""
    actor = Actor("command", None, name)
    async with house.database.transaction(Scope(organisation, (), str(actor))) as tx:
        clients = tuple(await store.client_ids(tx, organisation))
    async with house.database.transaction(Scope(organisation, clients, str(actor))) as tx:
        yield Context(organisation, clients, None, actor, tx, house.clock, house)
