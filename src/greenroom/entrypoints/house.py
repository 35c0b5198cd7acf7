"""The parts that live as long as a process, put together from settings."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from greenroom.entrypoints.database import open_database
from greenroom.entrypoints.running import is_held
from greenroom.infra.context import House
from greenroom.infra.database import Database
from greenroom.infra.settings import Settings
from greenroom.infra.store import open_store
from greenroom.infra.vault.master import master_key
from greenroom.infra.vault.vault import Vault
from greenroom.kit.clock import SystemClock


def make_house(settings: Settings, app_url: str, *, connections: int = 8) -> House:
    """The parts, none of them opened yet."""
    database, vault = Database(app_url, size=connections), Vault(master_key(settings))
    return House(settings, database, open_store(settings), SystemClock(), vault)


@asynccontextmanager
async def opened(house: House) -> AsyncIterator[House]:
    """The same parts, with their connections open for the time of the block."""
    await house.database.open()
    try:
        await house.vault.start(house.database)
        yield house
    finally:
        await house.database.close()


@asynccontextmanager
async def house_of_command(settings: Settings) -> AsyncIterator[House]:
    """The parts for one command on the server itself; an embedded database that nobody uses is stopped again."""
    in_use = is_held(settings.home)
    database = open_database(settings)
    try:
        async with opened(make_house(settings, database.app_url, connections=2)) as house:
            yield house
    finally:
        if not in_use:
            database.close()
