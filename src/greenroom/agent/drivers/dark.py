"""Whether a frame is all black, as one is of a window that may not be photographed; cheap, for every frame is asked."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from greenroom.agent.phone_values import VideoFrame

SMALL = 64  # pixels a byte: a key frame with anything in it has more bytes than its size by this
BLACK = 24  # of 255; video's own black is 16
_EYES = ThreadPoolExecutor(1, thread_name_prefix="dark")  # a picture waits for this: files never hold it up


async def is_dark(frame: VideoFrame) -> bool | None:
    """None where the frame does not tell."""
    width, height = frame.size
    if len(frame.data) > width * height // SMALL:
        return False
    if not frame.key or frame.codec == "jpeg":
        return None
    return await asyncio.get_running_loop().run_in_executor(_EYES, _black, frame)


def _black(frame: VideoFrame) -> bool | None:
    from greenroom.agent.drivers.decode import Decoder  # and with it what decodes, once a picture asks for it

    grey = Decoder().grey(frame)
    return None if grey is None else int(grey.max()) <= BLACK
