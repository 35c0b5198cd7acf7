"""`greenroom content`: videos from brief to review."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from greenroom.entrypoints.client import calling
from greenroom.entrypoints.client.tables import Column, safe, show, show_json, show_one
from greenroom.entrypoints.client.watching import watch

if TYPE_CHECKING:
    from greenroom.entrypoints.client.api import Api

STATES = ("scripting", "generating", "assembling", "checking", "review", "approved", "rejected", "failed", "cancelled")
_LARGEST = 1024 * 1024
COLUMNS = (
    Column("id", lambda content: content["id"]),
    Column("status", lambda content: content["status"]),
    Column("", lambda content: f"{content['progress']['fraction']:.0%}" if content["progress"] else ""),
    Column("made", lambda content: calling.local(content["created_at"])),
    Column("character", lambda content: content["character"]["name"], loose=True),
    Column("topic", lambda content: content["topic"], loose=True),
)


@click.group(epilog=calling.EXITS)
def command() -> None:
    """Videos: asked for, made, waiting for a person.

    Approving isn't here: a person looks at the video in the browser and decides.
    """


@command.command("list", epilog=calling.EXITS)
@click.option("--status", type=click.Choice(STATES))
@click.option("--words", help="Words of topic or title.")
@calling.client
@calling.limit
@calling.as_json
@calling.calls_api
def list_contents(
    api: "Api", status: str | None, words: str | None, client: UUID | None, limit: int, as_json: bool
) -> None:
    """The newest first."""
    found = api.items("/contents", limit=limit, status=status, q=words, client=client)
    show(found, COLUMNS, as_json=as_json, none="No such video.")


@command.command("show", epilog=calling.EXITS)
@click.argument("content", type=click.UUID)
@calling.as_json
@calling.calls_api
def show_content(api: "Api", content: UUID, as_json: bool) -> None:
    """One video: its state, what the checks found, where it lies."""
    tell(api.get(f"/contents/{content}"), as_json=as_json)


@command.command(epilog=calling.EXITS + " With --wait 1 also when the making failed or a check blocks it.")
@click.argument("brief", nargs=-1, required=True)
@click.option("--character", help="Id, handle or name; your only one when absent.")
@click.option("--text", type=click.Path(path_type=Path), help="A file that claims may come from; - is standard input.")
@click.option("--format", "format_", default="explainer", show_default=True)
@click.option("--seconds", default=30, show_default=True, type=click.IntRange(15, 60))
@click.option("--wait", is_flag=True, help="Show how it goes until a person can look at it.")
@calling.client
@calling.as_json
@calling.calls_api
def make(
    api: "Api",
    brief: tuple[str, ...],
    character: str | None,
    text: Path | None,
    format_: str,
    seconds: int,
    wait: bool,
    client: UUID | None,
    as_json: bool,
) -> int:
    """Ask for a video about BRIEF, the words of its topic.

    With only a topic the script asks and claims nothing; claims come from --text and keep their source.
    """
    body: dict[str, Any] = {
        "character_id": _character(api, character, client),
        "topic": " ".join(brief),
        "format": format_,
        "seconds": seconds,
    }
    if text is not None:
        body |= {"text": _read(text), "text_name": "standard input" if str(text) == "-" else text.name}
    started = api.post("/contents", body, again=False, client=client)
    return _started(api, started, wait=wait, as_json=as_json)


@command.command(epilog=calling.EXITS)
@click.argument("content", type=click.UUID)
@click.option(
    "--set", "edit", type=click.Path(path_type=Path), help="A JSON file with what changes; - is standard input."
)
@calling.as_json
@calling.calls_api
def script(api: "Api", content: UUID, edit: Path | None, as_json: bool) -> None:
    """The script of a video; with --set change it, and only what follows from the change is made again.

    The file holds any of title, hook, beats, closing, caption and hashtags, as `--json` prints them.
    """
    found = api.get(f"/contents/{content}")
    if edit is not None:
        try:
            change = json.loads(_read(edit))
        except ValueError as error:
            raise click.UsageError(f"{edit} is not JSON: {error}") from error
        started = api.patch(f"/contents/{content}/script", change, version=found["version"])
        _started(api, started, wait=False, as_json=as_json)
        return
    words = found["script"]
    if words is None:
        click.echo("It has no script yet.", err=True)
    elif as_json:
        show_json(words)
    else:
        said = [beat["narration"] for beat in words["beats"]]
        click.echo("\n\n".join(safe(line) for line in (words["title"], words["hook"], *said, words["closing"]) if line))


@command.command(epilog=calling.EXITS)
@click.argument("content", type=click.UUID)
@calling.key
@calling.as_json
@calling.calls_api
def cancel(api: "Api", content: UUID, key: str | None, as_json: bool) -> None:
    """Stop the making."""
    tell(api.post(f"/contents/{content}/cancel", key=key), as_json=as_json)


@command.command(epilog=calling.EXITS)
@click.argument("content", type=click.UUID)
@click.option("--wait", is_flag=True, help="Show how it goes until a person can look at it.")
@calling.key
@calling.as_json
@calling.calls_api
def retry(api: "Api", content: UUID, wait: bool, key: str | None, as_json: bool) -> int:
    """Go on where a failed or cancelled making stopped."""
    return _started(api, api.post(f"/contents/{content}/retry", key=key), wait=wait, as_json=as_json)


def _started(api: "Api", started: dict[str, Any], *, wait: bool, as_json: bool) -> int:
    """Tell what was asked for, or wait until it has ended and tell that."""
    content = started["content"]["id"]
    if not wait:
        if as_json:
            show_json(started)
        else:
            tell(started["content"], as_json=False)
            click.echo(f"It is being made; `greenroom jobs watch {started['job_id']}` follows it.", err=True)
        return 0
    watch(
        api,
        started["job_id"],
        cancel=lambda: api.post(f"/contents/{content}/cancel"),
        how=f"greenroom content cancel {content}",
    )
    ended = api.get(f"/contents/{content}")
    tell(ended, as_json=as_json)
    blocked = any(not check["ok"] and check["level"] == "block" for check in ended["checks"])
    return 0 if ended["status"] == "review" and not blocked else 1


def _character(api: "Api", named: str | None, client: UUID | None) -> str:
    if named is not None:
        return str(calling.one_of(api, "/characters", "character", named, "handle", "name", client=client)["id"])
    found = list(api.items("/characters", limit=2, client=client))
    if len(found) != 1:
        why = "Say which character presents it, with --character" if found else "Make a character in the browser first"
        raise click.UsageError(why)
    return str(found[0]["id"])


def _read(file: Path) -> str:
    try:
        data = sys.stdin.buffer.read(_LARGEST + 1) if str(file) == "-" else file.read_bytes()
        if len(data) > _LARGEST:
            raise click.UsageError(f"{file} is larger than 1 MB; give the part that matters")
        return data.decode("utf-8-sig")
    except OSError as error:
        raise click.UsageError(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{file} is not UTF-8 text; save it as UTF-8") from error


def tell(content: dict[str, Any], *, as_json: bool) -> None:
    progress, render, found = content["progress"], content.get("render"), content.get("checks", ())
    show_one(
        content,
        (
            ("Video", content["id"]),
            ("Topic", content["topic"]),
            ("Title", (content.get("script") or {}).get("title")),
            ("Character", content["character"]["name"]),
            ("Status", content["status"]),
            ("Progress", f"{progress['fraction']:.0%} {progress['message']}" if progress else None),
            ("Error", content["error"]),
            ("Length", f"{content['duration']:.1f} s" if content["duration"] else None),
            ("File", render["video_url"] if render else None),
            ("Version", content["version"]),
            ("Made", calling.local(content["created_at"])),
            *(("Check", f"{one['level']}: {one['reason']}") for one in found if not one["ok"]),
        ),
        as_json=as_json,
    )
