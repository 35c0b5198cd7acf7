"""Moving pictures of virtual phones, encoded beforehand, so that what is measured is their way to the glass.

Each is a feed that scrolls without a rest, which is the most that a screen can move, and goes round after some seconds.
"""

import io
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from PIL import Image

from greenroom.agent.virtual.android.scrcpy.encoder import Encoder, Picture, Shape
from greenroom.agent.virtual.contracts import ANDROID, Frame
from greenroom.agent.virtual.draw.frames import sketch
from greenroom.agent.virtual.model.phone import Phone

Codec = Literal["h264", "jpeg"]
LOOKS = 3  # different ones; phones show them each at another place
QUALITY = 70  # of JPEG, as scrcpy's peers send it
SPEED = 0.35  # of a wheel's notch, a frame


@dataclass(frozen=True, slots=True)
class Film:
    """Frames in order; where H.264, the first is a key frame and each other one leans on the one before."""

    codec: Codec
    size: tuple[int, int]
    frames: list[bytes]


def films(codec: Codec, size: tuple[int, int], frames: int) -> list[Film]:
    """One of each look."""
    return [_film(codec, size, frames, look) for look in range(LOOKS)]


def _film(codec: Codec, size: tuple[int, int], count: int, look: int) -> Film:
    phone = Phone(replace(ANDROID, seed=f"wall/{look}"))
    phone.launch("com.greenroom.feed")
    phone.advance(2.0)
    encoder, found = Encoder(Shape(*size)), []
    for number in range(count):
        phone.scroll(540, 1200, 0, -SPEED)
        phone.advance(2.0 + number / 10)
        shown = (phone.ops(), phone.wide, phone.high)
        if codec == "jpeg":
            found.append(_jpeg(sketch(*shown, size)))
        else:
            data = encoder.encode(Picture(shown, partial(sketch, *shown)), number == 0)
            found.append(encoder.config + data if number == 0 else data)
    return Film(codec, size, found)


def _jpeg(pixels: Frame) -> bytes:
    held = io.BytesIO()
    Image.fromarray(pixels).convert("RGB").save(held, "JPEG", quality=QUALITY)
    return held.getvalue()
