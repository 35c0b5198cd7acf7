"""The parts that live as long as a process, put together from settings."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from greenroom.infra.context import House
from greenroom.infra.database import Database
from greenroom.infra.settings import Settings
from greenroom.infra.store import MediaStore
from greenroom.kit.clock import SystemClock


def make_house(settings: Settings, app_url: str, *, connections: int = 8) -> House:
    """The parts, none of them opened yet."""
    return House(settings, Database(app_url, size=connections), MediaStore(settings.media), SystemClock())


@asynccontextmanager
async def opened(house: House) -> AsyncIterator[House]:
    """The same parts, with their connections open for the time of the block."""
    await house.database.open()
    try:
        yield house
    finally:
        await house.database.close()


@asynccontextmanager
async def house_of_command(settings: Settings) -> AsyncIterator[House]:
    """The parts for one command on the server itself: the embedded database is started when it does not run."""
    from greenroom.infra.migrate import migrate
    from greenroom.infra.postgres.server import EmbeddedPostgres

    if settings.database_url:
        async with opened(make_house(settings, str(settings.database_url), connections=2)) as house:
            yield house
        return
    server = EmbeddedPostgres(settings.home, pg_bin=settings.pg_bin)
    was_running = server.status().running
    addresses = server.start()
    try:
        if not was_running:
            migrate(addresses.owner)
        async with opened(make_house(settings, addresses.app, connections=2)) as house:
            yield house
    finally:
        if not was_running:
            server.stop()
