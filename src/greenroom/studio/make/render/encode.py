"""Encodes the frames of one scene into a file of its own: closed groups of pictures, so that files can be joined."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc

from greenroom.studio.make.profile import Profile
from greenroom.studio.make.render.planes import Plane, Planes

_IN_FLIGHT = 3


class SceneFile:
    """An open scene. `frame()` gives planes to draw on, `add()` encodes what was drawn."""

    def __init__(self, path: Path, profile: Profile) -> None:
        self._container = av.open(str(path), "w", format="mp4")
        stream = self._container.add_stream("libx264", rate=profile.fps)
        stream.width, stream.height = profile.width, profile.height
        stream.pix_fmt = "yuv420p"
        stream.options = {
            "preset": profile.preset,
            "crf": str(profile.crf),
            "threads": str(profile.threads),
            "x264-params": f"open-gop=0:keyint={2 * profile.fps}:colorprim=bt709:transfer=bt709:colormatrix=bt709",
        }
        context = stream.codec_context
        context.time_base = Fraction(1, profile.fps)
        context.color_range = ColorRange.MPEG
        context.colorspace = Colorspace.ITU709
        context.color_primaries = ColorPrimaries.BT709
        context.color_trc = ColorTrc.BT709
        self._stream, self._tick = stream, Fraction(1, profile.fps)
        self._frames = [_frame(profile) for _ in range(_IN_FLIGHT)]
        self._count = 0

    def frame(self) -> Planes:
        return self._frames[self._count % _IN_FLIGHT][1]

    def add(self) -> None:
        frame = self._frames[self._count % _IN_FLIGHT][0]
        frame.pts = self._count
        frame.time_base = self._tick
        self._count += 1
        self._container.mux(self._stream.encode(frame))

    def finish(self) -> None:
        self._container.mux(self._stream.encode(None))
        self._container.close()

    def give_up(self) -> None:
        self._container.close()


@contextmanager
def scene_file(path: Path, profile: Profile) -> Iterator[SceneFile]:
    """A scene file that is whole when the block ends well, and gone when it does not."""
    file = SceneFile(path, profile)
    try:
        yield file
        file.finish()
    except BaseException:
        file.give_up()
        path.unlink(missing_ok=True)
        raise


def _frame(profile: Profile) -> tuple[av.VideoFrame, Planes]:
    frame = av.VideoFrame(profile.width, profile.height, "yuv420p")
    frame.colorspace, frame.color_range = Colorspace.ITU709, ColorRange.MPEG
    y, u, v = (_writable(plane) for plane in frame.planes)
    return frame, Planes(y, u, v)


def _writable(plane: av.video.plane.VideoPlane) -> Plane:
    rows: Plane = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    return rows[: plane.height, : plane.width]
