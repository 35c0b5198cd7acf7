"""The one-time code with which the agent of `greenroom up`'s virtual phones is enrolled; made beside the database."""

import asyncio
from uuid import UUID

from greenroom.entrypoints.house import make_house
from greenroom.infra.context import Actor, Context, House
from greenroom.infra.database import Scope
from greenroom.infra.settings import Settings
from greenroom.phones import facade as phones
from greenroom.phones.contracts import NewAgent
from greenroom.tenancy import facade as tenancy

NAME = "Virtual phones"
LOOK = 0.5  # seconds between two looks for the first organisation
_ACTOR = Actor("system", None, "virtual phones")


def lab_code(settings: Settings, database_url: str) -> str:
    """Waits until the installation has an organisation, which then has an agent more that waits for this code."""
    return asyncio.run(_made(make_house(settings, database_url, connections=1)))


async def _made(house: House) -> str:
    await house.database.open()
    try:
        while (organisation := await _first(house)) is None:  # noqa: ASYNC110 - any process may make it, unheard here
            await asyncio.sleep(LOOK)
        return await _code(house, organisation)
    finally:
        await house.database.close()


async def _first(house: House) -> UUID | None:
    async with house.database.transaction() as tx:
        return await tenancy.first_organisation(tx)


async def _code(house: House, organisation: UUID) -> str:
    async with house.database.transaction(Scope(organisation, (), str(_ACTOR))) as tx:
        ctx = Context(organisation, (), None, _ACTOR, tx, house.clock, house)
        return (await phones.add_agent(ctx, NewAgent(name=NAME))).code
