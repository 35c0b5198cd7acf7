"""Live frames where there is no video: screenshots as small JPEGs, one whenever the picture has changed."""

import asyncio
import io
import zlib
from collections.abc import AsyncGenerator, Awaitable, Callable

from greenroom.agent.phone_values import Picture, Quality, VideoFrame

PAUSE = 0.7  # seconds between two screenshots: each costs the phone a good part of that
STILL = 4.0  # seconds after which the same picture comes again, as a sign of life
SHARPNESS = 60


async def stills(shoot: Callable[[], Awaitable[Picture]], quality: Quality) -> AsyncGenerator[VideoFrame, None]:
    """Until it is closed; errors of `shoot` end it."""
    clock = asyncio.get_running_loop().time
    last, number, told = 0, 0, 0.0
    while True:
        began = clock()
        picture = await shoot()
        mark = zlib.crc32(picture.data)
        if mark != last or number == 0 or began - told > STILL:
            last, told = mark, began
            frame = await asyncio.to_thread(jpeg, picture, quality.longest)
            yield VideoFrame("jpeg", frame[0], True, int(began * 1e6), number, frame[1])
            number += 1
        await asyncio.sleep(max(PAUSE, 2 * (clock() - began)))


def jpeg(picture: Picture, longest: int) -> tuple[tuple[int, int], bytes]:
    """Size and file of the picture, made smaller where its longer side exceeds `longest` (0: never)."""
    from PIL import Image  # loaded with the first one

    if picture.kind == "rgba":
        image = Image.fromarray(picture.pixels(), "RGBA")
    else:
        image = Image.open(io.BytesIO(picture.data))
    small = image.convert("RGB")
    factor = max(small.size) // longest if longest else 1
    if factor > 1:
        small = small.reduce(factor)  # whole pixels: several times as fast as a filter
    if longest and max(small.size) > longest:
        small.thumbnail((longest, longest), Image.Resampling.BILINEAR)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=SHARPNESS)
    return small.size, out.getvalue()
