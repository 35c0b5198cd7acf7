"""Files between the server and this computer, by one-time paths: from nowhere else, and within limits."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from email.message import Message
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from greenroom.agent.drivers.deadline import within
from greenroom.agent.errors import PhoneError, Refused, plain
from greenroom.agent.phone_values import Progress

if TYPE_CHECKING:
    import httpx

PATH = re.compile(r"/api/v1/agents/transfers/[\w-]{1,200}", re.ASCII)
LARGEST = 4 << 30  # bytes of a file
SPARE = 1 << 30  # bytes that stay free on this computer
BLOCK = 1 << 20
STALLED = 30.0  # seconds without a byte
LONGEST = 1_800.0  # seconds for all of it
NAME = 100  # characters
UNFIT = re.compile(r"[^\w. ()@+-]")
_MOVERS = ThreadPoolExecutor(2, thread_name_prefix="files")  # slow disks hold up files, and nothing else


class Broken(PhoneError):
    """The file did not come or go; the phone is not at fault."""

    kind = "transfer"
    slug = "phone-transfer"
    title = "The file could not be moved"


class Transfers:
    """`server` as https://greenroom.example.com. `phone` is whom the errors speak of."""

    def __init__(self, server: str) -> None:
        self._server = server

    @asynccontextmanager
    async def fetched(self, path: str, phone: str, progress: Progress) -> AsyncIterator[Path]:
        """The file, under the name that it was given, until the block ends."""
        with _kept(phone):
            folder = TemporaryDirectory(prefix="greenroom-file-", ignore_cleanup_errors=True)
        try:
            async with within(LONGEST, phone, "get the file"), self._asked("GET", path, phone) as answer:
                file = Path(folder.name) / named(answer.headers.get("content-disposition", ""))
                with _kept(phone):
                    await _write(answer, file, phone, progress)
            yield file
        finally:
            await asyncio.shield(asyncio.get_running_loop().run_in_executor(_MOVERS, folder.cleanup))

    async def leave(self, path: str, phone: str, data: bytes, kind: str) -> None:
        """Put `data` there, whose type is `kind`."""
        async with within(LONGEST, phone, "hand on its picture"), self._asked("PUT", path, phone, data, kind):
            pass

    @asynccontextmanager
    async def _asked(
        self, method: str, path: str, phone: str, data: bytes | None = None, kind: str = ""
    ) -> AsyncIterator["httpx.Response"]:
        import httpx  # loaded when the first file comes: an agent that starts is there sooner

        if not PATH.fullmatch(path):
            raise Refused(phone, "was to get a file from where there are none: the server has to be upgraded")
        headers = {"Accept-Encoding": "identity"} | ({"Content-Type": kind} if kind else {})
        limits = httpx.Timeout(STALLED, connect=10.0)
        try:
            async with (
                httpx.AsyncClient(timeout=limits, follow_redirects=False) as http,
                http.stream(method, f"{self._server}{path}", content=data, headers=headers) as answer,
            ):
                if not answer.is_success:
                    raise Broken(phone, f"got no file: the server answered {answer.status_code}; send it again")
                yield answer
        except httpx.HTTPError as error:
            raise Broken(phone, f"got no file: its way broke ({type(error).__name__}); send it again") from error


@contextmanager
def _kept(phone: str) -> Iterator[None]:
    """What this computer's disk refuses, in a sentence."""
    try:
        yield
    except TimeoutError:
        raise
    except OSError as error:
        raise Broken(
            phone, f"got no file: the computer beside it can't keep it ({error.strerror}); free some space on its disk"
        ) from error


def named(disposition: str) -> str:
    """The file's name out of Content-Disposition, harmless in any folder; `file` where it has none."""
    head = Message()
    head["content-disposition"] = disposition
    said = plain(head.get_filename() or "", NAME).replace("\\", "/").rpartition("/")[2]
    return UNFIT.sub("_", said).strip(" .")[-NAME:] or "file"


async def _write(answer: "httpx.Response", file: Path, phone: str, progress: Progress) -> None:
    announced = int(answer.headers.get("content-length", "0"))
    done = 0
    with file.open("wb") as out:
        async for block in answer.aiter_raw(BLOCK):
            total = max(done + len(block), announced)
            room = shutil.disk_usage(file.parent).free - SPARE  # asked each time: other files come meanwhile
            if total > LARGEST or total - done > room:
                raise Broken(phone, "got no file: it is too large for the computer beside it, or its disk is full")
            await asyncio.get_running_loop().run_in_executor(_MOVERS, out.write, block)
            done += len(block)
            progress(done, total)
