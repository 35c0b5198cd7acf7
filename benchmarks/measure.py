"""How work is measured: interleaved rounds, and the seconds, CPU seconds and memory of a program and its children."""

import os
import resource
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Samples = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Usage:
    """What one program used, with all of its children that it waited for."""

    seconds: float
    cpu_seconds: float
    peak_mb: float  # of the largest process among them


def interleave(contenders: Mapping[str, Callable[[], Mapping[str, float]]], *, rounds: int) -> dict[str, Samples]:
    """Run every contender once a round, so that a busy minute hits all alike; contender -> measure -> samples."""
    found: dict[str, Samples] = {name: {} for name in contenders}
    for _ in range(rounds):
        for name, work in contenders.items():
            for measure, value in work().items():
                found[name].setdefault(measure, []).append(value)
    return found


def used(argv: Sequence[str | Path], *, folder: Path, environment: Mapping[str, str] | None = None) -> Usage:
    """Run a program to its end; CalledProcessError with its output when it fails."""
    log = folder / "output.log"
    begun = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(part) for part in argv],
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(argv), log.read_text(errors="replace"))
    return Usage(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def cpu_seconds_here() -> float:
    """CPU seconds of this process and of its children that have ended."""
    here = resource.getrusage(resource.RUSAGE_SELF)
    below = resource.getrusage(resource.RUSAGE_CHILDREN)
    return here.ru_utime + here.ru_stime + below.ru_utime + below.ru_stime
