"""Runs programs side by side, prints one line with the time for each, and the output of those that failed."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

import click

from greenroom_dev import ROOT


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    argv: Sequence[str]
    folder: Path = ROOT
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    step: Step
    ok: bool
    seconds: float
    output: str


def run_all(steps: Sequence[Step], *, at_once: int | None = None) -> bool:
    """Run the steps, the first ones first, at most `at_once` together; True when every one ended with 0."""
    with ThreadPoolExecutor(at_once or max(2, os.cpu_count() or 2)) as pool:
        outcomes = [pool.submit(run_step, step) for step in steps]
        passed = [show(done.result()) for done in as_completed(outcomes)]
    return all(passed)


def run_step(step: Step) -> Outcome:
    begun = time.monotonic()
    try:
        done = subprocess.run(
            step.argv,
            cwd=step.folder,
            env={**os.environ, **step.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        return Outcome(step, ok=False, seconds=time.monotonic() - begun, output=f"{error}\n")
    return Outcome(step, done.returncode == 0, time.monotonic() - begun, done.stdout)


def show(outcome: Outcome) -> bool:
    mark = click.style("ok  ", fg="green") if outcome.ok else click.style("FAIL", fg="red")
    click.echo(f"{mark} {outcome.step.name:<24} {outcome.seconds:6.1f} s")
    if not outcome.ok:
        click.echo(outcome.output.rstrip() + "\n")
    return outcome.ok


def timed(what: str, work: Callable[[], int]) -> int:
    """Run `work`, print how long it took, and give its exit status back."""
    begun = time.monotonic()
    status = work()
    click.echo(f"{what}: {time.monotonic() - begun:.1f} s")
    return status
