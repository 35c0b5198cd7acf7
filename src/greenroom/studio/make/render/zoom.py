"""Scales a part of a plane at any sub-pixel place, four times as fast as a general warp.

OpenCV's resize is separable and vectorised, but maps whole pixels onto whole pixels. A larger target of n + k pixels,
of which n are cut out at c, offers many rational scales and phases; the best pair (k, c) is within a few hundredths
of a pixel of what was asked, which is finer than the 1/32 pixel that a warp works with.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from greenroom.studio.make.render.planes import Plane

_MOST = 36
_K, _C = (np.array(pair) for pair in zip(*((k, c) for k in range(_MOST + 1) for c in range(k + 1)), strict=True))
_GOOD = 0.12


@dataclass(frozen=True, slots=True)
class Axis:
    """Source pixels [first, first + count) become `size` target pixels, of which those from `cut` on are kept."""

    first: int
    count: int
    size: int
    cut: int
    error: float


def scaled(source: Plane, scale: float, x: float, y: float, into: Plane) -> None:
    """Fill `into`: its pixel (i, j) shows the source at (x + i * scale, y + j * scale), both from pixel centres."""
    across = axis(source.shape[1], into.shape[1], scale, x)
    down = axis(source.shape[0], into.shape[0], scale, y)
    if max(across.error, down.error) > _GOOD:
        _warp(source, scale, x, y, into)
        return
    part = source[down.first : down.first + down.count, across.first : across.first + across.count]
    drawn = cv2.resize(part, (across.size, down.size), interpolation=cv2.INTER_LINEAR)
    np.copyto(into, drawn[down.cut : down.cut + into.shape[0], across.cut : across.cut + into.shape[1]])


def axis(available: int, wanted: int, scale: float, at: float) -> Axis:
    """The best whole numbers for one direction, and the largest error in source pixels."""
    size = wanted + _K
    count = np.rint(scale * size)
    real = count / size
    first = np.rint(at - _C * real)
    near = first + _C * real - at
    error = np.maximum(np.abs(near), np.abs(near + (real - scale) * wanted))
    error[(first < 0) | (first + count > available)] = np.inf
    best = int(np.argmin(error))
    return Axis(int(first[best]), int(count[best]), int(size[best]), int(_C[best]), float(error[best]))


def _warp(source: Plane, scale: float, x: float, y: float, into: Plane) -> None:
    """The general way, for the few views that lie against the edge of their picture."""
    centre = (scale - 1) / 2
    matrix = np.array([[scale, 0, x + centre], [0, scale, y + centre]], np.float32)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cv2.warpAffine(source, matrix, into.shape[::-1], dst=into, flags=flags, borderMode=cv2.BORDER_REPLICATE)
