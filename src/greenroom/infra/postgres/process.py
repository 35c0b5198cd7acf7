"""The server's main process: whether it lives, how it is started, signalled and waited for."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from greenroom.infra.postgres.account import Account
from greenroom.infra.postgres.binaries import Binaries
from greenroom.infra.postgres.cluster import CLEAN_ENVIRONMENT, trouble
from greenroom.infra.postgres.place import SOCKET_NAME, Place
from greenroom.kit.errors import Unavailable

StopMode = Literal["smart", "fast", "immediate", "kill"]
SIGNALS = {"smart": signal.SIGTERM, "fast": signal.SIGINT, "immediate": signal.SIGQUIT, "kill": signal.SIGKILL}
LONGEST_LOG = 10_000_000


@dataclass(frozen=True, slots=True)
class Running:
    """A live main process, as postmaster.pid tells of it. `state` is starting, ready or stopping."""

    pid: int
    state: str


def find_process(data: Path) -> Running | None:
    """The main process that holds the data folder; None when postmaster.pid is absent or a leftover."""
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
        pid = int(lines[0])
    except (OSError, ValueError, IndexError):
        return None
    if not _is_server(pid, data):
        return None
    return Running(pid, lines[7].strip() if len(lines) > 7 else "starting")


def launch(place: Place, binaries: Binaries, account: Account, *, within: timedelta) -> Running:
    """Start the main process in a session of its own, so that it outlives us, and wait until it is ready.

    After a kill -9 of the last one, waits for its orphans to go. Raises Unavailable with the log's reason.
    """
    deadline = time.monotonic() + within.total_seconds()
    while True:
        _remove_leftovers(place)
        begin, process = _spawn(place, binaries, account)
        while process.poll() is None:
            running = find_process(place.data)
            if running and running.pid == process.pid and running.state == "ready":
                process.returncode = 0  # not Popen's to watch any more: the server outlives us, _reap sees its end
                return running
            if time.monotonic() > deadline:
                process.kill()
                raise Unavailable(f"PostgreSQL did not start within {within.seconds} s; see {place.log}")
            time.sleep(0.005)
        said = _read_from(place.log, begin)
        if "still in use" not in said or time.monotonic() > deadline:
            raise trouble("PostgreSQL did not start", said)
        time.sleep(0.1)


def wait_ready(data: Path, *, within: timedelta) -> Running | None:
    """Wait while somebody else's start or stop is under way; the ready process, or None when none is left."""
    deadline = time.monotonic() + within.total_seconds()
    while (running := find_process(data)) and running.state != "ready":
        if time.monotonic() > deadline:
            raise Unavailable(f"PostgreSQL (process {running.pid}) stays {running.state}; stop it and start again")
        time.sleep(0.01)
    return running


def end(data: Path, mode: StopMode, *, within: timedelta) -> bool:
    """Ask the main process to stop and wait until it is gone; False when none ran or it stays."""
    running = find_process(data)
    if running is None:
        return False
    os.kill(running.pid, SIGNALS[mode])
    deadline = time.monotonic() + within.total_seconds()
    while _is_server(running.pid, data):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def _spawn(place: Place, binaries: Binaries, account: Account) -> tuple[int, subprocess.Popen[bytes]]:
    if place.log.exists() and place.log.stat().st_size > LONGEST_LOG:
        place.log.replace(place.log.with_suffix(".log.1"))
    with place.log.open("ab") as log:
        begin = log.tell()
        process = subprocess.Popen(
            [binaries.program("postgres"), "-D", str(place.data)], cwd="/", env=CLEAN_ENVIRONMENT,
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **account.identity(),
        )  # fmt: skip
    return begin, process


def _is_server(pid: int, data: Path) -> bool:
    """Whether this process lives, is no zombie, and was started for this data folder."""
    _reap(pid)
    command = _command_line(pid)
    return command is not None and os.fsencode(data) in command


def _command_line(pid: int) -> bytes | None:
    proc = Path("/proc")
    if (proc / "self").exists():
        try:
            return (proc / str(pid) / "cmdline").read_bytes()  # empty for a zombie
        except OSError:
            return None
    return subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, check=False).stdout


def _reap(pid: int) -> None:
    """Take the exit status of our own ended child; a zombie's number would look alive to PostgreSQL."""
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def _remove_leftovers(place: Place) -> None:
    """Remove the lock files of a server that is gone.

    PostgreSQL would refuse to start where their number lives on in some other program, or in a zombie that
    nobody takes. Shared memory still keeps two servers from one folder.
    """
    if find_process(place.data) is None:
        (place.data / "postmaster.pid").unlink(missing_ok=True)
        (place.socket / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)


def _read_from(path: Path, begin: int) -> str:
    with path.open("rb") as file:
        file.seek(begin)
        return file.read().decode(errors="replace")
