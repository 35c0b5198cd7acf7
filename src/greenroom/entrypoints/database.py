"""The installation's database: the embedded server of the home, or one elsewhere that the settings name."""

from dataclasses import dataclass

from greenroom.infra.postgres.server import EmbeddedPostgres
from greenroom.infra.settings import Settings


@dataclass(frozen=True, slots=True)
class InstalledDatabase:
    """What the supervisor needs of a database. `server` is None for one elsewhere, which is not ours to start."""

    app_url: str
    owner_url: str | None
    server: EmbeddedPostgres | None

    def lives(self) -> bool:
        """Whether our own server's main process runs; a database elsewhere is taken to."""
        return self.server is None or self.server.status().running

    def close(self) -> None:
        if self.server is not None:
            self.server.stop()


def open_database(settings: Settings) -> InstalledDatabase:
    """Start the embedded server unless the settings name another, and bring the schema up to date.

    A database elsewhere is migrated only when the owner's address is known too.
    """
    database = _find(settings)
    if database.owner_url is not None:
        from greenroom.infra.migrate import migrate

        try:
            migrate(database.owner_url)
        except BaseException:
            database.close()
            raise
    return database


def check_vault(settings: Settings, database: InstalledDatabase) -> None:
    """Raise WrongKey, making nothing, when the vault's key here is not the one that this database needs."""
    if database.owner_url is None:  # may not be migrated yet; each process checks for itself
        return
    import psycopg

    from greenroom.infra.vault.master import master_key, prepare
    from greenroom.infra.vault.store import IN_USE

    with psycopg.connect(database.app_url) as connection:
        prepare(master_key(settings), [id for (id,) in connection.execute(IN_USE)])


def _find(settings: Settings) -> InstalledDatabase:
    if settings.database_url:
        return InstalledDatabase(settings.database_url, settings.owner_database_url, None)
    server = EmbeddedPostgres(settings.home, pg_bin=settings.pg_bin)
    addresses = server.start()
    return InstalledDatabase(addresses.app, addresses.owner, server)
