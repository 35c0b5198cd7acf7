"""make: from a brief to a video that a person can review, by the embedded defaults, stage by stage.

There is no peer; the measure is our own render stage in the same run. Cold has nothing kept and nothing loaded and
counts the start of the process; warm is another brief in the same process; again is the first brief unchanged.
"""

import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.measure import Samples, used
from benchmarks.table import Measure, Options, Row, Table, Target

ROOT = Path(__file__).resolve().parents[1]
STAGES = ("start", "script", "voice", "pictures", "render", "checks", "sign")
NAMES = {"cold": "cold", "warm": "warm, another brief", "again": "again, unchanged"}
MOST = 1.6


def run(options: Options) -> Table:
    """Medians over the rounds. The first column is the CPU of all, the next ones the CPU of each stage."""
    seconds = 15 if options.quick else 30
    samples: dict[str, Samples] = {name: {} for name in NAMES}
    peaks: list[float] = []
    told: dict[str, Any] = {}
    for number in range(1 if options.quick else options.rounds):
        folder = options.scratch / f"round-{number}"
        folder.mkdir()
        argv = [sys.executable, "-m", "benchmarks.making", str(folder), repr(time.monotonic())]
        usage = used(
            [*argv, "--seconds", str(seconds)], folder=folder, environment={"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
        )
        peaks.append(usage.peak_mb)
        told = json.loads((folder / "made.json").read_bytes())
        for name in NAMES:
            note(samples[name], told[name]["stages"])
    rows = {name: Row(called, "ours", samples[name]) for name, called in NAMES.items()}
    return Table(
        name="make",
        work=f"brief with a text to {seconds} s, 1080x1920 at 30: script, voice, pictures, render, checks, credentials",
        measures=(
            Measure("cpu", "all, CPU", "s"),
            *(Measure(f"{stage}_cpu", stage, "s", 2) for stage in STAGES),
            Measure("wall", "all, wall", "s", 2),
            Measure("render", "render, wall", "s"),
        ),
        rows=tuple(rows.values()),
        targets=tuple(target(name, rows[name]) for name in ("cold", "warm")),
        notes=(
            f"medians of {len(peaks)} rounds; stages in CPU seconds; all of it in a process of {max(peaks):.0f} MB",
            *(
                f"{name}: {one['frames']} frames, {one['scenes']} scenes, credentials {one['credentials']}"
                for name, one in told.items()
            ),
        ),
    )


def note(samples: Samples, stages: Mapping[str, tuple[float, float]]) -> None:
    for stage in STAGES:
        samples.setdefault(f"{stage}_cpu", []).append(stages.get(stage, (0.0, 0.0))[1])
    samples.setdefault("cpu", []).append(sum(cpu for _, cpu in stages.values()))
    samples.setdefault("wall", []).append(sum(seconds for seconds, _ in stages.values()))
    samples.setdefault("render", []).append(stages.get("render", (0.0, 0.0))[0])


def target(name: str, row: Row) -> Target:
    """In CPU seconds, since the clock of a busy machine says little; the wall's ratio beside it."""
    cpu, wall = (ratio(row, *pair) for pair in (("cpu", "render_cpu"), ("wall", "render")))
    return Target(f"{name}: make ≤ {MOST} × render", f"{cpu:.2f} × CPU, {wall:.2f} × wall", cpu <= MOST)


def ratio(row: Row, whole: str, part: str) -> float:
    return (row.median(whole) or 0.0) / (row.median(part) or float("inf"))
