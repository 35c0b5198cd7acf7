"""Media in a folder of this machine: files named by their content, two levels deep."""

import errno
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from greenroom.infra.store.stored import Stored, gone, key
from greenroom.kit.errors import DiskFull

_CHUNK = 256 * 1024
_STALE = 24 * 60 * 60
"""Seconds after which an unfinished file belongs to nobody: no upload or render takes that long to copy."""


class FolderStore:
    """Content-addressed files under one folder, read-only once they are whole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._unfinished = folder / "unfinished"
        self._unfinished.mkdir(parents=True, exist_ok=True)
        self._forget_stale()

    def put(self, source: Path | bytes) -> Stored:
        return self.put_stream(_chunks(source))

    def put_stream(self, chunks: Iterator[bytes]) -> Stored:
        """Keep what the chunks make together; synced to the disk when this returns.

        Raises DiskFull, after removing what was begun.
        """
        with self._disk_full_explained(), self._begun() as (file, path):
            digest, size = hashlib.sha256(), 0
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
            self._place(path, digest.hexdigest())
        return Stored(digest.hexdigest(), size)

    def path(self, hash: str) -> Path:
        path = self._address(hash)
        if not path.is_file():
            raise gone()
        return path

    def size(self, hash: str) -> int:
        return self.path(hash).stat().st_size

    def read(self, hash: str, first: int = 0, last: int | None = None) -> Iterator[bytes]:
        return _read(self.open(hash), first, last)

    def link(self, hash: str, *, within: timedelta) -> str | None:
        return None

    def open(self, hash: str) -> BinaryIO:
        return self.path(hash).open("rb")

    def exists(self, hash: str) -> bool:
        return self._address(hash).is_file()

    def _address(self, hash: str) -> Path:
        return self.folder / key(hash)

    def _place(self, path: Path, hash: str) -> None:
        target = self._address(hash)
        if target.is_file():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        path.chmod(0o444)
        path.replace(target)
        for folder in (target.parent, target.parent.parent, self.folder):
            _sync(folder)

    @contextmanager
    def _begun(self) -> Iterator[tuple[BinaryIO, Path]]:
        handle, name = tempfile.mkstemp(dir=self._unfinished)
        path = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file, path
        finally:
            path.unlink(missing_ok=True)

    @contextmanager
    def _disk_full_explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            raise DiskFull(
                f"The disk that holds {self.folder} is full. Free some space and try again; nothing was lost"
            ) from error

    def _forget_stale(self) -> None:
        """A process that was killed leaves its unfinished files; they go when the next one starts."""
        for path in self._unfinished.iterdir():
            with suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > _STALE:
                    path.unlink()


def _chunks(source: Path | bytes) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    with source.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _read(file: BinaryIO, first: int, last: int | None) -> Iterator[bytes]:
    with file:
        left = os.fstat(file.fileno()).st_size - first if last is None else last - first + 1
        file.seek(first)
        while left > 0 and (chunk := file.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
