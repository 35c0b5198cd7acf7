"""The folder that holds all state: made, and found to be writable, before anything else starts."""

import errno
import os
import shutil
from pathlib import Path

from greenroom.kit.errors import DiskFull, Problem, Unavailable

FOLDERS = ("run", "logs")
LEAST_FREE = 200_000_000


def prepare_home(home: Path) -> None:
    """Make the home. Raises Unavailable or DiskFull, in one sentence that says what to do."""
    try:
        for folder in FOLDERS:
            (home / folder).mkdir(parents=True, exist_ok=True)
        (home / "run").chmod(0o700)
        probe = home / "run" / f"probe.{os.getpid()}"
        probe.write_bytes(b"x" * 4096)
        probe.unlink()
    except OSError as error:
        raise _problem(home, error) from error
    free = shutil.disk_usage(home).free
    if free < LEAST_FREE:
        raise DiskFull(f"Only {free // 1_000_000} MB are free where {home} lies; make room, {_least()} are needed")


def _problem(home: Path, error: OSError) -> Problem:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(f"The disk of {home} is full; make room ({_least()} are needed) and start again")
    if error.errno == errno.EROFS:
        return Unavailable(f"{home} lies on a read-only disk; set GREENROOM_HOME to a folder that can be written")
    if error.errno in (errno.EACCES, errno.EPERM):
        return Unavailable(f"You may not write to {home}; set GREENROOM_HOME to a folder of your own")
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return Unavailable(f"{error.filename or home} is a file, not a folder; set GREENROOM_HOME to a folder")
    return Unavailable(f"{home} cannot be used ({error.strerror}); set GREENROOM_HOME to another folder")


def _least() -> str:
    return f"{LEAST_FREE // 1_000_000} MB"
