"""Looks at the encoded video once: what a player will show, at a coarse grid of points, with the time of each look."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

_STILL = 2
_GRID = 135


@dataclass(slots=True)
class Seen:
    """`frames` is how many pictures the file holds; times are seconds."""

    width: int = 0
    height: int = 0
    fps: float = 0.0
    duration: float = 0.0
    frames: int = 0
    codec: str = ""
    pixel_format: str = ""
    colour: str = ""
    audio_codec: str = ""
    audio_rate: int = 0
    channels: int = 0
    looked: int = 0
    black: list[float] = field(default_factory=list)
    still: list[tuple[float, float]] = field(default_factory=list)
    wanted: dict[float, npt.NDArray[np.uint8]] = field(default_factory=dict)


def watch(path: Path, moments: list[float], check: Callable[[], None]) -> Seen:
    """Decode the pictures that others refer to (about every second one) and keep the luma at the given moments."""
    seen = Seen()
    with av.open(str(path)) as source:
        video, audio = source.streams.video[0], source.streams.audio[0]
        seen.width, seen.height = video.codec_context.width, video.codec_context.height
        seen.fps = float(video.average_rate or 0)
        seen.frames = video.frames
        seen.duration = float((source.duration or 0) / av.time_base)
        seen.codec, seen.pixel_format = video.codec_context.name, str(video.codec_context.pix_fmt)
        seen.audio_codec, seen.audio_rate = audio.codec_context.name, audio.codec_context.sample_rate
        seen.channels = audio.codec_context.channels
        video.codec_context.skip_frame = "NONREF"
        video.thread_type = "AUTO"
        _look(source, video, seen, sorted(moments), check)
    return seen


def _look(
    source: av.container.InputContainer,
    video: av.VideoStream,
    seen: Seen,
    moments: list[float],
    check: Callable[[], None],
) -> None:
    step = max(1, seen.width // _GRID)
    last: npt.NDArray[np.int16] | None = None
    since = at = 0.0
    for frame in source.decode(video):
        check()
        at = float(frame.time or 0)
        plane = np.frombuffer(memoryview(frame.planes[0]), np.uint8).reshape(-1, frame.planes[0].line_size)
        grid = plane[: frame.height : step, : frame.width : step].astype(np.int16)
        seen.colour = f"{int(frame.colorspace)}/{int(frame.color_range)}"
        seen.looked += 1
        if float((grid > 32).mean()) < 0.02:
            seen.black.append(at)
        if last is not None and int((np.abs(grid - last) >= _STILL).sum()) > max(3, grid.size // 4000):
            _note(seen, since, at)
            since = at
        last = grid
        while moments and at >= moments[0]:
            seen.wanted[moments.pop(0)] = plane[: frame.height, : frame.width].copy()
    _note(seen, since, at)


def _note(seen: Seen, since: float, until: float) -> None:
    if until - since > 0.5:
        seen.still.append((since, until))
