"""`greenroom worker`: one worker process by itself, beside servers on this machine or others."""

import os

import click

from greenroom.infra.logs import set_up_logging
from greenroom.infra.settings import Settings


@click.command()
@click.option("--queues", default="io,cpu", show_default=True, help="Which queues to work on, with commas between.")
def command(queues: str) -> None:
    """Run jobs until stopped (Ctrl-C, SIGTERM).

    `greenroom up` starts workers by itself. Start more with this on the same machine, or on others that have
    GREENROOM_DATABASE_URL, the same media store and the same vault keys. `io` publishes and waits on others, many
    jobs at once; `cpu` renders, one at a time.

    Asked to stop, it takes no more and lets running jobs end within GREENROOM_STOP_WITHIN; what is left goes on in
    another worker. Asked twice, it hands everything over at once.
    """
    from greenroom.entrypoints.ready import ready_database
    from greenroom.entrypoints.worker import check_queues, end_with_threads, work

    settings = Settings()
    names = [name.strip() for name in queues.split(",") if name.strip()]
    check_queues(names)
    url = ready_database(settings)
    set_up_logging(settings.home, f"worker-{os.getpid()}", settings.log_level, stderr="info")
    work(settings, url, names, ready=lambda: click.echo(f"Working on {', '.join(names)}."))
    click.echo("Stopped.")
    end_with_threads()
