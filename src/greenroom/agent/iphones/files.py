"""Files into and out of an app's Documents on an iPhone, through go-ios, which opens apps signed for development.

A file's place is APP/Documents/PATH, such as com.example.notes/Documents/list.pdf. It goes in by Apple's file service
over house_arrest (`ios fsync`). It comes out by the newer one of iOS 17 (`ios file`): what breaks off in the middle of
`ios fsync pull` (1.2.0) looks as if the file were whole. Neither tells how far it is.
"""

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path

from greenroom.agent.errors import NotSupported, Refused, plain
from greenroom.agent.iphones.apps import room
from greenroom.agent.iphones.cable import Cable
from greenroom.agent.phone_values import Progress

MOVING = 900.0  # seconds
LONGEST = 255  # bytes of one name


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file lies on the iPhone."""

    app: str
    path: str  # below the app's own folder


def place(cable: Cable, said: str) -> Place:
    """Refused for what does not lie in an app's Documents."""
    app, *parts = said.split("/")
    good = len(parts) > 1 and parts[0] == "Documents" and all(map(_harmless, parts))
    if not good:
        raise Refused(cable.name, f"has no place {plain(said, 100)!r} for files: give APP/Documents/NAME")
    return Place(cable.app(app), "/".join(parts))


async def push(cable: Cable, source: Path | bytes, target: str, progress: Progress | None) -> None:
    """A file of that name is written over."""
    there = place(cable, target)
    async with room() as folder:
        file = folder / "file"
        size = await asyncio.to_thread(_lay, source, file)
        await cable.do(
            "fsync", f"--app={there.app}", "push", f"--srcPath={file}", f"--dstPath=/{there.path}",
            doing="take the file", seconds=MOVING, temporary=folder,
        )  # fmt: skip
    if progress is not None:
        progress(size, size)


async def pull(cable: Cable, source: str, target: Path, progress: Progress | None) -> None:
    """`target` is there whole or not at all."""
    there = place(cable, source)
    if cable.version < (17, 0):
        raise NotSupported(cable.name, "cannot give files before iOS 17: go-ios can't tell a part from the whole")
    async with room() as folder:
        file = folder / "file"
        said = await cable.do(
            "file", "pull", f"--app={there.app}", f"--remote={there.path}", f"--local={file}",
            doing="give the file", seconds=MOVING, temporary=folder,
        )  # fmt: skip
        size = said.first.get("size") if isinstance(said.first, dict) else None
        if not isinstance(size, int) or not await asyncio.to_thread(_take, file, size, target):
            raise Refused(cable.name, "gave only a part of the file: try again")
    if progress is not None:
        progress(size, size)


def _lay(source: Path | bytes, file: Path) -> int:
    """What is to be sent, under a name of ours; its size."""
    if isinstance(source, bytes):
        file.write_bytes(source)
    else:
        file.symlink_to(source.resolve(strict=True))
    return file.stat().st_size


def _take(file: Path, size: int, target: Path) -> bool:
    """Move it to where it is wanted, whole; False where it is not."""
    if not file.is_file() or file.stat().st_size != size:
        return False
    part = target.with_name(f".{target.name}.part")
    try:
        shutil.move(file, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return True


def _harmless(name: str) -> bool:
    return name not in ("", ".", "..") and name.isprintable() and len(name.encode("utf-8", "replace")) <= LONGEST
