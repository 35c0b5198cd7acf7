"""Addresses on a character's page: its handle, and a slug for each post. Pure."""

from collections.abc import Collection, Iterator
from uuid import UUID

from greenroom.kit.text import slug

_LONGEST_HANDLE = 40
_LONGEST_SLUG = 60


def page_path(handle: str) -> str:
    return f"/p/{handle}"


def entry_path(handle: str, entry: str) -> str:
    return f"/p/{handle}/{entry}"


def handles(wanted: str) -> Iterator[str]:
    """The handle that is wanted, as an address can have it, then with -2, -3 and so on."""
    base = slug(wanted.replace("_", "-"), longest=_LONGEST_HANDLE, otherwise="character")
    yield base
    for number in range(2, 10_000):
        yield f"{base}-{number}"


def free_slug(title: str, taken: Collection[str], post: UUID) -> str:
    """A slug from the title that is not taken; from the post's id when the title has no letters for one."""
    base = slug(title, longest=_LONGEST_SLUG, otherwise=f"post-{post.hex[-8:]}")
    if base in RESERVED:
        base = f"{base}-post"
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found


RESERVED = frozenset({"go", "feed", "portrait", "palette"})
"""What a page has under its address besides posts."""
