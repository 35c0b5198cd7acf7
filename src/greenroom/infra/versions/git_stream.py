"""Versions as a stream for `git fast-import`: one commit a version, one file a definition. Pure.

The same versions always give the same bytes, so that two exports of one organisation are the same history.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from greenroom.kit.text import clean_line, clean_text

BRANCH = "refs/heads/main"
TRAILER = "Greenroom-Version"
_US = "Greenroom <greenroom@greenroom.invalid>"
_EXPORTED = re.compile(r"([0-9a-f-]{36})/([a-z_]+)/([0-9a-f-]{36}) ([1-9][0-9]*)")
Place = tuple[UUID, str, UUID]
"""Client, kind, id."""


@dataclass(frozen=True, slots=True)
class Commit:
    """One version to be written: where, what, by whom."""

    place: Place
    number: int
    title: str
    document: dict[str, Any]
    author: str
    author_id: UUID | None
    at: datetime
    reason: str


def stream(commits: Iterable[Commit], *, onto: bool) -> bytes:
    """The commits in this order; `onto` an existing branch, or as its beginning."""
    return b"feature done\n" + b"".join(_parts(commits, onto)) + b"done\n"


def path_of(place: Place) -> str:
    client, kind, definition = place
    return f"{client}/{kind}/{definition}.json"


def exported(trailers: str) -> dict[Place, int]:
    """The newest version of each definition, from the trailers of a branch's commits."""
    found: dict[Place, int] = {}
    for client, kind, definition, number in _EXPORTED.findall(trailers):
        place = (UUID(client), kind, UUID(definition))
        found[place] = max(found.get(place, 0), int(number))
    return found


def _parts(commits: Iterable[Commit], onto: bool) -> Iterator[bytes]:
    for count, commit in enumerate(commits):
        when = f"{int(commit.at.timestamp())} +0000"
        yield f"commit {BRANCH}\nauthor {_author(commit)} {when}\ncommitter {_US} {when}\n".encode()
        yield _data(_message(commit).encode())
        if onto and count == 0:
            yield f"from {BRANCH}^0\n".encode()
        yield f"M 100644 inline {path_of(commit.place)}\n".encode()
        text = json.dumps(commit.document, indent=2, sort_keys=True, ensure_ascii=False)
        yield _data(f"{text}\n".encode())


def _message(commit: Commit) -> str:
    named = clean_line(str(commit.document.get("name", "")))
    subject = f"{commit.title} {named}".strip()
    client, kind, definition = commit.place
    paragraphs = [
        f"{subject}: version {commit.number}",
        clean_text(commit.reason),
        f"{TRAILER}: {client}/{kind}/{definition} {commit.number}",
    ]
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def _author(commit: Commit) -> str:
    """A line of git's own: a name without what ends it, and an address that reaches nobody."""
    name = clean_line(re.sub(r"[<>\x00-\x1f]", " ", commit.author)) or "Somebody"
    return f"{name} <{commit.author_id or 'greenroom'}@greenroom.invalid>"


def _data(content: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(content), content)
