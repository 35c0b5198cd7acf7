"""A character's handle: made from its name, unlike the ones that are taken."""

from collections.abc import Container
from itertools import count

from greenroom.kit.text import slug

LONGEST = 40


def handle_from(name: str, taken: Container[str]) -> str:
    """The name in small letters and hyphens; with a number when somebody has it already."""
    plain = slug(name, longest=LONGEST, otherwise="character")
    if plain not in taken:
        return plain
    numbered = (f"{plain[: LONGEST - 5].rstrip('-')}-{number}" for number in count(2))
    return next(handle for handle in numbered if handle not in taken)
