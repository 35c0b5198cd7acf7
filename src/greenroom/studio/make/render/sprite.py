"""Small pictures with alpha that are laid over a frame: captions, headlines, labels."""

from dataclasses import dataclass

import cv2
import numpy as np
import skia

from greenroom.studio.make.render.planes import Plane, Planes, premultiplied


@dataclass(frozen=True, slots=True)
class Sprite:
    """A premultiplied picture at an even place; `inverse` planes are 255 - alpha."""

    x: int
    y: int
    planes: Planes
    inverse: Plane
    inverse_half: Plane

    def over(self, frame: Planes, *, dy: int = 0, opacity: float = 1.0) -> None:
        """Blend into the frame, `dy` (even) pixels lower and `opacity` strong; parts outside are cut off."""
        height, width = self.planes.y.shape
        top, left = self.y + dy, self.x
        skip = max(0, -top)
        rows = min(height, frame.y.shape[0] - top) - skip
        columns = min(width, frame.y.shape[1] - left)
        if rows <= 0 or columns <= 0 or opacity <= 0 or left < 0:
            return
        _blend(frame.y, self.planes.y, self.inverse, top + skip, left, skip, rows, columns, opacity)
        for into, plane in ((frame.u, self.planes.u), (frame.v, self.planes.v)):
            half = (top + skip) // 2, left // 2, skip // 2, rows // 2, columns // 2
            _blend(into, plane, self.inverse_half, *half, opacity)


def sprite(surface: skia.Surface, x: int, y: int) -> Sprite:
    """What was drawn on a surface, cut to its opaque part; (x, y) is where the surface's corner goes."""
    pixels = np.asarray(surface.toarray(colorType=skia.kBGRA_8888_ColorType, alphaType=skia.kPremul_AlphaType))
    rows, columns = np.flatnonzero(pixels[..., 3].any(1)), np.flatnonzero(pixels[..., 3].any(0))
    if len(rows) == 0:
        rows = columns = np.array([0, 1])
    top, left = rows[0] // 2 * 2, columns[0] // 2 * 2
    bottom, right = min(pixels.shape[0], rows[-1] + 2) // 2 * 2, min(pixels.shape[1], columns[-1] + 2) // 2 * 2
    cut = np.ascontiguousarray(pixels[top : max(bottom, top + 2), left : max(right, left + 2)])
    planes, alpha, alpha_half = premultiplied(cut)
    return Sprite(x // 2 * 2 + int(left), y // 2 * 2 + int(top), planes, 255 - alpha, 255 - alpha_half)


def _blend(
    into: Plane, plane: Plane, inverse: Plane, top: int, left: int, skip: int, rows: int, columns: int, opacity: float
) -> None:
    under = into[top : top + rows, left : left + columns]
    drawn, rest = plane[skip : skip + rows, :columns], inverse[skip : skip + rows, :columns]
    if opacity < 1:
        drawn = np.asarray(cv2.convertScaleAbs(drawn, alpha=opacity), np.uint8)
        rest = np.asarray(cv2.convertScaleAbs(rest, alpha=opacity, beta=255 * (1 - opacity)), np.uint8)
    kept = cv2.multiply(under, rest, scale=1 / 255)
    cv2.add(kept, drawn, dst=kept)
    np.copyto(under, kept)
