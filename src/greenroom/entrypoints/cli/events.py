"""`greenroom events`: what happens, line by line, through broken lines and restarts."""

import json
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import click

from greenroom.entrypoints.client import calling
from greenroom.entrypoints.client.tables import isolated, safe

if TYPE_CHECKING:
    from greenroom.entrypoints.client.api import Api
    from greenroom.entrypoints.client.news import News

_QUIET = 1.5
"""Seconds without news after which everything that had happened has been told."""
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_PLACE = re.compile(r"\d{1,20}-[0-9a-f-]{36}")


@click.command(epilog=calling.EXITS)
@click.option("--follow", is_flag=True, help="Go on with what happens next, until Ctrl-C.")
@click.option(
    "--since",
    help="An event's `id` from --json, a time, or how long ago as in 90s, 20m, 2h, 3d.  [default: 1h, or now]",
)
@click.option("--progress", is_flag=True, help="Jobs' progress too; it tells of the moment only.")
@calling.client
@click.option("--json", "as_json", is_flag=True, help="Print `id` and the API's `event` object, a line each.")
@calling.calls_api
def command(api: "Api", follow: bool, since: str | None, progress: bool, client: UUID | None, as_json: bool) -> None:
    """What happened in the last hour; with --follow what happens from now on.

    A broken line is taken up again where it broke off: no event is missing, none is told twice.
    """
    from greenroom.entrypoints.client.news import Reader

    if since is None and not follow:
        since = "1h"
    last, after = _begin(since)
    reader = Reader(api, last, str(client) if client else None, quiet=None if follow else _QUIET)
    read = reader.read(lost=lambda: click.echo("The line broke; trying again.", err=True))
    try:
        for news in read if follow else _past(read):
            if _is_wanted(news, after, progress):
                _tell(news, as_json)
    except KeyboardInterrupt:
        """Asked to stop; that is how it ends."""


def _begin(since: str | None) -> tuple[str | None, datetime | None]:
    """The place to read from, and the time from which events are told."""
    from greenroom.entrypoints.client.news import BEGINNING

    if since is None:
        return None, None
    if _PLACE.fullmatch(since):
        return since, None
    ago = re.fullmatch(r"(\d{1,6})([smhd])", since)
    if ago:
        return BEGINNING, datetime.now(UTC) - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
    try:
        return BEGINNING, datetime.fromisoformat(since).astimezone()
    except ValueError:
        raise click.UsageError("Write --since as an event's id, 2026-11-22T09:00 or 2h") from None


def _past(read: Iterator["News"]) -> Iterator["News"]:
    """Only what had happened when the command began."""
    began, told = datetime.now(UTC), time.monotonic()
    for news in read:
        if news.id is None:
            if time.monotonic() - told > _QUIET:
                return
            continue
        if datetime.fromisoformat(news.event["at"]) > began:
            return
        told = time.monotonic()
        yield news


def _is_wanted(news: "News", after: datetime | None, progress: bool) -> bool:
    if news.id is None:
        return progress
    return after is None or datetime.fromisoformat(news.event["at"]) >= after


def _tell(news: "News", as_json: bool) -> None:
    event = news.event
    if as_json:
        click.echo(json.dumps({"id": news.id, "event": event}, separators=(",", ":")))
        return
    at = event["at"] or datetime.now(UTC).isoformat()
    moment = datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    what = isolated(safe(event["message"]))
    if news.id is None:
        what = f"{event['data']['fraction']:.0%} {what}"
    severity = "" if event["severity"] == "info" else f"{event['severity'].upper()} "
    click.echo(f"{moment}  {safe(event['kind'])}  {severity}{what}".rstrip())
