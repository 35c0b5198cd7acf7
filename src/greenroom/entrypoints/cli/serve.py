"""`greenroom serve`: one server process, for machines that share a database elsewhere."""

import os

import click

from greenroom.infra.settings import Settings
from greenroom.kit.errors import Unavailable


@click.command()
def command() -> None:
    """Serve the API and the page until stopped (Ctrl-C).

    `greenroom up` does this by itself. Start as many of these as you like, on machines that have
    GREENROOM_DATABASE_URL and the same media folder; GREENROOM_HOST and GREENROOM_PORT say where each listens.
    """
    from greenroom.entrypoints.listen import listen, url_of
    from greenroom.entrypoints.serve import serve
    from greenroom.infra.logs import set_up_logging

    settings = Settings()
    if settings.database_url is None:
        raise Unavailable("Set GREENROOM_DATABASE_URL; without a database elsewhere, `greenroom up` runs everything")
    set_up_logging(settings.home, f"server-{os.getpid()}", settings.log_level, stderr="info")
    with listen(settings.host, settings.port) as sock:
        url = url_of(settings.host, sock.getsockname()[1])
        serve(settings, settings.database_url, sock, ready=lambda _: click.echo(f"Serving {url}"))
