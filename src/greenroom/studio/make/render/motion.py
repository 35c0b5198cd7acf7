"""How a picture moves: slow pans in whole pixels, which cost nothing and stay sharp, and zooms by scaling."""

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from greenroom.kit.chance import Chance
from greenroom.studio.make.render.planes import Planes
from greenroom.studio.make.render.zoom import scaled

Kind = Literal["pan", "zoom"]

# Where the middle of a drawn thing comes to lie in the frame: between the headline and the captions.
_ANCHOR = 0.495
# Frames of a usual scene: how fast a zoom goes on while the next scene fades in.
_USUAL = 180


@dataclass(frozen=True, slots=True)
class Motion:
    """Where the view comes to lie at the end of its scene, and how it gets there.

    Pan: the corner (x, y) at the end, and whole pixels a frame. Zoom: the centre halfway, its drift, and the scales.
    Nothing here depends on how long the scene is, so that the scene after it can fade in over it unchanged.
    """

    kind: Kind
    x: float
    y: float
    dx: float
    dy: float
    scale: float = 1.0
    scale_to: float = 1.0


def choose(chance: Chance, picture: tuple[int, int], view: tuple[int, int], *, focus: float, whole: bool) -> Motion:
    """A motion that stays inside the picture and never stands still; `focus` lies a little above the middle."""
    spare_x, spare_y = picture[0] - view[0], picture[1] - view[1]
    ideal = min(max(focus * picture[1] - _ANCHOR * view[1], 0), spare_y)
    if not whole and chance.unit() < 0.5 and spare_y >= 24:
        return _pan(chance, spare_x, spare_y, ideal)
    wide = min(picture[0] / view[0], picture[1] / view[1])
    near = 1 + (wide - 1) * (0.45 if whole else chance.real(0.05, 0.35))
    far = 1 + (wide - 1) * chance.real(0.86, 0.98)
    first, last = (far, near) if chance.unit() < 0.6 else (near, far)
    drift = 0.0 if whole else 0.12 * spare_x
    return Motion(
        "zoom",
        picture[0] / 2 + chance.real(-drift, drift),
        focus * picture[1] + (0.5 - _ANCHOR) * view[1],
        chance.real(-drift, drift),
        chance.real(-0.05, 0.05) * spare_y,
        first,
        last,
    )


def _pan(chance: Chance, spare_x: int, spare_y: int, ideal: float) -> Motion:
    """Up or down by one pixel a frame, ending as far past the ideal place as a usual scene begins before it."""
    step = 1 if chance.unit() < 0.5 else -1
    end = min(max(ideal + step * 0.27 * spare_y, 0), spare_y)
    return Motion("pan", spare_x // 4 * 2, round(end) // 2 * 2, 0, step)


def view(picture: Planes, motion: Motion, index: int, frames: int, into: Planes) -> None:
    """Draw what is seen at frame `index` of `frames`; it may run past the end during a transition."""
    if motion.kind == "pan":
        _crop(picture, motion, index - frames, into)
    elif index < frames:
        _zoom(picture, motion, (index + 1) / frames, into)
    else:
        _zoom(picture, motion, 1 + (index + 1 - frames) / _USUAL, into)


def _crop(picture: Planes, motion: Motion, index: int, into: Planes) -> None:
    width, height = into.size
    spare = picture.size[1] - height
    y = _bounce(round(motion.y + motion.dy * index), spare)
    x = round(motion.x)
    np.copyto(into.y, picture.y[y : y + height, x : x + width])
    hx, hy, hw, hh = x // 2, y // 2, width // 2, height // 2
    for source, plane in ((picture.u, into.u), (picture.v, into.v)):
        here = source[hy : hy + hh, hx : hx + hw]
        if y % 2 and hy + hh < source.shape[0]:
            cv2.addWeighted(here, 0.5, source[hy + 1 : hy + hh + 1, hx : hx + hw], 0.5, 0, dst=plane)
        else:
            np.copyto(plane, here)


def _bounce(at: int, last: int) -> int:
    if last <= 0:
        return 0
    at %= 2 * last
    return at if at <= last else 2 * last - at


def _zoom(picture: Planes, motion: Motion, part: float, into: Planes) -> None:
    part = min(part, 1.15)
    scale = motion.scale * (motion.scale_to / motion.scale) ** part
    width, height = into.size
    scale = min(scale, picture.size[0] / width, picture.size[1] / height)
    x = min(max(motion.x + motion.dx * (part - 0.5) - scale * width / 2, 0), picture.size[0] - scale * width)
    y = min(max(motion.y + motion.dy * (part - 0.5) - scale * height / 2, 0), picture.size[1] - scale * height)
    scaled(picture.y, scale, x, y, into.y)
    scaled(picture.u, scale, x / 2, y / 2, into.u)
    scaled(picture.v, scale, x / 2, y / 2, into.v)
