"""Listens to the encoded sound once: clipping and silence, with their places."""

from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

_WINDOW = 0.05
_SILENT = 10 ** (-60 / 20)
_FULL = 0.9995


@dataclass(frozen=True, slots=True)
class Heard:
    """`clipped` counts samples at full scale that have a neighbour there; `silences` are (start, end) in seconds."""

    duration: float
    clipped: int
    clipped_at: float | None
    silences: tuple[tuple[float, float], ...]


def listen(path: Path) -> Heard:
    with av.open(str(path)) as source:
        stream = source.streams.audio[0]
        rate = stream.codec_context.sample_rate
        blocks = [frame.to_ndarray() for frame in source.decode(stream)]
    samples = np.concatenate(blocks, axis=1)
    level = np.abs(samples).max(0)
    full = level >= _FULL
    runs = full[1:] & full[:-1]
    where = np.flatnonzero(runs)
    hop = round(_WINDOW * rate)
    count = len(level) // hop
    loud = level[: count * hop].reshape(count, hop).max(1) > _SILENT
    return Heard(
        duration=len(level) / rate,
        clipped=int(runs.sum()),
        clipped_at=float(where[0] / rate) if len(where) else None,
        silences=_gaps(loud),
    )


def _gaps(loud: npt.NDArray[np.bool_]) -> tuple[tuple[float, float], ...]:
    edges = np.flatnonzero(np.diff(np.concatenate([[1], loud.astype(np.int8), [1]])))
    return tuple((float(a * _WINDOW), float(b * _WINDOW)) for a, b in zip(edges[::2], edges[1::2], strict=True))
