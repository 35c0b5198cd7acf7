"""render: 30 seconds of 1080x1920 from the same plan by us, moviepy and an ffmpeg filter graph, against x264 alone.

`python -m benchmarks.render --seconds 10` takes a slice; --tuned adds moviepy with its zooms written by hand.
"""

import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import click

from benchmarks.measure import Samples, Usage, used
from benchmarks.rendering.contest import LOOK, ROOT, Contest, prepared
from benchmarks.table import Measure, Options, Row, Table, Target, printed

MOST_MB = 400
MEASURES = (
    Measure("cpu", "CPU", "s"),
    Measure("wall", "wall", "s"),
    Measure("peak", "peak", "MB", 0),
    Measure("size", "file", "MB"),
)


def run(options: Options) -> Table:
    """Medians of interleaved rounds; moviepy, which takes minutes, runs in the first round only."""
    return compared(options, 6 if options.quick else 30, tuned=False)


def compared(options: Options, seconds: int, *, tuned: bool) -> Table:
    contest, drawing = prepared(options.scratch, seconds)
    rounds = 1 if options.quick else options.rounds
    names = ["floor", "ours", "ffmpeg", "moviepy", *(["tuned"] if tuned else [])]
    samples = contest.rounds(names, rounds)
    contest.check()
    edit = contest.edited()
    longer = contest.twice_as_long() if seconds == 30 else None
    rows = {name: row(name, values) for name, values in samples.items()}
    document = contest.document()
    kinds = [scene["motion"]["kind"] for scene in document["scenes"]]
    motions = f"{kinds.count('pan')} pan, {kinds.count('zoom')} zoom"
    written = document["frames"] * document["width"] * document["height"] * 1.5e-9
    return Table(
        name="render",
        work=(
            f"{seconds} s, 1080x1920 at 30: {len(kinds)} pictures ({motions}), cross-fades, "
            f"{len(document['captions'])} caption states, cards, voice, music; x264 veryfast crf 20, 2 threads"
        ),
        measures=MEASURES,
        rows=tuple(rows.values()),
        targets=targets(rows, edit, longer, seconds),
        notes=(
            f"medians of {rounds} interleaved rounds; moviepy ran in the first only",
            f"drawing alone: {drawing.cpu_seconds:.1f} CPU s, writing {written:.1f} GB of raw frames included",
            "ours also makes the music, which the peers are given, and brings the sound to -14 LUFS",
            "peak is of the largest process; moviepy's encoder is another one beside it",
            "moviepy as documented; `python -m benchmarks.render --tuned` has its zooms written by hand as well",
            f"frames of all to look at: {LOOK.relative_to(ROOT)}/",
        ),
        versions=versions(contest),
    )


def row(name: str, samples: Samples) -> Row:
    if name == "floor":
        return Row("x264 of the same raw frames", "floor", samples)
    if name == "ours":
        return Row("ours", "ours", samples)
    called = {"ffmpeg": "ffmpeg filter graph", "moviepy": "moviepy", "tuned": "moviepy, zooms by hand"}
    return Row(called[name], "peer", samples)


def targets(
    rows: Mapping[str, Row], edit: Mapping[str, float], longer: Usage | None, seconds: int
) -> tuple[Target, ...]:
    cpu = {name: one.median("cpu") or 0.0 for name, one in rows.items()}
    to_floor, to_moviepy = cpu["ours"] / cpu["floor"], cpu["moviepy"] / cpu["ours"]
    peaks = {seconds: rows["ours"].median("peak") or 0.0, **({60: longer.peak_mb} if longer else {})}
    memory = ", ".join(f"{peak:.0f} MB at {length} s" for length, peak in peaks.items())
    scene = edit["seconds"] - edit["rest"]
    edited = (
        f"{edit['made']:.0f} scene of {edit['frames']:.0f} frames in {scene:.2f} s, the rest in {edit['rest']:.2f} s"
    )
    return (
        Target("≤ 1.4 × the floor's CPU", f"{to_floor:.2f} ×", to_floor <= 1.4),
        Target("≥ 4.5 × less CPU than moviepy", f"{to_moviepy:.2f} ×", to_moviepy >= 4.5),
        Target("≤ 400 MB at any length", memory, max(peaks.values()) <= MOST_MB),
        Target("caption edit: one scene and ≤ 0.3 s", edited, edit["made"] == 1 and edit["rest"] <= 0.3),
    )


def versions(contest: Contest) -> dict[str, str]:
    """Read from the packages' metadata in other processes: importing them would make this one large."""
    says = (
        "import importlib.metadata as m, json, sys\n"
        "print(json.dumps({name: m.version(name) for name in sys.argv[1:]}))"
    )  # fmt: skip
    ours = (sys.executable, "av", "opencv-python-headless", "skia-python", "numpy")
    found: dict[str, str] = {}
    for python, *names in (ours, (contest.peers, "moviepy", "imageio-ffmpeg")):
        used([python, "-c", says, *names], folder=contest.scratch)
        found |= json.loads((contest.scratch / "output.log").read_text())
    return found


@click.command()
@click.option("--seconds", type=click.IntRange(3, 30), default=30, show_default=True)
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True)
@click.option("--tuned", is_flag=True, help="Also moviepy with its zooms written by hand.")
def main(seconds: int, rounds: int, tuned: bool) -> None:
    """A slice of the work, or moviepy both ways; figures are printed and not kept."""
    with tempfile.TemporaryDirectory(prefix="greenroom-bench-render-", ignore_cleanup_errors=True) as scratch:
        click.echo(printed(compared(Options(rounds, Path(scratch)), seconds, tuned=tuned)))


if __name__ == "__main__":
    main()
