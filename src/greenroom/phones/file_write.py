"""Bytes from a request into a file of the home, within a limit; a part of one is never left there."""

import asyncio
import errno
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.requests import ClientDisconnect

from greenroom.infra.http.guard import TooLarge
from greenroom.kit.errors import Conflict, DiskFull, Invalid

SPARE = 200_000_000
"""Bytes of the disk that are left free."""
_BATCH = 4 * 1024 * 1024
_FULL = "There is no room for this file; free some space on the server"


async def write_file(
    path: Path,
    chunks: AsyncIterator[bytes],
    *,
    most: int,
    announced: int | None,
    growing: Callable[[int], None] = lambda size: None,
) -> int:
    """Its size. Raises TooLarge, DiskFull, Invalid where nothing came, Conflict where the connection broke.

    `growing` is told how much there will be, again and again, and may raise.
    """
    if announced is not None and announced > most:
        raise TooLarge(f"A file may have {most:,} bytes")
    growing(announced or 0)
    _expect_room(path, announced or 0)
    with _whole_or_not(path):
        return await _write(path, chunks, most, growing)


def _expect_room(path: Path, size: int) -> None:
    if shutil.disk_usage(path.parent).free < size + SPARE:
        raise DiskFull(_FULL)


@contextmanager
def _whole_or_not(path: Path) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, ClientDisconnect):
            raise Conflict("The connection broke; send the file again") from error
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(_FULL) from error
        raise


async def _write(path: Path, chunks: AsyncIterator[bytes], most: int, growing: Callable[[int], None]) -> int:
    size, batch = 0, bytearray()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb") as file:
        async for chunk in chunks:
            size += len(chunk)
            if size > most:
                raise TooLarge(f"A file may have {most:,} bytes")
            batch += chunk
            if len(batch) >= _BATCH:
                # However many come at once, and whatever each announced.
                growing(size)
                _expect_room(path, len(batch))
                await asyncio.to_thread(file.write, bytes(batch))
                batch.clear()
        growing(size)
        await asyncio.to_thread(file.write, bytes(batch))
    if not size:
        raise Invalid("This file is empty")
    return size
