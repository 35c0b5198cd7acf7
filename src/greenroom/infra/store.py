"""Where media lie: a folder of files named by their content. Small on purpose; a bucket can take its place later."""

import errno
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from greenroom.kit.errors import DiskFull, NotFound

_HASH = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1024 * 1024
_STALE = 24 * 60 * 60
"""Seconds after which an unfinished file belongs to nobody: no upload or render takes that long to copy."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A kept file: SHA-256 in hexadecimal, and its size in bytes."""

    hash: str
    size: int


class MediaStore:
    """Content-addressed files under one folder, two levels deep. Blocking: call it from a thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._unfinished = folder / "unfinished"
        self._unfinished.mkdir(parents=True, exist_ok=True)
        self._forget_stale()

    def put(self, source: Path | bytes) -> Stored:
        """Keep the content; on disk for good when this returns, and whole or not at all.

        Raises DiskFull, after removing what was begun.
        """
        with self._disk_full_explained(), self._begun() as (file, path):
            digest, size = hashlib.sha256(), 0
            for chunk in _chunks(source):
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
            self._place(path, digest.hexdigest())
        return Stored(digest.hexdigest(), size)

    def path(self, hash: str) -> Path:
        """Where the content can be read on this machine; NotFound when it is not kept here."""
        path = self._address(hash)
        if not path.is_file():
            raise NotFound("This file is no longer in the media store; make it again or restore a backup")
        return path

    def open(self, hash: str) -> BinaryIO:
        return self.path(hash).open("rb")

    def exists(self, hash: str) -> bool:
        return self._address(hash).is_file()

    def _address(self, hash: str) -> Path:
        if not _HASH.fullmatch(hash):
            raise NotFound("Files are named by 64 hexadecimal digits")
        return self.folder / hash[:2] / hash[2:4] / hash

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


def link_into(store: MediaStore, hash: str, folder: Path, name: str) -> Path:
    """The content under a readable name in `folder`, without a copy."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / Path(name).name
    target.unlink(missing_ok=True)
    target.symlink_to(store.path(hash).resolve())
    return target


def _chunks(source: Path | bytes) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    with source.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
