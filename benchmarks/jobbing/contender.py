"""What each system does for benchmarks/jobs.py: take jobs, run workers, and say when each job started and ended."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Times:
    """Of one job, in seconds of the machine's clock: when it was asked for or due, began, and was durably done."""

    due: float
    started: float
    ended: float


class Contender(Protocol):
    """A job does nothing but note when it began. Its result outlives the system's restart."""

    title: str
    note: str

    def empty(self) -> None:
        """Forget all jobs; no worker runs."""
        ...

    def send(self, count: int, *, after: float | None = None, pause: float = 0) -> None:
        """Ask for jobs: all at once, due at the same moment `after` seconds, or one each `pause`."""
        ...

    def workers(self, count: int) -> "Processes": ...

    def done(self) -> int: ...

    def times(self) -> list[Times]: ...


@dataclass
class Processes:
    """Worker processes for the time of a block."""

    commands: list[list[str]]
    environment: Mapping[str, str]
    log: Path
    _running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __enter__(self) -> "Processes":
        # Whoever is installed has its bytecode; without it the second worker's start would slow the first one's jobs.
        compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(self.log.parent / "bytecode")}
        environment = {**os.environ, **compiled, **self.environment}
        with self.log.open("ab") as output:
            for command in self.commands:
                self._running.append(subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output))
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._running:
            process.send_signal(signal.SIGTERM)
        for process in self._running:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_done(contender: Contender, count: int, *, within: float) -> None:
    deadline = time.monotonic() + within
    while (done := contender.done()) < count:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{contender.title}: {done} of {count} jobs after {within:.0f} s")
        time.sleep(0.2)
