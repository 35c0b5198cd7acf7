"""What a server or a worker by itself needs before it begins: its home, and a database with this version's schema."""

import asyncio

import psycopg

from greenroom.entrypoints.health import schema_of
from greenroom.infra.database import Database
from greenroom.infra.home import prepare_home
from greenroom.infra.settings import Settings
from greenroom.kit.errors import Unavailable


def ready_database(settings: Settings) -> str:
    """The application's address of a database that answers and has this version's schema. Raises Unavailable.

    Migrates it first when the settings have the owner's address too. Without any address it is the embedded one of
    the home, which `greenroom up` must have started.
    """
    prepare_home(settings.home)
    url = settings.database_url or _embedded(settings)
    try:
        if settings.database_url and settings.owner_database_url:
            from greenroom.infra.migrate import migrate

            migrate(settings.owner_database_url)
        psycopg.connect(url, connect_timeout=10).close()
    except psycopg.OperationalError as error:
        said = str(error).strip().splitlines()
        raise Unavailable(f"The database cannot be reached ({said[-1] if said else 'no answer'})") from error
    if asyncio.run(_schema(url)) == "behind":
        raise Unavailable(
            "The database lacks migrations of this version; set GREENROOM_OWNER_DATABASE_URL for one start, which"
            " makes them"
        )
    return url


async def _schema(url: str) -> str:
    database = Database(url, size=1)
    await database.open()
    try:
        return await schema_of(database)
    finally:
        await database.close()


def _embedded(settings: Settings) -> str:
    from greenroom.infra.postgres.server import EmbeddedPostgres

    server = EmbeddedPostgres(settings.home, pg_bin=settings.pg_bin)
    addresses = server.addresses() if server.status().running else None
    if addresses is None:
        raise Unavailable(
            "Set GREENROOM_DATABASE_URL to a database elsewhere, or start this home's own with `greenroom up`"
        )
    return addresses.app
