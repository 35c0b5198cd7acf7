"""A live H.264 picture as JPEGs, for who can't decode it: every frame decoded, no more encoded than are wanted."""

import asyncio
import io
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor

import av
from PIL import Image

from greenroom.agent.drivers.decode import Decoder
from greenroom.agent.phone_values import VideoFrame

SHARPNESS = 60
_STUDIO = ThreadPoolExecutor(2, thread_name_prefix="jpegs")  # pictures wait for each other, and for nothing else


async def jpegs(frames: AsyncGenerator[VideoFrame, None], rate: float) -> AsyncGenerator[VideoFrame, None]:
    """Until `frames` end or it is closed; at most `rate` a second, and always the last one before a pause."""
    loop = asyncio.get_running_loop()
    newest: list[tuple[VideoFrame, av.VideoFrame]] = []
    some, decoder = asyncio.Event(), Decoder()

    async def decode() -> None:
        async for frame in frames:
            picture = await loop.run_in_executor(_STUDIO, decoder.picture, frame)
            if picture is not None:
                newest[:] = [(frame, picture)]
                some.set()

    decoding = asyncio.ensure_future(decode())
    decoding.add_done_callback(lambda _: some.set())
    number, due = 0, loop.time()
    try:
        while True:
            await some.wait()
            some.clear()
            if not newest:  # it ended, or its last one was taken already
                if decoding.done():
                    await decoding
                    return
                continue
            await asyncio.sleep(due - loop.time())
            due = max(due, loop.time()) + 1 / rate
            (frame, picture), newest[:] = newest[0], []
            data = await loop.run_in_executor(_STUDIO, encoded, picture)
            yield VideoFrame("jpeg", frame.size, True, frame.moment, number, data)
            number += 1
    finally:
        decoding.cancel()
        await asyncio.gather(decoding, return_exceptions=True)
        await frames.aclose()


def encoded(picture: av.VideoFrame) -> bytes:
    out = io.BytesIO()
    Image.fromarray(picture.to_ndarray(format="rgb24")).save(out, "JPEG", quality=SHARPNESS)
    return out.getvalue()
