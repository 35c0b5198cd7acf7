"""Pictures as three 8-bit planes, Y, U and V at 4:2:0, in BT.709 limited range: what the encoder eats."""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from greenroom.studio.errors import Broken

Plane = npt.NDArray[np.uint8]

# ITU-R BT.709, RGB to limited-range Y'CbCr; rows take (B, G, R, 1 or alpha).
_Y = (0.0722, 0.7152, 0.2126)
_TO_Y = np.array([[219 / 255 * c for c in _Y]], np.float32)
_TO_U = np.array([[112 / 255, -112 / 255 * 0.7152 / 0.9278, -112 / 255 * 0.2126 / 0.9278]], np.float32)
_TO_V = np.array([[-112 / 255 * 0.0722 / 0.7874, -112 / 255 * 0.7152 / 0.7874, 112 / 255]], np.float32)


@dataclass(frozen=True, slots=True)
class Planes:
    """Full-size `y`, half-size `u` and `v`."""

    y: Plane
    u: Plane
    v: Plane

    @property
    def size(self) -> tuple[int, int]:
        return self.y.shape[1], self.y.shape[0]


def from_bgr(bgr: Plane) -> Planes:
    """Planes of an opaque picture with even width and height."""
    half = _halved(bgr)
    return Planes(_mix(bgr, _TO_Y, 16), _mix(half, _TO_U, 128), _mix(half, _TO_V, 128))


def from_file(path: Path) -> Planes:
    bgr = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if bgr is None:
        raise Broken(f"The picture {path.name} cannot be read; make the pictures again.")
    return from_bgr(np.asarray(bgr, np.uint8))


def premultiplied(bgra: Plane) -> tuple[Planes, Plane, Plane]:
    """Planes of a premultiplied picture, with its alpha at full and at half size."""
    half = _halved(bgra)
    planes = Planes(_mix(bgra, _TO_Y, 16), _mix(half, _TO_U, 128), _mix(half, _TO_V, 128))
    return planes, np.ascontiguousarray(bgra[..., 3]), np.ascontiguousarray(half[..., 3])


def solid(width: int, height: int, colour: str) -> Planes:
    """One colour over the whole frame."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    one = from_bgr(np.full((2, 2, 3), (blue, green, red), np.uint8))
    return Planes(
        np.full((height, width), one.y[0, 0], np.uint8),
        np.full((height // 2, width // 2), one.u[0, 0], np.uint8),
        np.full((height // 2, width // 2), one.v[0, 0], np.uint8),
    )


def _halved(pixels: Plane) -> Plane:
    size = pixels.shape[1] // 2, pixels.shape[0] // 2
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _mix(pixels: Plane, row: npt.NDArray[np.float32], zero: int) -> Plane:
    """One plane. The zero level is scaled by alpha where there is one, so that blending stays a sum."""
    offset = np.array([[zero / 255 if pixels.shape[2] == 4 else zero]], np.float32)
    return np.asarray(cv2.transform(pixels, np.hstack([row, offset])), np.uint8)
