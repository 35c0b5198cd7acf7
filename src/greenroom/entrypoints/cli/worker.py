"""`greenroom worker`: one worker process, for machines beside the one that runs `greenroom up`."""

import os

import click

from greenroom.infra.logs import set_up_logging
from greenroom.infra.settings import Settings
from greenroom.kit.errors import Unavailable


@click.command()
@click.option("--queues", default="io,cpu", show_default=True, help="Which queues to work on, with commas between.")
def command(queues: str) -> None:
    """Run jobs until stopped (Ctrl-C).

    `greenroom up` starts workers by itself. Start more with this on the same machine, or on another one that has
    GREENROOM_DATABASE_URL and the same media folder.
    """
    from greenroom.entrypoints.worker import check_queues, work

    settings = Settings()
    names = [name.strip() for name in queues.split(",") if name.strip()]
    check_queues(names)
    set_up_logging(settings.home, f"worker-{os.getpid()}", settings.log_level, stderr="info")
    work(settings, _database_url(settings), names, ready=lambda: click.echo(f"Working on {', '.join(names)}."))


def _database_url(settings: Settings) -> str:
    if settings.database_url:
        return settings.database_url
    from greenroom.infra.postgres.server import EmbeddedPostgres

    server = EmbeddedPostgres(settings.home, pg_bin=settings.pg_bin)
    addresses = server.addresses() if server.status().running else None
    if addresses is None:
        raise Unavailable("The database of this home does not run; start it with `greenroom up`")
    return addresses.app
