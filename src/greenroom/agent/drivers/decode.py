"""Frames as pixels, for those who have to know what is shown; video is relayed undecoded everywhere else."""

import io

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from greenroom.agent.phone_values import VideoFrame


class Decoder:
    """For one stream; feed it every frame from a key frame on."""

    def __init__(self) -> None:
        self._codec: av.VideoCodecContext | None = None

    def grey(self, frame: VideoFrame) -> NDArray[np.uint8] | None:
        """H x W brightness; None while no key frame has come, or where the frame is damaged."""
        if frame.codec == "jpeg":
            return np.asarray(Image.open(io.BytesIO(frame.data)).convert("L"))
        picture = self.picture(frame)
        if picture is None:
            return None
        plane = picture.planes[0]
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        grey: NDArray[np.uint8] = rows[: picture.height, : picture.width]
        return grey

    def picture(self, frame: VideoFrame) -> av.VideoFrame | None:
        """The same of H.264, as the decoder gives it."""
        if frame.key:
            self._codec = av.CodecContext.create("h264", "r")
            self._codec.flags |= av.codec.context.Flags.low_delay
            self._codec.thread_count = 1
        if self._codec is None:
            return None
        try:
            pictures = self._codec.decode(av.Packet(frame.data))
        except av.FFmpegError:
            self._codec = None
            return None
        return pictures[-1] if pictures else None
