"""H.264 of screens, with the work shared: phones that show the same pictures in the same order are encoded once.

Each stream stands at a point in a chain of encoded pictures. The next picture is taken from there if somebody else was
there before; else the encoder that waits at this point makes it; where it has gone another way, a key frame begins a
new chain. Key frames are kept, so that a late joiner or a reset costs no encoding.
"""

import asyncio
import hashlib
import weakref
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any
from weakref import WeakValueDictionary

import av
import numpy as np
from av.codec.context import Flags
from av.video.codeccontext import VideoCodecContext
from av.video.reformatter import VideoReformatter

from greenroom.agent.virtual.contracts import Frame

KEPT_KEYS, KEPT_POINTS = 16, 128
WORKERS = 2  # threads for all phones of this process
SEI = 6  # the kind of unit in which x264 names itself

Digest = bytes


@dataclass(frozen=True, slots=True)
class Shape:
    """What makes streams alike."""

    width: int
    height: int
    bit_rate: int


@dataclass(slots=True, weakref_slot=True)
class Point:
    """A picture that was encoded: what to send, and where to go on."""

    data: bytes
    key: bool
    config: bytes
    encoder: "Encoder | None"
    after: "WeakValueDictionary[Digest, asyncio.Future[Point]]" = field(default_factory=WeakValueDictionary)


class Studio:
    """Encodes for all phones of a process; one to a process."""

    def __init__(self) -> None:
        self._keys: OrderedDict[tuple[Shape, Digest], asyncio.Future[Point]] = OrderedDict()
        self._recent: deque[asyncio.Future[Point]] = deque(maxlen=KEPT_POINTS)
        self._pool: ThreadPoolExecutor | None = None
        self._digests = Digests()
        self.encoded = 0  # pictures that cost work
        self.shared = 0  # pictures that somebody else had made

    async def next(self, before: Point | None, shape: Shape, frame: Frame) -> Point:
        """The point after `before` with this picture; a key frame where `before` is None or leads nowhere."""
        digest = self._digests.of(frame) or self._digests.keep(frame, await self._work(_digest, frame))
        if before is not None:
            known = before.after.get(digest)
            if known is not None:
                self.shared += 1
                return await asyncio.shield(known)
            if before.encoder is not None:
                encoder, before.encoder = before.encoder, None
                made = asyncio.ensure_future(self._encode(encoder, frame, key=False))
                before.after[digest] = made
                self._recent.append(made)
                return await asyncio.shield(made)
        return await self._key(shape, digest, frame)

    async def _key(self, shape: Shape, digest: Digest, frame: Frame) -> Point:
        known = self._keys.get((shape, digest))
        if known is None:
            known = asyncio.ensure_future(self._encode(Encoder(shape), frame, key=True))
            self._keys[shape, digest] = known
            while len(self._keys) > KEPT_KEYS:
                self._keys.popitem(last=False)
        else:
            self.shared += 1
            self._keys.move_to_end((shape, digest))
        return await asyncio.shield(known)

    async def _encode(self, encoder: "Encoder", frame: Frame, *, key: bool) -> Point:
        self.encoded += 1
        data = await self._work(encoder.encode, frame)
        return Point(data, key, encoder.config, encoder)

    async def _work(self, call: Callable[..., Any], *arguments: Any) -> Any:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="scrcpy-encoder")
        return await asyncio.get_running_loop().run_in_executor(self._pool, call, *arguments)

    def close(self) -> None:
        self._keys.clear()
        self._recent.clear()
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


class Encoder:
    """One libx264: the first picture is a key frame, the others lean on the one before."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.config = b""  # SPS and PPS, once it has encoded
        self._context: VideoCodecContext | None = None
        self._count = 0
        self._reformat = VideoReformatter()

    def encode(self, frame: Frame) -> bytes:
        """The picture as Annex B, scaled where it has another size."""
        context = self._context or self._open()
        picture = av.VideoFrame.from_numpy_buffer(np.ascontiguousarray(frame), format="rgba")
        picture = self._reformat.reformat(
            picture, self.shape.width, self.shape.height, "yuv420p", interpolation="FAST_BILINEAR", threads=1
        )
        picture.pts = self._count
        self._count += 1
        return b"".join(bytes(packet) for packet in context.encode(picture))

    def _open(self) -> VideoCodecContext:
        context = av.CodecContext.create("libx264", "w")
        if not isinstance(context, VideoCodecContext):
            raise TypeError("libx264 is no video codec here")
        context.width, context.height, context.pix_fmt = self.shape.width, self.shape.height, "yuv420p"
        context.time_base, context.framerate = Fraction(1, 30), Fraction(30)
        context.thread_count = 1
        context.flags |= Flags.global_header
        rate = str(self.shape.bit_rate)
        context.options = {
            "preset": "ultrafast", "tune": "zerolatency", "profile": "baseline", "crf": "24", "maxrate": rate,
            "bufsize": rate, "g": "100000", "sc_threshold": "0",
        }  # fmt: skip
        context.open()
        self.config = _without(context.extradata or b"", SEI)
        self._context = context
        return context


def _without(data: bytes, kind: int) -> bytes:
    """Annex B less the units of one kind."""
    units = [unit.rstrip(b"\0") for unit in data.split(b"\0\0\1")[1:]]
    return b"".join(b"\0\0\0\1" + unit for unit in units if unit and unit[0] & 0x1F != kind)


class Digests:
    """What is known of pictures that are still there: phones that show the same share one array."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[weakref.ref[Frame], Digest]] = {}

    def of(self, frame: Frame) -> Digest | None:
        known = self._known.get(id(frame))
        return known[1] if known and known[0]() is frame else None

    def keep(self, frame: Frame, digest: Digest) -> Digest:
        number = id(frame)
        self._known[number] = weakref.ref(frame, lambda _: self._known.pop(number, None)), digest
        return digest


def _digest(frame: Frame) -> Digest:
    return hashlib.sha1(np.ascontiguousarray(frame).data, usedforsecurity=False).digest()
