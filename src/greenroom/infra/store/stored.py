"""What every store of media promises: content under its own hash, whole or not at all, read in parts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, Protocol

from greenroom.kit.errors import NotFound

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Stored:
    """A kept file: SHA-256 in hexadecimal, and its size in bytes."""

    hash: str
    size: int


class MediaStore(Protocol):
    """Content-addressed files. Blocking: call it from a thread. A bucket raises Unavailable while it is away."""

    def put(self, source: Path | bytes) -> Stored:
        """Keep the content; there for good when this returns, and whole or not at all. Raises DiskFull."""
        ...

    def exists(self, hash: str) -> bool: ...

    def size(self, hash: str) -> int:
        """The content's bytes; NotFound when it is not kept."""
        ...

    def read(self, hash: str, first: int = 0, last: int | None = None) -> Iterator[bytes]:
        """Bytes `first` to `last`, both included, to the end without `last`; nothing else is transferred.

        NotFound, at once, when it is not kept.
        """
        ...

    def path(self, hash: str) -> Path:
        """Where the content can be read on this machine, brought here first if need be; NotFound."""
        ...

    def open(self, hash: str) -> BinaryIO: ...

    def link(self, hash: str, *, within: timedelta) -> str | None:
        """An address where anybody can GET the content for this time; None when the store has no such thing."""
        ...


def key(hash: str) -> str:
    """The name under which content is kept: two levels of folders, then the hash. NotFound for what is no hash."""
    if not _HASH.fullmatch(hash):
        raise NotFound("Files are named by 64 hexadecimal digits")
    return f"{hash[:2]}/{hash[2:4]}/{hash}"


def gone() -> NotFound:
    return NotFound("This file is no longer in the media store; make it again or restore a backup")
