"""The thumbnail: the title card's frame when everything on it has arrived."""

from pathlib import Path

import av
import cv2

from greenroom.studio.make.profile import Profile
from greenroom.studio.make.render.frames import Span


def poster(video: Path, out: Path, title: Span, profile: Profile) -> None:
    """Write a JPEG of the video's own size."""
    wanted = min(title.count - 1, round(0.7 * profile.fps))
    with av.open(str(video)) as source:
        for number, frame in enumerate(source.decode(video=0)):
            if number >= wanted:
                _, encoded = cv2.imencode(".jpg", frame.to_ndarray(format="bgr24"), [cv2.IMWRITE_JPEG_QUALITY, 90])
                out.write_bytes(encoded.tobytes())
                return
