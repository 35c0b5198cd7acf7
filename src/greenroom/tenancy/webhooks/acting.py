"""Transactions for whoever delivers: of one organisation and some of its clients, with nobody signed in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from uuid import UUID

from greenroom.infra.context import Actor, Context, House
from greenroom.infra.database import Row, Scope
from greenroom.tenancy.webhooks import webhook_store as store

_ACTOR = Actor("system", None, "webhooks")


@asynccontextmanager
async def acting(house: House, organisation: UUID, clients: tuple[UUID, ...]) -> AsyncIterator[Context]:
    """A context in a fresh transaction, committed at the end of the block."""
    async with house.database.transaction(Scope(organisation, clients, str(_ACTOR))) as tx:
        yield Context(organisation, clients, None, _ACTOR, tx, house.clock, house)


async def seeing(ctx: Context, clients: tuple[UUID, ...]) -> Context:
    """The same transaction for these clients from here on."""
    await ctx.db.enter(Scope(ctx.organisation, clients, str(_ACTOR)))
    return replace(ctx, clients=clients)


async def due(house: House, most: int) -> list[Row]:
    """Endpoints of all organisations that have something to hear now."""
    async with house.database.transaction() as tx:
        return await store.due(tx, most)


async def tidy(house: House) -> None:
    """Forget deliveries of a month ago that are over."""
    async with house.database.transaction() as tx:
        await store.tidy(tx)
