"""Runs the contestants of benchmarks/render.py, each in a process of its own, so that CPU and memory are its own.

The process that runs them stays small and imports nothing of ours: a child's peak memory begins at its parent's.
"""

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any

import click

from benchmarks.measure import Samples, Usage, interleave, used
from benchmarks.peers import peer_venv

ROOT = Path(__file__).resolve().parents[2]
LOOK = ROOT / "var" / "bench" / "look"
_SLOW = ("moviepy", "tuned")

Command = list[str | Path]


@dataclass(slots=True)
class Contest:
    """Where the files lie, and what was seen of each contestant's video."""

    scratch: Path
    plan: Path
    peers: Path
    videos: dict[str, dict[str, Any]] = field(default_factory=dict)

    def rounds(self, names: list[str], rounds: int) -> dict[str, Samples]:
        ways = {name: partial(self.measured, name) for name in names}
        return interleave(ways, rounds=rounds)

    def measured(self, name: str) -> dict[str, float]:
        """Run a contestant in an empty folder and look once at what it made; one that is slow runs only once."""
        if name in _SLOW and name in self.videos:
            return {}
        place = emptied(self.scratch / name)
        usage = ended_well(self.command(name, place), place)
        if name not in self.videos:
            self.videos[name] = inspected(place / "video.mp4", name, self.scratch)
        size = self.videos[name]["megabytes"]
        return {"cpu": usage.cpu_seconds, "wall": usage.seconds, "peak": usage.peak_mb, "size": size}

    def command(self, name: str, place: Path) -> Command:
        video, peers = place / "video.mp4", ROOT / "benchmarks" / "peers"
        ways: dict[str, Callable[[], Command]] = {
            "floor": lambda: [*part("floor"), self.plan, self.scratch / "raw" / "frames.yuv", video],
            "ours": lambda: [*part("ours"), self.plan, place],
            "ffmpeg": lambda: [self.peers, peers / "render_ffmpeg.py", self.plan, video],
            "moviepy": lambda: [self.peers, peers / "render_moviepy.py", self.plan, video],
            "tuned": lambda: [self.peers, peers / "render_moviepy.py", self.plan, video, "tuned"],
        }
        return ways[name]()

    def edited(self) -> dict[str, float]:
        """One word of a caption changed in the last render of ours, whose scenes are kept."""
        place = self.scratch / "ours"
        work("ours", self.plan, place, "--edit", folder=place)
        said: dict[str, float] = json.loads((place / "edit.json").read_bytes())
        return said

    def twice_as_long(self) -> Usage:
        plan, place = material(self.scratch / "plan-60", 60), emptied(self.scratch / "ours-60")
        return work("ours", plan, place, folder=place)

    def document(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads((self.plan / "plan.json").read_bytes())
        return document

    def check(self) -> None:
        """All of them did the work, or the table is worth nothing."""
        wanted = self.document()
        for name, seen in self.videos.items():
            same = seen["frames"] == wanted["frames"] and seen["size"] == [wanted["width"], wanted["height"]]
            if not same or seen["pixels"] != "yuv420p" or (name != "floor" and seen["sound"] != "aac"):
                raise click.ClickException(f"{name} made something else: {seen}; wanted {wanted['frames']} frames")


def prepared(scratch: Path, seconds: int) -> tuple[Contest, Usage]:
    """The plan, the peers' environment and our frames before encoding; and what drawing them used."""
    contest = Contest(scratch, material(scratch / "plan", seconds), peer_venv("render"))
    place = emptied(scratch / "raw")
    return contest, work("raw", contest.plan, place, folder=place)


def material(folder: Path, seconds: int) -> Path:
    work("material", emptied(folder), str(seconds), folder=folder)
    return folder


def inspected(video: Path, name: str, scratch: Path) -> dict[str, Any]:
    """What ended up in the file. Five of its frames are put where a person can look at them."""
    place = emptied(scratch / f"look-{name}")
    work("inspect_video", video, LOOK / f"{name}.png", folder=place)
    seen: dict[str, Any] = json.loads((place / "output.log").read_text().splitlines()[-1])
    return seen


def work(name: str, *arguments: str | Path, folder: Path) -> Usage:
    return ended_well([*part(name), *arguments], folder)


def ended_well(command: Command, folder: Path) -> Usage:
    try:
        return used(command, folder=folder, environment={"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"})
    except CalledProcessError as wrong:
        raise click.ClickException(f"{' '.join(map(str, command))} failed:\n{wrong.output[-2000:]}") from wrong


def part(name: str) -> Command:
    return [sys.executable, "-m", f"benchmarks.rendering.{name}"]


def emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
