"""Files between the server and this computer, by one-time paths: from nowhere else, and within limits."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import Message
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from greenroom.agent.drivers.deadline import within
from greenroom.agent.errors import PhoneError, Refused, plain
from greenroom.agent.phone_values import Progress

PATH = re.compile(r"/api/v1/agents/transfers/[\w-]{1,200}", re.ASCII)
LARGEST = 4 << 30  # bytes of a file
SPARE = 1 << 30  # bytes that stay free on this computer
BLOCK = 1 << 20
STALLED = 30.0  # seconds without a byte
LONGEST = 1_800.0  # seconds for all of it
NAME = 100  # characters
UNFIT = re.compile(r"[^\w. ()@+-]")


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
        with TemporaryDirectory(prefix="greenroom-file-") as folder:
            async with within(LONGEST, phone, "get the file"), self._asked("GET", path, phone) as answer:
                file = Path(folder) / named(answer.headers.get("content-disposition", ""))
                await _write(answer, file, phone, progress)
            yield file

    async def leave(self, path: str, phone: str, data: bytes, kind: str) -> None:
        """Put `data` there, whose type is `kind`."""
        async with within(LONGEST, phone, "hand on its picture"), self._asked("PUT", path, phone, data, kind):
            pass

    @asynccontextmanager
    async def _asked(
        self, method: str, path: str, phone: str, data: bytes | None = None, kind: str = ""
    ) -> AsyncIterator[httpx.Response]:
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


def named(disposition: str) -> str:
    """The file's name out of Content-Disposition, harmless in any folder; `file` where it has none."""
    head = Message()
    head["content-disposition"] = disposition
    said = plain(head.get_filename() or "", NAME).replace("\\", "/").rpartition("/")[2]
    return UNFIT.sub("_", said).strip(" .")[-NAME:] or "file"


async def _write(answer: httpx.Response, file: Path, phone: str, progress: Progress) -> None:
    announced = int(answer.headers.get("content-length", "0"))
    room = min(LARGEST, shutil.disk_usage(file.parent).free - SPARE)
    done = 0
    with file.open("wb") as out:
        async for block in answer.aiter_raw(BLOCK):
            done += len(block)
            if max(done, announced) > room:
                raise Broken(phone, "got no file: it is too large for the computer beside it, or its disk is full")
            await asyncio.to_thread(out.write, block)
            progress(done, max(done, announced))
