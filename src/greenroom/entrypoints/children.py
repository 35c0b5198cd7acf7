"""The supervisor's side of a process: start it, give it the word to go, hear its reports, start it again."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import timedelta
from typing import Any

LIVED_WELL = timedelta(seconds=60)
LONGEST_PAUSE = timedelta(seconds=30)


def pause_before(restart: int) -> timedelta:
    """How long to wait before the nth restart in a row: at once, then 0.5 s, doubling up to 30 s."""
    if restart <= 1:
        return timedelta(0)
    doublings = min(restart - 2, 16)
    return min(timedelta(seconds=0.5) * (1 << doublings), LONGEST_PAUSE)


def reason_of(code: int) -> str:
    """A process's end in words."""
    if code >= 0:
        return f"exit status {code}"
    with suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"


class Child:
    """One process of the installation, over all its restarts."""

    def __init__(self, name: str, arguments: list[str], environment: dict[str, str], fds: tuple[int, ...] = ()) -> None:
        self.name = name
        self.restarts = 0
        self.reports = -1
        self._command = [sys.executable, "-m", "greenroom.entrypoints.child", *arguments, "--name", name]
        self._environment = environment
        self._fds = fds
        self._process: subprocess.Popen[bytes] | None = None
        self._begun = 0.0
        self._due = 0.0
        self._rest = b""

    @property
    def title(self) -> str:
        return self.name.replace("-", " ")

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self, word: dict[str, Any] | None) -> None:
        """Start it; it goes at once when it is told all that it is to know, else it loads and waits for `tell`."""
        self.reports, theirs = os.pipe()
        os.set_blocking(self.reports, False)
        self._rest, self._begun = b"", time.monotonic()
        self._process = subprocess.Popen(
            [*self._command, "--report", str(theirs)],
            stdin=subprocess.PIPE,
            env=self._environment,
            pass_fds=(theirs, *self._fds),
            start_new_session=True,  # Ctrl-C in the terminal is for the supervisor alone
        )
        os.close(theirs)
        if word is not None:
            self.tell(word)

    def tell(self, word: dict[str, Any]) -> None:
        if self._process and self._process.stdin:
            with suppress(BrokenPipeError):
                self._process.stdin.write(json.dumps(word).encode() + b"\n")
                self._process.stdin.flush()

    def hear(self) -> list[dict[str, Any]]:
        """The reports that came since the last call."""
        with suppress(BlockingIOError):
            while piece := os.read(self.reports, 65536):
                self._rest += piece
        *lines, self._rest = self._rest.split(b"\n")
        return [json.loads(line) for line in lines]

    def ended(self) -> int | None:
        """The exit status when it has ended by now, told once; else None. Sets when it is due again."""
        code = self._process.poll() if self._process else None
        if self._process is None or code is None:
            return None
        if time.monotonic() - self._begun > LIVED_WELL.total_seconds():
            self.restarts = 0
        self.restarts += 1
        self._due = time.monotonic() + pause_before(self.restarts).total_seconds()
        self._forget()
        return code

    def is_due(self) -> bool:
        return self._process is None and time.monotonic() >= self._due

    def lives(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def signal(self, number: signal.Signals) -> None:
        if self._process and self.lives():
            self._process.send_signal(number)

    def _forget(self) -> None:
        if self._process and self._process.stdin:
            with suppress(BrokenPipeError):
                self._process.stdin.close()
        os.close(self.reports)
        self._process, self.reports = None, -1
