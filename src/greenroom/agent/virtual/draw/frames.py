"""Frames from display lists, shared by all phones of this process that show the same: a few are kept, by bytes.

They lie in pages of their own, which go back to the machine at once: the allocator would keep what sixty phones let go.
One thread draws at a time; what video sends is drawn in threads of its own.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from mmap import mmap

import numpy as np
import skia

from greenroom.agent.virtual.contracts import Frame
from greenroom.agent.virtual.draw.paint import paint

BUDGET = 44_000_000  # bytes of frames kept for all phones together: sixty of a wall's tiles, or four whole ones

Op = tuple[object, ...]
_kept: OrderedDict[tuple[object, ...], Frame] = OrderedDict()
_drawing = threading.Lock()
_own = threading.local()


def frame(ops: Sequence[Op], wide: float, size: tuple[int, int]) -> Frame:
    """The picture of `wide` dp in this size, read-only; the one drawn last time where nothing differs."""
    key = (tuple(ops), size)
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = _drawn(ops, wide, size)
        while len(_kept) > 1 and sum(one.nbytes for one in _kept.values()) > BUDGET:
            _kept.popitem(last=False)
    else:
        _kept.move_to_end(key)
    return found


def forget() -> None:
    """Let go of all frames that are kept."""
    _kept.clear()


def sketch(ops: Sequence[Op], wide: float, high: float, size: tuple[int, int]) -> Frame:
    """The picture in exactly this size, good until this thread draws the next one: it lies where the last one lay."""
    kept: Frame | None = getattr(_own, "pixels", None)
    if kept is None or kept.shape[:2] != (size[1], size[0]):
        kept = _own.pixels = _empty(size)
    _draw(kept, ops, size[0] / wide, size[1] / high)
    return kept


def _drawn(ops: Sequence[Op], wide: float, size: tuple[int, int]) -> Frame:
    pixels = _empty(size)
    _draw(pixels, ops, size[0] / wide, size[0] / wide)
    pixels.flags.writeable = False
    return pixels


def _empty(size: tuple[int, int]) -> Frame:
    return np.frombuffer(mmap(-1, size[0] * size[1] * 4), np.uint8).reshape(size[1], size[0], 4)


def _draw(pixels: Frame, ops: Sequence[Op], across: float, down: float) -> None:
    with _drawing:
        surface = skia.Surface(pixels)  # draws into the array, and holds neither it nor a copy
        canvas = surface.getCanvas()
        canvas.clear(0xFF000000)
        canvas.scale(across, down)
        paint(canvas, ops)
