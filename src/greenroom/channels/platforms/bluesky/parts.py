"""A package's text as the posts of a thread: whole words, nothing cut, the line that says it is AI in the first."""

from greenroom.channels.platforms.adapter import Package
from greenroom.kit import graphemes

CHARACTERS, BYTES = 300, 3000
"""What one post takes: characters as seen, and bytes in UTF-8."""


def parts(package: Package) -> tuple[str, ...]:
    """One text when it fits, else the texts of the first post and of the replies to it, in order."""
    if _fits(package.text):
        return (package.text,)
    tail = f"\n\n{package.disclosure}"
    tags = " ".join(f"#{tag}" for tag in package.hashtags)
    rest = "\n\n".join(part for part in (package.caption, tags) if part)
    first, rest = _taken(rest, CHARACTERS - graphemes.count(tail), BYTES - len(tail.encode()))
    found = [first + tail]
    while rest:
        part, rest = _taken(rest, CHARACTERS, BYTES)
        found.append(part)
    return tuple(found)


def _fits(text: str) -> bool:
    return graphemes.count(text) <= CHARACTERS and len(text.encode()) <= BYTES


def _taken(text: str, characters: int, most: int) -> tuple[str, str]:
    """As much of the text as fits, up to a paragraph's, a sentence's or a word's end, and what is left."""
    end = size = 0
    for number, cluster in enumerate(graphemes.clusters(text)):
        size += len(cluster.encode())
        if number == characters or size > most:
            break
        end += len(cluster)
    else:
        return text.strip(), ""
    at = _boundary(text, end)
    return text[:at].strip(), text[at:].strip()


def _boundary(text: str, end: int) -> int:
    """The best place to end before `end`; within a word only when there is no other in the second half."""
    for mark, kept in (("\n\n", 0), (". ", 1), ("! ", 1), ("? ", 1), ("\n", 0), (" ", 0)):
        # The mark may begin with the last character that fits: it is whitespace, and goes.
        at = text.rfind(mark, end // 2, end + len(mark) - kept)
        if at > 0:
            return at + kept
    return end
