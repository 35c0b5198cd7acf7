"""`python -m benchmarks.rendering.floor PLAN FRAMES OUT`: x264 of finished frames and nothing else."""

import json
from fractions import Fraction
from pathlib import Path

import av
import click
import numpy as np


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("frames", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
def main(folder: Path, frames: Path, out: Path) -> None:
    """Encode FRAMES as the plan in FOLDER says."""
    plan = json.loads((folder / "plan.json").read_bytes())
    shape = plan["height"] * 3 // 2, plan["width"]
    ring = [np.empty(shape, np.uint8) for _ in range(3)]  # the encoder may still look at the last one
    with av.open(str(out), "w") as container, frames.open("rb", buffering=0) as source:
        stream = container.add_stream("libx264", rate=plan["fps"])
        stream.width, stream.height, stream.pix_fmt = plan["width"], plan["height"], "yuv420p"
        stream.options = {
            "preset": plan["preset"],
            "crf": str(plan["crf"]),
            "threads": str(plan["threads"]),
            "x264-params": f"open-gop=0:keyint={plan['keyint']}",
        }
        stream.codec_context.time_base = Fraction(1, plan["fps"])
        for number in range(plan["frames"]):
            pixels = ring[number % len(ring)]
            assert source.readinto(pixels.data.cast("B")) == pixels.size
            frame = av.VideoFrame.from_numpy_buffer(pixels, format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, plan["fps"])
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


if __name__ == "__main__":
    main()
