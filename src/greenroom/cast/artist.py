"""The hand and the voice that the cast was lent (see `contracts.Artist`)."""

from greenroom.cast.contracts import Artist
from greenroom.kit.errors import Unavailable

_lent: list[Artist] = []


def lend(artist: Artist) -> None:
    """Put the artist in place; entrypoints do it, once a process."""
    _lent[:] = [artist]


def artist() -> Artist:
    if not _lent:
        raise Unavailable("This program can't draw or speak; ask the one that serves the pages")
    return _lent[0]
