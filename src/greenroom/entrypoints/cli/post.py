"""`greenroom post`: planning, publishing, calling off, taking down approved content."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

import click

from greenroom.entrypoints.cli.accounts import account_of
from greenroom.entrypoints.client import calling
from greenroom.entrypoints.client.tables import Column, show, show_one

if TYPE_CHECKING:
    from greenroom.entrypoints.client.api import Api

STATES = (
    "draft", "approved", "scheduled", "claimed", "publishing", "published", "missed", "failed", "unknown",
    "cancelled", "removed",
)  # fmt: skip
COLUMNS = (
    Column("id", lambda post: post["id"]),
    Column("state", lambda post: post["state"]),
    Column("when", lambda post: when(post)),
    Column("account", lambda post: f"@{post['account']['handle']}", loose=True),
    Column("title", lambda post: post["content"]["title"], loose=True),
    Column("views", lambda post: post["views"]),
)


@click.group(epilog=calling.EXITS)
def command() -> None:
    """Posts: approved content, bound for an account at a time.

    Approving isn't here: a person looks at the video in the browser and decides.
    """


@command.command("list", epilog=calling.EXITS)
@click.option("--state", "states", multiple=True, type=click.Choice(STATES), help="Any of these; give it again.")
@click.option("--account", help="Id, handle or name.")
@click.option("--content", type=click.UUID)
@calling.client
@calling.limit
@calling.as_json
@calling.calls_api
def list_posts(
    api: "Api",
    states: tuple[str, ...],
    account: str | None,
    content: UUID | None,
    client: UUID | None,
    limit: int,
    as_json: bool,
) -> None:
    """Posts by the time they went or go out, latest first."""
    at = account_of(api, account)["id"] if account else None
    found = api.items("/posts", limit=limit, state=list(states) or None, account=at, content=content, client=client)
    show(found, COLUMNS, as_json=as_json, none="No such post.")


@command.command("show", epilog=calling.EXITS)
@click.argument("post", type=click.UUID)
@calling.as_json
@calling.calls_api
def show_post(api: "Api", post: UUID, as_json: bool) -> None:
    """One post, with its attempts."""
    tell(api.get(f"/posts/{post}"), as_json=as_json)


@command.command(epilog=calling.EXITS)
@click.argument("content", type=click.UUID)
@click.argument("account")
@click.option("--at", help="Wall time, as in 2026-11-22T09:00.")
@click.option("--now", is_flag=True, help="Publish it now.")
@click.option("--zone", help="Time zone of --at, as in Europe/Berlin; your own when absent.")
@click.option("--caption", help="The content's own when absent.")
@click.option("--hashtag", "hashtags", multiple=True, help="Give it again for more; the content's own when absent.")
@click.option("--again", is_flag=True, help="The same content may go to the same account twice.")
@calling.key
@calling.as_json
@calling.calls_api
def create(
    api: "Api",
    content: UUID,
    account: str,
    at: str | None,
    now: bool,
    zone: str | None,
    caption: str | None,
    hashtags: tuple[str, ...],
    again: bool,
    key: str | None,
    as_json: bool,
) -> None:
    """Plan approved CONTENT for ACCOUNT (id, handle or name): at a wall time, or now."""
    if (at is None) != now:
        raise click.UsageError("Say either --at TIME or --now")
    body: dict[str, Any] = {
        "content_id": str(content),
        "account_id": account_of(api, account)["id"],
        "at": at_wall(api, at, zone) if at else None,
        "again": again,
    }
    if caption is not None:
        body["caption"] = caption
    if hashtags:
        body["hashtags"] = list(hashtags)
    tell(api.post("/posts", body, key=key), as_json=as_json)


@command.command(epilog=calling.EXITS)
@click.argument("post", type=click.UUID)
@click.option("--at", required=True, help="Wall time, as in 2026-11-22T09:00.")
@click.option("--zone", help="Time zone, as in Europe/Berlin; your own when absent.")
@calling.as_json
@calling.calls_api
def schedule(api: "Api", post: UUID, at: str, zone: str | None, as_json: bool) -> None:
    """Give a post that has not left yet another time."""
    body = {"at": at_wall(api, at, zone)}
    version = api.get(f"/posts/{post}")["version"]
    tell(api.patch(f"/posts/{post}", body, version=version), as_json=as_json)


@command.command(epilog=calling.EXITS)
@click.argument("post", type=click.UUID)
@calling.key
@calling.as_json
@calling.calls_api
def publish(api: "Api", post: UUID, key: str | None, as_json: bool) -> None:
    """Now, whatever its time; one whose outcome is unknown is looked for again and not sent twice."""
    tell(api.post(f"/posts/{post}/publish", key=key), as_json=as_json)


@command.command(epilog=calling.EXITS)
@click.argument("post", type=click.UUID)
@calling.key
@calling.as_json
@calling.calls_api
def cancel(api: "Api", post: UUID, key: str | None, as_json: bool) -> None:
    """Call off a post that has not left yet."""
    tell(api.post(f"/posts/{post}/cancel", key=key), as_json=as_json)


@command.command("take-down", epilog=calling.EXITS)
@click.argument("post", type=click.UUID)
@calling.key
@calling.as_json
@calling.calls_api
def take_down(api: "Api", post: UUID, key: str | None, as_json: bool) -> None:
    """Take a published post off its platform."""
    tell(api.post(f"/posts/{post}/take-down", key=key), as_json=as_json)


def at_wall(api: "Api", at: str, zone: str | None) -> dict[str, str]:
    """The wall time and zone as the API takes them. Raises UsageError for what is no such time or zone."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        raise click.UsageError("Write the time as in 2026-11-22T09:00") from None
    if moment.tzinfo is not None:
        raise click.UsageError("Write the wall time without an offset, and its zone with --zone")
    zone = zone or str(api.get("/session")["user"]["zone"])
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError):
        raise click.UsageError(f"{zone!r} is no time zone; write one as in Europe/Berlin") from None
    return {"wall": moment.isoformat(timespec="seconds"), "zone": zone}


def when(post: dict[str, Any]) -> str:
    return calling.local(post["posted_at"] or post["due_at"])


def tell(post: dict[str, Any], *, as_json: bool) -> None:
    wall = f"{post['wall_time'].replace('T', ' ')} {post['zone']}" if post["wall_time"] else None
    show_one(
        post,
        (
            ("Post", post["id"]),
            ("Title", post["content"]["title"]),
            ("Account", f"@{post['account']['handle']} ({post['account']['platform']})"),
            ("State", post["state"]),
            ("Why", post["state_reason"]),
            ("Planned for", wall),
            ("Note", post["note"]),
            ("Published", calling.local(post["posted_at"])),
            ("Address", post["permalink"]),
            ("Caption", post["caption"]),
            ("Hashtags", " ".join(f"#{tag}" for tag in post["hashtags"])),
            ("Attempts", len(post["attempts"])),
        ),
        as_json=as_json,
    )
