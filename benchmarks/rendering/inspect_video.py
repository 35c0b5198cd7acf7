"""`python -m benchmarks.rendering.inspect_video VIDEO SHEET`: what a contestant made, and a sheet of its frames."""

import json
from pathlib import Path

import av
import click
import cv2
import numpy as np


@click.command()
@click.argument("video", type=click.Path(path_type=Path))
@click.argument("sheet", type=click.Path(path_type=Path))
def main(video: Path, sheet: Path) -> None:
    """Print frames, size, codecs and sound as JSON; write five frames side by side to SHEET."""
    sheet.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(video)) as source:
        picture = source.streams.video[0]
        picture.thread_type = "AUTO"
        total = picture.frames
        wanted = {round(total * share) for share in (0.02, 0.25, 0.45, 0.7, 0.97)}
        seen, count = [], 0
        for frame in source.decode(picture):
            if count in wanted:
                seen.append(cv2.resize(frame.to_ndarray(format="bgr24"), (360, 640), interpolation=cv2.INTER_AREA))
            count += 1
        sound = source.streams.audio[0] if source.streams.audio else None
        said = {
            "frames": count,
            "size": [picture.width, picture.height],
            "pixels": picture.codec_context.pix_fmt,
            "sound": sound.codec_context.name if sound else None,
            "megabytes": video.stat().st_size / 1e6,
        }
    cv2.imwrite(str(sheet), np.hstack(seen))
    click.echo(json.dumps(said))


if __name__ == "__main__":
    main()
