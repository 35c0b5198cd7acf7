"""`./greenroom test [fast|soak]`: the checks first, then the lanes, which are the folders of tests/.

All of them run on all cores. Tests with a browser, and those that kill processes, go file by file, since a file's tests
share an installation; they wait for more than they compute, and so they run beside each other.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import click

from greenroom_dev import ROOT
from greenroom_dev.check import checks
from greenroom_dev.steps import run_all


@dataclass(frozen=True, slots=True)
class Run:
    """One run of pytest."""

    title: str
    folders: Sequence[str]
    options: Sequence[str] = ()
    spread: Literal["tests", "files", "nothing"] = "tests"
    """What goes to another core by itself."""


LANES = {
    "all": (
        Run("unit, contract, db, flow", ("tests/unit", "tests/contract", "tests/db", "tests/flow")),
        Run("browser, chaos", ("tests/browser", "tests/chaos"), spread="files"),
    ),
    "fast": (
        Run(
            "unit, contract, quick db",
            ("tests/unit", "tests/contract", "tests/db"),
            ("-m", "(unit or contract or quick) and not slow"),
        ),
    ),
    "soak": (Run("soak", ("tests",), ("--soak", "--timeout=7200"), spread="nothing"),),
}


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("which", type=click.Choice(list(LANES)), default="all")
@click.argument("more", nargs=-1, type=click.UNPROCESSED)
def command(which: str, more: tuple[str, ...]) -> int:
    """Run all tests, `fast` ones (under a minute), or the long `soak` ones.

    What follows `--` goes to pytest: `./greenroom test fast -- -k slots -x`.
    """
    begun = time.monotonic()
    failed = [] if which == "soak" or run_all(list(checks())) else ["check"]
    failed += run_lanes(LANES[which], more)
    took = f"{time.monotonic() - begun:.0f} s"
    if failed:
        click.secho(f"\nFailed: {'; '.join(failed)} ({took})", fg="red")
        return 1
    click.secho(f"\nAll passed ({took})", fg="green")
    return 0


def run_lanes(runs: Sequence[Run], more: Sequence[str]) -> list[str]:
    """The titles of the runs that failed; a failed one does not keep the next from running."""
    failed = []
    for run in runs:
        click.secho(f"\n{run.title}", bold=True)
        if pytest(run, more):
            failed.append(run.title)
    return failed


def pytest(run: Run, more: Sequence[str]) -> int:
    """pytest's exit status. Nothing collected is a failure too, unless the caller narrowed the choice."""
    on_all_cores = ["-n", str(max(2, os.cpu_count() or 2)), "--dist"]
    spread = {
        "tests": [*on_all_cores, "worksteal"],
        "files": [*on_all_cores, "loadfile"],  # tests/support/side_by_side.py says which of them stay together
        "nothing": ["-p", "no:xdist"],
    }[run.spread]
    arguments = ["-q", *spread, *run.folders, *run.options, *more]
    status = subprocess.run([sys.executable, "-m", "pytest", *arguments], cwd=ROOT, check=False).returncode
    return 0 if status == 5 and more else status
