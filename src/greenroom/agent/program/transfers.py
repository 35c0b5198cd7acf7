"""Files between the server and this computer, by one-time paths: from nowhere else, and within limits.

A path names its file and is good for one phone. Phones that are to get the same file at about the same time share one
copy of it; each shows the server its own path for that, and gets nothing where the path is not good.
"""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from email.message import Message
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from greenroom.agent.drivers.deadline import within
from greenroom.agent.errors import PhoneError, Refused, plain
from greenroom.agent.phone_values import Progress
from greenroom.agent.program.copies import MOVERS, Copies
from greenroom.agent.program.copy import Copy, Fetch, NoCopy, NotGiven

if TYPE_CHECKING:
    import ssl

    import httpx

PATH = re.compile(r"/api/v1/agents/transfers/(?:(?P<file>[0-9a-f]{32})\.)?[\w-]{1,200}", re.ASCII)
LARGEST = 4 << 30  # bytes of a file
SPARE = 1 << 30  # bytes that stay free on this computer
BLOCK = 1 << 20
STALLED = 30.0  # seconds without a byte
LONGEST = 1_800.0  # seconds for all of it
NAME = 100  # characters
UNFIT = re.compile(r"[^\w. ()@+-]")
_SAME = 304  # not modified: this path is good, and its file is the one that is here


class Broken(PhoneError):
    """The file did not come or go; the phone is not at fault."""

    kind = "transfer"
    slug = "phone-transfer"
    title = "The file could not be moved"


class Transfers:
    """`server` as https://greenroom.example.com. `phone` is whom the errors speak of."""

    def __init__(self, server: str, copies: Copies | None = None) -> None:
        self._server, self._copies = server, copies or Copies()

    @asynccontextmanager
    async def fetched(self, path: str, phone: str, progress: Progress) -> AsyncIterator[Path]:
        """The file, under the name that it was given, until the block ends."""
        file = _file_of(path, phone)
        async with AsyncExitStack() as stack:
            with _spoken(phone):
                while True:
                    holding = self._copies.held(file or path, self._from(path), lingers=file is not None)
                    copy, begun = await stack.enter_async_context(holding)
                    async with within(LONGEST, phone, "get the file"):
                        if begun or await self._may_have(copy, path, file):
                            await copy.whole(progress)
                            break
                    await stack.aclose()
                place = stack.enter_context(copy.placed())
            yield place

    async def leave(self, path: str, phone: str, data: bytes, kind: str) -> None:
        """Put `data` there, whose type is `kind`."""
        _file_of(path, phone)
        with _spoken(phone):
            async with (
                within(LONGEST, phone, "hand on its picture"),
                self._asked("PUT", path, {"Content-Type": kind}, data),
            ):
                pass

    async def _may_have(self, copy: Copy, path: str, file: str | None) -> bool:
        """Whether this path is for the copy, which somebody else asked for; False where that one was refused."""
        await copy.asked.wait()
        if copy.refused:
            return False
        if not copy.failed:
            async with self._asked("GET", path, {"If-None-Match": f'"{file}"'}) as answer:
                if answer.status_code != _SAME:
                    raise NoCopy("got no file: the server has another one for it than it had before; send it again")
        return True

    def _from(self, path: str) -> Fetch:
        async def fetch(copy: Copy) -> None:
            try:
                async with asyncio.timeout(LONGEST), self._asked("GET", path) as answer:
                    copy.name = named(answer.headers.get("content-disposition", ""))
                    copy.asked.set()
                    with _kept():
                        await self._write(answer, copy)
            except TimeoutError as error:
                raise NoCopy(
                    f"got no file: it did not come within {LONGEST / 60:.0f} minutes; send it again"
                ) from error

        return fetch

    async def _write(self, answer: "httpx.Response", copy: Copy) -> None:
        announced = int(answer.headers.get("content-length", "0"))
        done = 0
        with copy.file.open("wb") as out:
            async for block in answer.aiter_raw(BLOCK):
                total = max(done + len(block), announced)
                if total > LARGEST or not await self._room(copy, total - done):
                    raise NoCopy("got no file: it is too large for the computer beside it, or its disk is full")
                await asyncio.get_running_loop().run_in_executor(MOVERS, out.write, block)
                done += len(block)
                copy.moved(done, total)

    async def _room(self, copy: Copy, size: int) -> bool:
        """Asked for each block: other files come meanwhile."""
        if shutil.disk_usage(copy.folder).free - SPARE >= size:
            return True
        await self._copies.make_room()
        return shutil.disk_usage(copy.folder).free - SPARE >= size

    @asynccontextmanager
    async def _asked(
        self, method: str, path: str, more: dict[str, str] | None = None, data: bytes | None = None
    ) -> AsyncIterator["httpx.Response"]:
        import httpx  # loaded when the first file comes: an agent that starts is there sooner

        headers = {"Accept-Encoding": "identity", **(more or {})}
        limits = httpx.Timeout(STALLED, connect=10.0)
        try:
            async with (
                httpx.AsyncClient(timeout=limits, follow_redirects=False, verify=_trusted()) as http,
                http.stream(method, f"{self._server}{path}", content=data, headers=headers) as answer,
            ):
                if not answer.is_success and not (answer.status_code == _SAME and "If-None-Match" in headers):
                    raise NotGiven(f"got no file: the server answered {answer.status_code}; send it again")
                yield answer
        except httpx.HTTPError as error:
            raise NoCopy(f"got no file: its way broke ({type(error).__name__}); send it again") from error


@cache
def _trusted() -> "ssl.SSLContext":
    """Whom this computer trusts; read once, since it takes its time."""
    import httpx

    return httpx.create_ssl_context()


def _file_of(path: str, phone: str) -> str | None:
    """Which file this path is for; None where it does not say so. Raises Refused for what is no path of a file."""
    match = PATH.fullmatch(path)
    if match is None:
        raise Refused(phone, "was to get a file from where there are none: the server has to be upgraded")
    return match["file"]


@contextmanager
def _spoken(phone: str) -> Iterator[None]:
    """What is wrong with a file, said of the phone that does not get it."""
    try:
        with _kept():
            yield
    except NoCopy as error:
        raise Broken(phone, str(error)) from error


@contextmanager
def _kept() -> Iterator[None]:
    """What this computer's disk refuses, in a sentence."""
    try:
        yield
    except TimeoutError:
        raise
    except OSError as error:
        why = error.strerror
        raise NoCopy(
            f"got no file: the computer beside it can't keep it ({why}); free some space on its disk"
        ) from error


def named(disposition: str) -> str:
    """The file's name out of Content-Disposition, harmless in any folder; `file` where it has none."""
    head = Message()
    head["content-disposition"] = disposition
    said = plain(head.get_filename() or "", NAME).replace("\\", "/").rpartition("/")[2]
    return UNFIT.sub("_", said).strip(" .")[-NAME:] or "file"
