"""`python -m benchmarks.rendering.raw PLAN PLACE`: our frames as they are drawn, before any encoding, for the floor.

Writes PLACE/frames.yuv (planar 4:2:0, 3.1 MB a frame). What it uses, less the writing, is the drawing alone.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO
from unittest.mock import patch

import click
import cv2
import numpy as np

from benchmarks.rendering.given import given
from greenroom.studio.make.profile import FINAL, Profile
from greenroom.studio.make.render import scene
from greenroom.studio.make.render.draw import draw_scenes
from greenroom.studio.make.render.plan import plan
from greenroom.studio.make.render.planes import Planes
from greenroom.studio.make.stage import SceneCache, Work


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("place", type=click.Path(path_type=Path))
def main(folder: Path, place: Path) -> None:
    """Draw all frames of the plan in FOLDER."""
    place.mkdir(parents=True, exist_ok=True)
    known = given(folder)
    cv2.setNumThreads(1)
    work = Work(place, SceneCache(place / "scenes"), place / "credentials", FINAL)
    scenes = plan(known.job, known.script, known.spoken, known.before["pictures"].data["pictures"], FINAL)
    with (place / "frames.yuv").open("wb", buffering=0) as out, patch.object(scene, "scene_file", recorder(out)):
        draw_scenes(known.job, known.script, scenes, known.before["pictures"].files, work)


class Recorder:
    """Takes the place of a scene file: frames go to one file as they are."""

    def __init__(self, out: BinaryIO, profile: Profile) -> None:
        width, height = profile.width, profile.height
        self._out, self._pixels = out, np.zeros(width * height * 3 // 2, np.uint8)
        y, u, v = np.split(self._pixels, [width * height, width * height * 5 // 4])
        half = height // 2, width // 2
        self._planes = Planes(y.reshape(height, width), u.reshape(half), v.reshape(half))

    def frame(self) -> Planes:
        return self._planes

    def add(self) -> None:
        self._out.write(self._pixels.data)


def recorder(out: BinaryIO) -> Callable[[Path, Profile], AbstractContextManager[Recorder]]:
    """What `scene_file` is while frames are only drawn; the scene's own file stays empty."""

    @contextmanager
    def scene_file(path: Path, profile: Profile) -> Iterator[Recorder]:
        yield Recorder(out, profile)
        path.touch()

    return scene_file


if __name__ == "__main__":
    main()
