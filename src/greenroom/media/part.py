"""The bytes of an upload that have come so far: a file in the home whose length is the offset."""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from uuid import UUID

from greenroom.infra.settings import Settings
from greenroom.kit.errors import Conflict

_BATCH = 1024 * 1024


class WrongOffset(Conflict):
    """More or fewer bytes are here than the sender thinks; `offset` is the truth."""

    slug = "wrong-offset"

    def __init__(self, offset: int) -> None:
        super().__init__(f"{offset} bytes are here; go on from there", offset=offset)


class Part:
    """One upload's file. Only one sender at a time may append."""

    def __init__(self, settings: Settings, upload: UUID) -> None:
        self.path = settings.home / "uploads" / f"{upload}.part"

    def offset(self) -> int:
        """How many bytes are here."""
        return self.path.stat().st_size if self.path.exists() else 0

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)

    async def append(self, chunks: AsyncIterator[bytes], *, offset: int, size: int) -> int:
        """Add what comes at `offset`, never past `size`; the new offset, safe on the disk.

        What came before a break stays. Raises WrongOffset, and Conflict while somebody else is sending.
        """
        with self._held() as file:
            if offset != os.fstat(file).st_size:
                raise WrongOffset(os.fstat(file).st_size)
            try:
                await _write(file, chunks, size - offset)
            finally:
                await asyncio.to_thread(os.fsync, file)
            return os.fstat(file).st_size

    @contextmanager
    def _held(self) -> Iterator[int]:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield file
        except BlockingIOError as error:
            raise Conflict("Another request is sending this upload; ask for its offset in a moment") from error
        finally:
            os.close(file)


def forget_older(settings: Settings, than: float) -> int:
    """Remove the files that nothing was added to since then (seconds since 1970); how many there were."""
    found = [path for path in (settings.home / "uploads").glob("*.part") if path.stat().st_mtime < than]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


async def _write(file: int, chunks: AsyncIterator[bytes], left: int) -> None:
    batch = bytearray()
    try:
        async for chunk in chunks:
            if len(chunk) > left:
                raise Conflict("More bytes came than the upload has; begin a new one with its true length")
            left -= len(chunk)
            batch += chunk
            if len(batch) >= _BATCH:
                await asyncio.to_thread(_all, file, bytes(batch))
                batch.clear()
    finally:
        _all(file, bytes(batch))


def _all(file: int, content: bytes) -> None:
    while content:
        content = content[os.write(file, content) :]
