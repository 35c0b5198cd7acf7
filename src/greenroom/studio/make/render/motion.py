"""How a picture moves: slow pans in whole pixels, which cost nothing and stay sharp, and zooms by warping."""

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from greenroom.kit.chance import Chance
from greenroom.studio.make.render.planes import Plane, Planes

Kind = Literal["pan", "zoom"]


@dataclass(frozen=True, slots=True)
class Motion:
    """Where the view lies in the picture. Pan: top-left corner and whole pixels a frame. Zoom: centre and widths."""

    kind: Kind
    x: float
    y: float
    dx: float
    dy: float
    scale: float = 1.0
    scale_to: float = 1.0


def choose(chance: Chance, picture: tuple[int, int], view: tuple[int, int], frames: int) -> Motion:
    """A motion that stays inside the picture for `frames` frames and never stands still."""
    spare_x, spare_y = picture[0] - view[0], picture[1] - view[1]
    if chance.unit() < 0.5 and spare_y >= 24:
        return _pan(chance, spare_x, spare_y, frames)
    wide = min(picture[0] / view[0], picture[1] / view[1])
    near = 1 + (wide - 1) * chance.real(0.05, 0.35)
    far = 1 + (wide - 1) * chance.real(0.75, 0.98)
    first, last = (far, near) if chance.unit() < 0.6 else (near, far)
    slack_x, slack_y = (picture[0] - view[0] * far) / 2, (picture[1] - view[1] * far) / 2
    return Motion(
        "zoom",
        picture[0] / 2 + chance.real(-slack_x, slack_x),
        picture[1] / 2 + chance.real(-slack_y, slack_y),
        chance.real(-slack_x, slack_x) * 0.5,
        chance.real(-slack_y, slack_y) * 0.5,
        first,
        last,
    )


def _pan(chance: Chance, spare_x: int, spare_y: int, frames: int) -> Motion:
    """Vertical, one or two pixels a frame, turning round only when the picture is too small for the length."""
    step = 2 if spare_y >= 2 * frames else 1
    travel = min(spare_y, step * frames)
    top = chance.number(0, max(0, spare_y - travel)) // 2 * 2
    down = chance.unit() < 0.5
    x = chance.number(0, spare_x) // 2 * 2
    return Motion("pan", x, top if down else top + travel, 0, step if down else -step)


def view(picture: Planes, motion: Motion, index: int, frames: int, into: Planes) -> None:
    """Draw what is seen at frame `index` (of `frames`; may run past the end during a transition)."""
    if motion.kind == "pan":
        _crop(picture, motion, index, into)
    else:
        _warp(picture, motion, index / max(1, frames - 1), into)


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


def _warp(picture: Planes, motion: Motion, part: float, into: Planes) -> None:
    part = min(part, 1.15)
    scale = motion.scale * (motion.scale_to / motion.scale) ** part
    width, height = into.size
    scale = min(scale, picture.size[0] / width, picture.size[1] / height)
    x = min(max(motion.x + motion.dx * (part - 0.5) - scale * width / 2, 0), picture.size[0] - scale * width)
    y = min(max(motion.y + motion.dy * (part - 0.5) - scale * height / 2, 0), picture.size[1] - scale * height)
    _plane(picture.y, scale, x, y, into.y)
    _plane(picture.u, scale, x / 2, y / 2, into.u)
    _plane(picture.v, scale, x / 2, y / 2, into.v)


def _plane(source: Plane, scale: float, x: float, y: float, into: Plane) -> None:
    centre = (scale - 1) / 2
    matrix = np.array([[scale, 0, x + centre], [0, scale, y + centre]], np.float32)
    cv2.warpAffine(
        source,
        matrix,
        (into.shape[1], into.shape[0]),
        dst=into,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
