"""The screen as bytes: raw as screencap writes it, PNG and JPEG; heavy work off the event loop, kept per version."""

import asyncio
import io
import struct

from PIL import Image

from greenroom.agent.virtual.contracts import Frame, Screen

RGBA_8888, SRGB = 1, 1


async def raw_picture(screen: Screen) -> tuple[bytes, memoryview]:
    """screencap's 16-byte header and the pixels."""
    frame = screen.frame()
    height, width = frame.shape[:2]
    return struct.pack("<4I", width, height, RGBA_8888, SRGB), frame.reshape(-1).data


async def png_picture(screen: Screen) -> bytes:
    return await asyncio.to_thread(_encode, screen.frame(), "PNG")


async def jpeg_picture(screen: Screen, *, scale: float = 1.0, quality: int = 80) -> bytes:
    width = None if scale == 1.0 else max(1, round(screen.size[0] * scale))
    return await asyncio.to_thread(_encode, screen.frame(width=width), "JPEG", quality)


def _encode(frame: Frame, form: str, quality: int = 80) -> bytes:
    image = Image.fromarray(frame)
    held = io.BytesIO()
    if form == "JPEG":
        image.convert("RGB").save(held, form, quality=quality)
    else:
        image.save(held, form, compress_level=1)
    return held.getvalue()
