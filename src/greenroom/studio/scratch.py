"""Folders for work in progress on this machine: one a run, gone afterwards; and finished scenes, kept for a while."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

KEPT_FOR = timedelta(days=7)
KEPT_BYTES = 5_000_000_000


def scenes(home: Path) -> Path:
    """Finished scenes and sentences by content, so that a render that was cut short goes on with what it had."""
    return home / "cache" / "studio" / "scenes"


@contextmanager
def scratch(home: Path, names: Iterable[str]) -> Iterator[dict[str, Path]]:
    """Empty folders of these names for one run. Those of processes that were killed are cleared away first."""
    parent = home / "cache" / "studio" / "work"
    parent.mkdir(parents=True, exist_ok=True)
    _clear_dead(parent)
    folder = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=parent))
    folders = {name: folder / name for name in names}
    try:
        for path in folders.values():
            path.mkdir()
        yield folders
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def prune(folder: Path, *, older_than: timedelta = KEPT_FOR, largest: int = KEPT_BYTES) -> None:
    """Take out what is old, then the oldest until the rest fits."""
    entries = sorted(_entries(folder), reverse=True) if folder.is_dir() else []
    size, oldest = 0, time.time() - older_than.total_seconds()
    for at, bytes_, path in entries:
        size += bytes_
        if at < oldest or size > largest:
            path.unlink(missing_ok=True)


def _entries(folder: Path) -> Iterator[tuple[float, int, Path]]:
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            if path.is_file():
                status = path.stat()
                yield status.st_mtime, status.st_size, path


def _clear_dead(parent: Path) -> None:
    for folder in parent.iterdir():
        pid = folder.name.split("-")[0]
        if pid.isdigit() and not _alive(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
