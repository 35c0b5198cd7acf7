"""`greenroom jobs`: what the workers do."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from greenroom.entrypoints.client import calling
from greenroom.entrypoints.client.tables import Column, show, show_one
from greenroom.entrypoints.client.watching import watch

if TYPE_CHECKING:
    from greenroom.entrypoints.client.api import Api

COLUMNS = (
    Column("id", lambda job: job["id"]),
    Column("state", lambda job: job["state"]),
    Column("", lambda job: f"{job['fraction']:.0%}" if job["state"] == "running" else ""),
    Column("made", lambda job: calling.local(job["created_at"])),
    Column("title", lambda job: job["title"], loose=True),
    Column("message", lambda job: job["error"] or job["message"], loose=True),
)


@click.group(epilog=calling.EXITS)
def command() -> None:
    """Long work: what is queued, running, done."""


@command.command("list", epilog=calling.EXITS)
@click.option("--state", type=click.Choice(["live", "queued", "running", "done", "failed", "cancelled"]))
@click.option("--about", type=click.UUID, help="Jobs for this content or post.")
@calling.client
@calling.limit
@calling.as_json
@calling.calls_api
def list_jobs(
    api: "Api", state: str | None, about: UUID | None, client: UUID | None, limit: int, as_json: bool
) -> None:
    """The newest jobs first; `live` is queued or running."""
    found = api.items("/jobs", limit=limit, state=state, subject=about, client=client)
    show(found, COLUMNS, as_json=as_json, none="No such job.")


@command.command("show", epilog=calling.EXITS)
@click.argument("job", type=click.UUID)
@calling.as_json
@calling.calls_api
def show_job(api: "Api", job: UUID, as_json: bool) -> None:
    """One job."""
    tell(api.get(f"/jobs/{job}"), as_json=as_json)


@command.command(epilog=calling.EXITS)
@click.argument("job", type=click.UUID)
@calling.as_json
@calling.calls_api
def cancel(api: "Api", job: UUID, as_json: bool) -> None:
    """Stop a job; a running one stops within about a second."""
    tell(api.post(f"/jobs/{job}/cancel"), as_json=as_json)


@command.command(epilog=calling.EXITS)
@click.argument("job", type=click.UUID)
@calling.as_json
@calling.calls_api
def retry(api: "Api", job: UUID, as_json: bool) -> None:
    """Start a failed or cancelled job again; what it had finished is not made again."""
    tell(api.post(f"/jobs/{job}/retry"), as_json=as_json)


@command.command("watch", epilog=calling.EXITS + " 1 also when the job failed or was cancelled.")
@click.argument("job", type=click.UUID)
@calling.as_json
@calling.calls_api
def watch_job(api: "Api", job: UUID, as_json: bool) -> int:
    """Follow a job to its end. Ctrl-C asks whether to cancel it; without a terminal it goes on."""
    ended = watch(api, str(job), cancel=lambda: api.post(f"/jobs/{job}/cancel"), how=f"greenroom jobs cancel {job}")
    tell(ended, as_json=as_json)
    return 0 if ended["state"] == "done" else 1


def tell(job: dict[str, Any], *, as_json: bool) -> None:
    progress = f"{job['fraction']:.0%}" if job["state"] == "running" else None
    show_one(
        job,
        (
            ("Job", job["id"]),
            ("Title", job["title"]),
            ("State", " ".join(filter(None, (job["state"], progress)))),
            ("Message", job["message"]),
            ("Error", job["error"]),
            ("About", " ".join(filter(None, (job["subject_type"], job["subject_id"])))),
            ("Made", calling.local(job["created_at"])),
            ("Ended", calling.local(job["ended_at"])),
        ),
        as_json=as_json,
    )
