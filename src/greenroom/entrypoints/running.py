"""Who runs on a home: a lock that its supervisor holds for life, and a file that says where it answers."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Running:
    """A ready installation. `first_run` is the path of the link that makes the first administrator."""

    pid: int
    host: str
    port: int
    url: str
    version: str
    started_at: float
    first_run: str | None = None

    @property
    def first_run_url(self) -> str | None:
        return self.url.rstrip("/") + self.first_run if self.first_run else None


class AlreadyRuns(Exception):
    """Another supervisor holds the home."""


def find_running(home: Path) -> Running | None:
    """The installation that is ready on this home; None when none runs, or one is only starting."""
    try:
        running = Running(**json.loads(_file(home).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return running if is_held(home) else None


def is_held(home: Path) -> bool:
    """Whether a supervisor lives on this home, ready or not."""
    try:
        handle = os.open(_lock(home), os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def write_running(home: Path, running: Running) -> None:
    """Tell everybody who asks `find_running`; readable by the owner only, for the link in it."""
    fresh = _file(home).with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(asdict(running), file)
    fresh.replace(_file(home))


@contextmanager
def hold(home: Path) -> Iterator[None]:
    """Be the one supervisor of this home. Raises AlreadyRuns."""
    handle = os.open(_lock(home), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take(handle, within=timedelta(milliseconds=300))
        _file(home).unlink(missing_ok=True)
        yield
        _file(home).unlink(missing_ok=True)
    finally:
        os.close(handle)


def _take(handle: int, *, within: timedelta) -> None:
    deadline = time.monotonic() + within.total_seconds()
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:  # longer than somebody's look takes in `is_held`
                raise AlreadyRuns from None
        time.sleep(0.02)


def _file(home: Path) -> Path:
    return home / "run" / "up.json"


def _lock(home: Path) -> Path:
    return home / "run" / "up.lock"
