"""A text as the posts of a thread, counted as Mastodon counts: nothing cut, the AI line in the first. Pure."""

import re

from greenroom.channels.platforms.adapter import Package
from greenroom.kit import graphemes

_LINK = re.compile(r"https?://[^\s<>]+")
_PERSON = re.compile(r"(?<![\w/])(@[\w.-]+)@[\w.-]+\w")


def length(text: str, link_length: int = 23) -> int:
    """Characters as seen; a link counts as `link_length`, somebody's name without their server."""
    return graphemes.count(without_servers(_LINK.sub("x" * link_length, text)))


def without_servers(text: str) -> str:
    """Somebody's name as it is shown, without their server."""
    return _PERSON.sub(r"\1", text)


def parts(package: Package, longest: int, link_length: int = 23) -> tuple[str, ...]:
    """One text when it fits, else the texts of the first post and of the replies to it, in order.

    No words are lost; a word longer than a whole post is the only one that is parted.
    """
    if length(package.text, link_length) <= longest:
        return (package.text,)
    tail = f"\n\n{package.disclosure}"
    tags = " ".join(f"#{tag}" for tag in package.hashtags)
    rest = "\n\n".join(part for part in (package.caption, tags) if part)
    first, rest = _taken(rest, longest - length(tail, link_length), link_length)
    found = [first + tail]
    while rest:
        part, rest = _taken(rest, longest, link_length)
        found.append(part)
    return tuple(found)


def _taken(text: str, most: int, link_length: int) -> tuple[str, str]:
    """As much of the text as fits, up to a paragraph's, a sentence's or a word's end, and what is left."""
    if length(text, link_length) <= most:
        return text.strip(), ""
    ends = [match.start() for match in re.finditer(r"\s+", text.rstrip())] or []
    fitting = [end for end in ends if length(text[:end], link_length) <= most]
    if not fitting:
        size = 0
        for number, cluster in enumerate(graphemes.clusters(text)):
            if number == most:
                break
            size += len(cluster)
        return text[:size], text[size:].strip()
    last = fitting[-1]
    for mark in (r"\n\n", r"[.!?…](?=\s)", r"\n"):
        found = [match.end() for match in re.finditer(mark, text[: last + 1]) if match.end() > last // 2]
        if found:
            last = found[-1]
            break
    return text[:last].strip(), text[last:].strip()
