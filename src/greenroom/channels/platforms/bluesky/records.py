"""The record of a post as the lexicon app.bsky.feed.post has it, with our marker beside. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from greenroom.channels.platforms.adapter import Package
from greenroom.channels.platforms.bluesky.facets import facets
from greenroom.channels.platforms.bluesky.keys import COLLECTION

MARKER, PARTS = "greenroomPost", "greenroomParts"
"""Fields of ours in a record: which post of ours it is, and of how many parts. Readers pass over them."""

AI = "ai-generated"
"""The label that a post carries of its own accord."""


def record(
    package: Package,
    text: str,
    *,
    number: int,
    of: int,
    at: datetime,
    people: Mapping[str, str],
    embed: Mapping[str, Any],
    root: Mapping[str, str] | None,
    parent: Mapping[str, str] | None,
) -> dict[str, Any]:
    """Part `number` of the thread; the first shows the picture or video, the others reply to the one before."""
    made: dict[str, Any] = {
        "$type": COLLECTION,
        "text": text,
        "createdAt": at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "langs": [package.language],
        "labels": {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": AI}]},
        MARKER: package.marker,
        PARTS: of,
    }
    found = facets(text, people)
    if found:
        made["facets"] = found
    if number == 0:
        made["embed"] = dict(embed)
    if root and parent:
        made["reply"] = {"root": dict(root), "parent": dict(parent)}
    return made
