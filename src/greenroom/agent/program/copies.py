"""Files from the server as they lie on this computer: one copy of each, for all phones that want it about now."""

import asyncio
import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

from greenroom.agent.program.copy import Copy, Fetch

LINGERS = 30.0  # seconds that a copy waits for one more phone: those of one wave are not equally fast
MOVERS = ThreadPoolExecutor(2, thread_name_prefix="files")  # slow disks hold up files, and nothing else


class Copies:
    """`home`: where they lie. What an agent left there that was killed is removed.

    None, or another agent is at it: somewhere of the system's.
    """

    def __init__(self, home: Path | None = None) -> None:
        self._lock = _locked(home) if home is not None else None
        self._home = home if self._lock is not None else None
        self._kept: dict[str, Copy] = {}
        self._idle: dict[Copy, asyncio.TimerHandle] = {}
        self._clearing: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def held(self, key: str, fetch: Fetch, *, lingers: bool) -> AsyncIterator[tuple[Copy, bool]]:
        """The copy of this name, which stays until the block ends, and whether `fetch` was begun for it just now.

        `lingers`: others may want it soon after. Raises OSError where the disk takes nothing.
        """
        copy = self._kept.get(key)
        begun = copy is None or copy.failed
        if copy is None or copy.failed:
            folder = tempfile.mkdtemp(prefix="greenroom-file-", dir=self._home)
            copy = self._kept[key] = Copy(Path(folder), fetch)
        copy.users += 1
        if copy in self._idle:
            self._idle.pop(copy).cancel()
        try:
            yield copy, begun
        finally:
            copy.users -= 1
            if copy.users == 0:
                await self._left(key, copy, lingers=lingers)

    async def make_room(self) -> None:
        """Remove what nobody uses at the moment."""
        for copy in list(self._idle):
            self._idle.pop(copy).cancel()
            await self._removed(copy)

    async def close(self) -> None:
        """Remove everything."""
        await self.make_room()
        for copy in list(self._kept.values()):
            await self._removed(copy)
        await asyncio.gather(*self._clearing)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = self._home = None

    async def _left(self, key: str, copy: Copy, *, lingers: bool) -> None:
        if lingers and copy.is_whole and self._kept.get(key) is copy:
            loop = asyncio.get_running_loop()
            self._idle[copy] = loop.call_later(LINGERS, self._over, copy)
        else:
            await self._removed(copy)

    def _over(self, copy: Copy) -> None:
        self._idle.pop(copy, None)
        self._begin_removing(copy)

    async def _removed(self, copy: Copy) -> None:
        await asyncio.shield(self._begin_removing(copy))

    def _begin_removing(self, copy: Copy) -> "asyncio.Task[None]":
        for key in [key for key, one in self._kept.items() if one is copy]:
            del self._kept[key]
        task = asyncio.create_task(_remove(copy))
        self._clearing.add(task)
        task.add_done_callback(self._clearing.discard)
        return task


async def _remove(copy: Copy) -> None:
    await copy.stop()
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(MOVERS, lambda: shutil.rmtree(copy.folder, ignore_errors=True))


def _locked(home: Path) -> int | None:
    """The folder is there and empty, and no other agent's as long as this lock is held; None where it is already."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(home.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(lock)
    except OSError:
        os.close(lock)
        return None
    for left in home.iterdir():
        with contextlib.suppress(OSError):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
    return lock


def _lock(file: int) -> None:
    """As long as it is open. Raises OSError where another program has it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
