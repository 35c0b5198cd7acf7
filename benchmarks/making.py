"""`python -m benchmarks.making FOLDER SINCE`: makes three videos in one process and writes what each took.

cold: nothing kept, nothing loaded, from the start of the process (SINCE on the monotonic clock). warm: another brief
right after it. again: the first brief once more, unchanged. FOLDER/made.json holds seconds and CPU seconds by stage.
"""

import json
import time
from dataclasses import dataclass, field
from pathlib import Path

import click

from benchmarks.measure import cpu_seconds_here
from greenroom.studio.contracts import Brief, MakeInput, Progress
from greenroom.studio.make.video import make_video

BEES = """A strong hive holds up to sixty thousand bees in high summer, and about ten thousand in winter.
Bees do not sleep through the cold. They hang together as a ball around the queen.
Those inside tremble with their wing muscles, and the middle of the ball stays near 35 degrees.
The bees at the edge are the blanket. When they get cold, they change places with those inside.
A colony eats about fifteen kilograms of honey between November and March.
All that warmth was put away while the flowers were open."""
BREAD = """Sourdough bread rises without yeast from a packet. Wild yeast lives on the flour itself.
Flour and water left for a week turn into a starter that doubles within hours.
The acid of its bacteria keeps the loaf fresh for about five days.
Bakers in Egypt used such dough more than 3,000 years ago.
A loaf takes a day, but only 20 minutes of it are work."""


@dataclass(slots=True)
class Meter:
    """Seconds and CPU seconds by stage, read off when the next one begins."""

    stage: str = "start"
    at: float = field(default_factory=time.monotonic)
    cpu: float = 0.0
    took: dict[str, tuple[float, float]] = field(default_factory=dict)

    def see(self, progress: Progress) -> None:
        if progress.stage != self.stage:
            now, cpu = time.monotonic(), cpu_seconds_here()
            self.took[self.stage] = (now - self.at, cpu - self.cpu)
            self.stage, self.at, self.cpu = progress.stage, now, cpu


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("since", type=float)
@click.option("--seconds", type=int, default=30)
def main(folder: Path, since: float, seconds: int) -> None:
    """Make the three videos."""
    bees = MakeInput(
        brief=Brief(topic="How bees keep warm in winter", text=BEES, text_name="bees.txt", seconds=seconds)
    )
    bread = MakeInput(
        brief=Brief(topic="Why sourdough takes a day", text=BREAD, text_name="bread.txt", seconds=seconds)
    )
    said = {
        "cold": made(bees, folder / "cold.mp4", folder, Meter(at=since)),
        "warm": made(bread, folder / "warm.mp4", folder, Meter(cpu=cpu_seconds_here())),
        "again": made(bees, folder / "again.mp4", folder, Meter(cpu=cpu_seconds_here())),
    }
    (folder / "made.json").write_text(json.dumps(said, indent=1))


def made(job: MakeInput, out: Path, folder: Path, meter: Meter) -> dict[str, object]:
    """A video that a person could review: no check stands in its way."""
    done = make_video(job, out, folder=folder / "kept", progress=meter.see)
    if done.blocking:
        raise click.ClickException(f"{out.stem} is blocked: {[check.reason for check in done.blocking]}")
    meter.see(Progress(stage="delivered", title="", fraction=1, overall=1, message=""))
    shape = {"duration": done.rendered.duration, "frames": done.rendered.frames, "scenes": len(done.spoken.scenes)}
    return {"stages": meter.took, **shape, "credentials": done.manifest.state}


if __name__ == "__main__":
    main()
