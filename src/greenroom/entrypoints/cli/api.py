"""`greenroom api`: one server process by itself, for installations of several machines."""

import os
from typing import Any

import click

from greenroom.infra.settings import Settings


@click.command()
@click.option("--host", help="Address to listen on (GREENROOM_HOST; 127.0.0.1).")
@click.option("--port", type=int, help="Port to listen on (GREENROOM_PORT; 8000). A busy one is an error.")
def command(host: str | None, port: int | None) -> None:
    """Serve the API and the page until stopped (Ctrl-C, SIGTERM).

    `greenroom up` does this by itself. Start as many of these as you like behind a load balancer, on machines that
    have GREENROOM_DATABASE_URL, the same media store and the same vault keys.

    /api/v1/health says whether one can serve, /api/v1/health/live whether it lives. Asked to stop, it takes no more
    and finishes what it has; asked twice, it stops at once.
    """
    from greenroom.entrypoints.listen import listen, url_of
    from greenroom.entrypoints.ready import ready_database
    from greenroom.entrypoints.serve import serve
    from greenroom.infra.logs import set_up_logging

    given: dict[str, Any] = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = Settings(**given)
    with listen(settings.host, settings.port, tries=1) as sock:
        url = ready_database(settings)
        set_up_logging(settings.home, f"server-{os.getpid()}", settings.log_level, stderr="info")
        address = url_of(settings.host, sock.getsockname()[1])

        def ready(first_run: str | None) -> None:
            click.echo(f"Serving {address}")
            if first_run:
                click.echo(f"First   {address}{first_run}\n        makes the first administrator; it works once")

        serve(settings, url, sock, ready=ready, grace=settings.stop_within)
    click.echo("Stopped.")
