"""`greenroom down`: stop what `greenroom up` started on this home, and wait until it is gone."""

import os
import signal
import time
from pathlib import Path

import click

from greenroom.entrypoints.lab import end_leftover
from greenroom.entrypoints.running import find_running, is_held
from greenroom.infra.settings import Settings
from greenroom.kit.errors import Unavailable

MARGIN = 40.0  # beyond the deadline for server and workers: the database writes what it holds


@click.command()
def command() -> None:
    """Stop the server, the workers and the database; says so when nothing runs."""
    settings = Settings()
    began = time.monotonic()
    if is_held(settings.home):
        _stop_supervisor(settings)
        click.echo(f"Stopped after {time.monotonic() - began:.1f} s.")
        return
    end_leftover(settings.home)
    if not settings.database_url and _stop_leftover(settings):
        click.echo("Stopped the database, which had outlived a crash.")
    else:
        click.echo(f"Nothing runs on {settings.home}.")


def _stop_supervisor(settings: Settings) -> None:
    deadline = time.monotonic() + settings.stop_within.total_seconds() + MARGIN
    asked = False
    while is_held(settings.home):
        running = find_running(settings.home)  # not before it is ready
        if running and not asked:
            os.kill(running.pid, signal.SIGTERM)
            asked = True
        if time.monotonic() > deadline:
            who = f"process {running.pid}" if running else "it"
            raise Unavailable(f"Greenroom does not stop; end {who} by hand (kill -9) and start again")
        time.sleep(0.05)


def _stop_leftover(settings: Settings) -> bool:
    from greenroom.infra.postgres.server import EmbeddedPostgres

    return _was_made(settings.home) and EmbeddedPostgres(settings.home, pg_bin=settings.pg_bin).stop()


def _was_made(home: Path) -> bool:
    return (home / "pg" / "server.json").exists()
