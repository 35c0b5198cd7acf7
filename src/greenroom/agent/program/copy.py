"""One file from the server on this computer, whole or coming: fetched once, watched and used by several phones."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from greenroom.agent.phone_values import Progress


class NoCopy(Exception):
    """`NoCopy("got no file: …")`: why there is none; the name of a phone goes before it."""


class NotGiven(NoCopy):
    """The server refused it to the phone for which it was asked; another one may ask for itself."""


class Copy:
    """In a folder of its own. It comes from when it is made, whoever of those that want it goes meanwhile.

    `fetch` sets `asked` as soon as the server gives the file. `users`: how many are at it.
    """

    def __init__(self, folder: Path, fetch: "Fetch") -> None:
        self.folder, self.file, self.name = folder, folder / "whole", "file"
        self.users = 0
        self.asked = asyncio.Event()
        """Set once it is known whether who asked for it first may have it."""
        self._watching: list[Progress] = []
        self._at = (0, 0)
        self._places = 0
        self._coming = asyncio.create_task(self._come(fetch))

    def moved(self, done: int, total: int) -> None:
        """So much of it is here."""
        self._at = (done, total)
        for watch in list(self._watching):
            watch(done, total)

    @property
    def is_whole(self) -> bool:
        task = self._coming
        return task.done() and not task.cancelled() and task.exception() is None

    @property
    def failed(self) -> bool:
        return self._coming.done() and not self.is_whole

    @property
    def refused(self) -> bool:
        """Whether it failed for who asked for it alone."""
        task = self._coming
        return task.done() and not task.cancelled() and isinstance(task.exception(), NotGiven)

    async def whole(self, progress: Progress) -> None:
        """Return when it is. Raises NoCopy."""
        self._watching.append(progress)
        try:
            if self._at[1]:
                progress(*self._at)
            await asyncio.wait([self._coming])
        finally:
            self._watching.remove(progress)
        if self._coming.cancelled():
            raise NoCopy("got no file: the agent was ended")
        self._coming.result()

    @contextmanager
    def placed(self) -> Iterator[Path]:
        """The file under the name that it was given, for one phone, who may rename it; until the block ends."""
        self._places += 1
        place = self.folder / str(self._places) / self.name
        place.parent.mkdir()
        try:
            try:
                place.hardlink_to(self.file)
            except OSError:  # not every file system has such links
                place.symlink_to(self.file)
            yield place
        finally:
            shutil.rmtree(place.parent, ignore_errors=True)

    async def stop(self) -> None:
        """Nobody wants it any more."""
        self._coming.cancel()
        await asyncio.wait([self._coming])
        if not self._coming.cancelled():
            self._coming.exception()  # who waited for it was told

    async def _come(self, fetch: "Fetch") -> None:
        try:
            await fetch(self)
        finally:
            self.asked.set()


Fetch = Callable[[Copy], Awaitable[None]]
