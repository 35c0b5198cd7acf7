"""What in a text leads somewhere: links, hashtags and mentions, with where they stand in bytes of UTF-8. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from greenroom.kit import graphemes

_LINK = re.compile(r"(?:(?<=^)|(?<=[\s(]))https?://[^\s<>]+")
_TAG = re.compile(r"(?:(?<=^)|(?<=\s))#(?P<tag>\w[\w-]*)")
_MENTION = re.compile(r"(?:(?<=^)|(?<=[\s(]))@(?P<handle>(?:[a-zA-Z0-9][a-zA-Z0-9-]*\.)+[a-zA-Z][a-zA-Z0-9-]*)")
_AFTER = ".,;:!?\"'…"
LONGEST_TAG = 64


def mentioned(text: str) -> list[str]:
    """The handles that the text names, each once, in small letters."""
    return list(dict.fromkeys(match["handle"].lower() for match in _MENTION.finditer(text)))


def facets(text: str, people: Mapping[str, str]) -> list[dict[str, Any]]:
    """Everything that leads somewhere, in order; `people` says which handle is whose (others stay plain text)."""
    found = [*_links(text), *_tags(text), *_mentions(text, people)]
    return sorted(found, key=lambda facet: facet["index"]["byteStart"])


def _links(text: str) -> Iterator[dict[str, Any]]:
    for match in _LINK.finditer(text):
        address = match[0].rstrip(_AFTER)
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(_AFTER)
        yield _facet(text, match.start(), match.start() + len(address), "link", uri=address)


def _tags(text: str) -> Iterator[dict[str, Any]]:
    for match in _TAG.finditer(text):
        if not match["tag"].isdigit() and graphemes.count(match["tag"]) <= LONGEST_TAG:
            yield _facet(text, match.start(), match.end(), "tag", tag=match["tag"])


def _mentions(text: str, people: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for match in _MENTION.finditer(text):
        did = people.get(match["handle"].lower())
        if did:
            yield _facet(text, match.start(), match.end(), "mention", did=did)


def _facet(text: str, start: int, end: int, kind: str, **feature: str) -> dict[str, Any]:
    first = len(text[:start].encode())
    return {
        "$type": "app.bsky.richtext.facet",
        "index": {"byteStart": first, "byteEnd": first + len(text[start:end].encode())},
        "features": [{"$type": f"app.bsky.richtext.facet#{kind}", **feature}],
    }
