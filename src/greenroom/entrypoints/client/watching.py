"""Waiting for a job in a terminal: one line that is written over, and a question when Ctrl-C comes."""

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from greenroom.entrypoints.client.calling import Stopped
from greenroom.entrypoints.client.tables import cut, safe

if TYPE_CHECKING:
    from greenroom.entrypoints.client.api import Api

_LOOK = 0.5
_LIVE = ("queued", "running")


def watch(api: "Api", job_id: str, *, cancel: Callable[[], Any], how: str) -> dict[str, Any]:
    """The job once it has ended. Ctrl-C asks whether to `cancel` it; `how` is the command that does so later."""
    said = ""
    try:
        while True:
            job = api.get(f"/jobs/{job_id}")
            if job["state"] not in _LIVE:
                return job
            said = _tell(job, said)
            time.sleep(_LOOK)
    except KeyboardInterrupt:
        _clear()
        _ask(cancel, how)
        raise Stopped("Stopped waiting.") from None
    finally:
        _clear()


def _ask(cancel: Callable[[], Any], how: str) -> None:
    """Cancel only when a person says so; else say that it goes on."""
    try:
        wanted = sys.stdin.isatty() and click.confirm("Cancel it as well?", default=False, err=True)
    except (click.Abort, KeyboardInterrupt):
        wanted = False
    if wanted:
        cancel()
        click.echo("Cancelled.", err=True)
    else:
        click.echo(f"It goes on at the server; `{how}` cancels it.", err=True)


def _tell(job: dict[str, Any], said: str) -> str:
    line = safe(job["message"]) or ("Waits for a worker" if job["state"] == "queued" else safe(job["stage"]))
    left = f"  {job['eta_seconds']:.0f} s left" if job["eta_seconds"] is not None else ""
    if sys.stderr.isatty():
        full = round(job["fraction"] * 24)
        bar = f"{'█' * full}{'░' * (24 - full)} {job['fraction']:4.0%}"
        click.echo(f"\r\033[K{bar}  {cut(line, 40)}{left}", nl=False, err=True)
    elif line != said:
        click.echo(f"{job['fraction']:4.0%}  {line}", err=True)
    return line


def _clear() -> None:
    if sys.stderr.isatty():
        click.echo("\r\033[K", nl=False, err=True)
