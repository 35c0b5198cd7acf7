"""Copies of a bucket's content on this machine, up to a size; the longest unused go first."""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from greenroom.infra.store.folder import FolderStore
from greenroom.infra.store.stored import Stored
from greenroom.kit.errors import NotFound, Unavailable

IN_USE = 60 * 60
"""Seconds for which a copy that was asked for stays, whatever the size: a render may have it open by name."""


class Cache:
    """A folder of copies. Several processes may share it."""

    def __init__(self, folder: Path, *, most: int) -> None:
        """`most` bytes are kept, and what was used within the last hour."""
        self._files = FolderStore(folder)
        self._most = most

    def put(self, source: Path | bytes) -> Stored:
        stored = self._files.put(source)
        self._used(stored.hash)
        return stored

    def has(self, hash: str) -> bool:
        return self._files.exists(hash)

    def path(self, hash: str) -> Path:
        """The copy, which counts as used now; NotFound."""
        self._used(hash)
        return self._files.path(hash)

    def take(self, hash: str, chunks: Iterator[bytes]) -> Path:
        """Keep a copy of what comes. Unavailable, and nothing kept, when it is not the content of that hash."""
        stored = self._files.put_stream(chunks)
        if stored.hash != hash:
            self._files.path(stored.hash).unlink()
            raise Unavailable("The media bucket gave other content than was kept there; restore it from a backup")
        self._used(hash)
        self.trim()
        return self._files.path(hash)

    def trim(self, *, now: float | None = None) -> None:
        """Forget the longest unused copies above the size."""
        moment = time.time() if now is None else now
        copies = sorted(self._copies())
        total = sum(size for _, size, _ in copies)
        for used, size, path in copies:
            if total <= self._most or moment - used < IN_USE:
                return
            with suppress(FileNotFoundError):
                path.unlink()
            total -= size

    def _copies(self) -> Iterator[tuple[float, int, Path]]:
        for path in self._files.folder.glob("??/??/*"):
            with suppress(FileNotFoundError):
                about = path.stat()
                yield about.st_mtime, about.st_size, path

    def _used(self, hash: str) -> None:
        with suppress(FileNotFoundError, NotFound):
            os.utime(self._files.path(hash))
