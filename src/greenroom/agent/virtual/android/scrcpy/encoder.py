"""H.264 of screens, with the work shared: phones that show the same pictures in the same order are encoded once.

Each stream stands at a point in a chain of encoded pictures. The next picture is taken from there if somebody else was
there before (numbers.py makes it fit). Else, where its key frame is known, the stream goes on from that, and so comes
together again with those that went another way; else the encoder that waits at this point makes it, and where none
waits, a new chain begins. What is shared is not even drawn.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any
from weakref import WeakValueDictionary

import av
from av.codec.context import Flags
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType, VideoFrame
from av.video.reformatter import VideoReformatter

from greenroom.agent.virtual.contracts import Frame

KEPT_KEYS, KEPT_POINTS = 64, 512
SPARE = 8  # encoders of a size that wait for a new chain: to open one costs more than a picture
WORKERS = 2  # threads for all phones of this process
SEI = 6  # the kind of unit in which x264 names itself


@dataclass(frozen=True, slots=True)
class Shape:
    """What makes streams alike."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Equal keys are equal pictures; `draw` makes it in a size, and what it made is good until it draws again."""

    key: Hashable
    draw: Callable[[tuple[int, int]], Frame]


@dataclass(slots=True, weakref_slot=True)
class Point:
    """A picture that was encoded: what to send, and where to go on. `standing`: the streams that are here now."""

    shown: Hashable
    data: bytes
    key: bool
    config: bytes
    encoder: "Encoder | None"
    standing: int = 0
    after: "WeakValueDictionary[Hashable, asyncio.Future[Point]]" = field(default_factory=WeakValueDictionary)


class Studio:
    """Encodes for all phones of a process; one to a process."""

    def __init__(self) -> None:
        self._keys: OrderedDict[tuple[Shape, Hashable], asyncio.Future[Point]] = OrderedDict()
        self._recent: deque[asyncio.Future[Point]] = deque(maxlen=KEPT_POINTS)
        self._spare: dict[Shape, list[Encoder]] = {}
        self._pool: ThreadPoolExecutor | None = None
        self.encoded = 0  # pictures that cost work
        self.shared = 0  # pictures that somebody else had made

    async def next(self, before: Point | None, shape: Shape, picture: Picture) -> Point:
        """Go on from `before` to the point with this picture; a key frame where `before` is None or leads nowhere."""
        known = before.after.get(picture.key) if before else None
        if known is None:
            known = self._keys.get((shape, picture.key))
            if known is not None:
                self._keys.move_to_end((shape, picture.key))
        if known is not None:
            self.shared += 1
        elif before is not None and before.encoder is not None:
            encoder, before.encoder = before.encoder, None
            known = before.after[picture.key] = asyncio.ensure_future(self._encode(encoder, picture, key=False))
            self._recent.append(known)
        else:
            known = self._key(shape, picture)
        return await self._arrived(before, known)

    async def rested(self, before: Point, shape: Shape, picture: Picture) -> Point:
        """The same picture again as a key frame: one that leans on others keeps a faint trace of them."""
        known = self._keys.get((shape, picture.key))
        if known is None:
            encoder, before.encoder = before.encoder, None
            known = self._key(shape, picture, encoder)
        else:
            self.shared += 1
        return await self._arrived(before, known)

    async def _arrived(self, before: Point | None, known: "asyncio.Future[Point]") -> Point:
        point = await asyncio.shield(known)
        point.standing += 1
        self.leave(before)
        return point

    def leave(self, point: Point | None) -> None:
        """A stream ends, begins anew, or goes on: an encoder that it leaves alone is good for a new chain."""
        if point is None:
            return
        point.standing -= 1
        if point.standing == 0 and point.encoder is not None:
            spare = self._spare.setdefault(point.encoder.shape, [])
            if len(spare) < SPARE:
                spare.append(point.encoder)
            point.encoder = None

    def _key(self, shape: Shape, picture: Picture, encoder: "Encoder | None" = None) -> asyncio.Future[Point]:
        if encoder is None:
            spare = self._spare.get(shape)
            encoder = spare.pop() if spare else Encoder(shape)
        made = self._keys[shape, picture.key] = asyncio.ensure_future(self._encode(encoder, picture, key=True))
        while len(self._keys) > KEPT_KEYS:
            self._keys.popitem(last=False)
        return made

    async def _encode(self, encoder: "Encoder", picture: Picture, *, key: bool) -> Point:
        self.encoded += 1
        if self._pool is None:
            self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="scrcpy-encoder")
        data = await asyncio.get_running_loop().run_in_executor(self._pool, encoder.encode, picture, key)
        return Point(picture.key, data, key, encoder.config, encoder)

    def close(self) -> None:
        self._keys.clear()
        self._recent.clear()
        self._spare.clear()
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


class Encoder:
    """One libx264, for one chain after the other: a key frame, then pictures that lean on the one before.

    Of one quality rather than of one rate, which costs half and is what a rate is for on the same machine.
    """

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.config = b""  # SPS and PPS, once it has encoded
        self._context: VideoCodecContext | None = None
        self._count = 0
        self._reformat = VideoReformatter()
        self._last: tuple[Hashable, VideoFrame] | None = None

    def encode(self, picture: Picture, key: bool) -> bytes:
        """The picture as Annex B; one that did not change is not drawn again."""
        context = self._context or self._open()
        if self._last is None or self._last[0] != picture.key:
            self._last = picture.key, self._converted(picture.draw((self.shape.width, self.shape.height)))
        frame = self._last[1]
        frame.pts = self._count
        frame.pict_type = PictureType.I if key else PictureType.NONE
        self._count += 1
        return b"".join(bytes(packet) for packet in context.encode(frame))

    def _converted(self, pixels: Frame) -> VideoFrame:
        frame = av.VideoFrame.from_numpy_buffer(pixels, format="rgba")
        return self._reformat.reformat(
            frame, self.shape.width, self.shape.height, "yuv420p", interpolation="FAST_BILINEAR", threads=1
        )

    def _open(self) -> VideoCodecContext:
        context: Any = av.CodecContext.create("libx264", "w")
        if not isinstance(context, VideoCodecContext):
            raise TypeError("libx264 is no video codec here")
        context.width, context.height, context.pix_fmt = self.shape.width, self.shape.height, "yuv420p"
        context.time_base, context.framerate = Fraction(1, 30), Fraction(30)
        context.thread_count = 1
        context.flags |= Flags.global_header
        context.options = {
            "preset": "ultrafast", "tune": "zerolatency", "profile": "baseline", "qp": "26", "g": "100000",
            "sc_threshold": "0", "forced-idr": "1",
        }  # fmt: skip
        context.open()
        self.config = _without(context.extradata or b"", SEI)
        self._context = context
        return context


def _without(data: bytes, kind: int) -> bytes:
    """Annex B less the units of one kind."""
    units = [unit.rstrip(b"\0") for unit in data.split(b"\0\0\1")[1:]]
    return b"".join(b"\0\0\0\1" + unit for unit in units if unit and unit[0] & 0x1F != kind)
