"""Look at a file that somebody sent, in a process that may do little, and get a clean copy of it."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import greenroom
from greenroom.infra.fetch.sniff import HEAD, sniff
from greenroom.kit.errors import Invalid

WITHIN = 120.0
"""Seconds that a look may take."""

_TURNS = asyncio.Semaphore(2)
"""Looks at once: each may take the memory of `probe.confine`."""

TAKEN = frozenset(
    {
        "image/png", "image/jpeg", "image/webp", "video/mp4", "video/quicktime", "video/webm", "audio/mp4",
        "audio/wav", "audio/mpeg",
    }
)  # fmt: skip


class FileRefused(Invalid):
    """The file is not taken; the sentence says why."""

    slug = "file-refused"
    title = "This file can't be taken"


@dataclass(frozen=True, slots=True)
class Examined:
    """A clean copy; `width` and `height` in pixels, `duration` in seconds."""

    copy: Path
    type: str
    width: int | None
    height: int | None
    duration: float | None


@asynccontextmanager
async def examined(source: Path) -> AsyncIterator[Examined]:
    """The clean copy of the file, for the time of the block. Raises FileRefused."""
    with source.open("rb") as file:
        type_ = sniff(file.read(HEAD))
    if type_ not in TAKEN:
        raise FileRefused("Send a picture (PNG, JPEG, WebP), a video (MP4, MOV, WebM) or a sound (WAV, MP3, M4A)")
    with TemporaryDirectory(dir=source.parent) as folder:
        copy = Path(folder) / "copy"
        async with _TURNS:
            found = await _ask(source, copy, type_)
        if "refused" in found:
            raise FileRefused(str(found["refused"]))
        yield Examined(copy, found["type"], found["width"], found["height"], found["duration"])


def environment() -> dict[str, str]:
    """What the process gets to know: where programs and this package are, no setting and no secret."""
    return {"PATH": os.defpath, "PYTHONPATH": str(Path(greenroom.__file__).parents[1])}


async def _ask(source: Path, copy: Path, type_: str) -> dict[str, Any]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "greenroom.media.probe", str(source), str(copy), type_,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        env=environment(), cwd=copy.parent,
    )  # fmt: skip
    assert process.stdout is not None  # noqa: S101 - asked for as a pipe
    try:
        async with asyncio.timeout(WITHIN):
            line = await process.stdout.read(10_000)
            await process.wait()
    except TimeoutError:
        line = b""
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0 or not line:
        raise FileRefused("The file could not be read within the limits; export it again, smaller")
    answer: dict[str, Any] = json.loads(line)
    return answer
