"""One of a phone's streams while it is wanted: its frames to the server, and whether they still prove anything."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import replace

from greenroom.agent.liveness import Probe
from greenroom.agent.phone import Phone
from greenroom.agent.phone_values import FOCUS, THUMBNAIL, Ability, Quality, VideoFrame
from greenroom.agent.program.outgoing import Lost
from greenroom.kit.errors import Problem
from greenroom.wire.binary import STREAMS, Flag
from greenroom.wire.errors import Malformed
from greenroom.wire.messages import Stream as Name

log = logging.getLogger(__name__)

QUALITY: dict[Name, Quality] = {
    "thumbnail": THUMBNAIL,
    "focus": FOCUS,
    "thumbnail_stills": THUMBNAIL,
    "focus_stills": FOCUS,
}
STILLS: dict[Name, float] = {"thumbnail_stills": 5.0, "focus_stills": 10.0}  # a second, at most
AGAIN = 0.5  # seconds until a picture that ended is asked for again
QUIET = 3.0  # seconds after which a still picture has to prove that it is no dead one
STUCK = 1.0  # seconds that a frame may wait for the socket and still be what the phone shows

Send = Callable[[VideoFrame, Flag], Awaitable[None]]


class Stream:
    """`phone` is the phone as it is opened now, or None. `send` returns when the frame is on its way."""

    def __init__(self, name: Name, phone: Callable[[], Phone | None], send: Send, who: str) -> None:
        self._name, self._phone, self._send, self._who = name, phone, send, who
        self._clock = asyncio.get_running_loop().time
        self._quality = QUALITY[name]
        self._task: asyncio.Task[None] | None = None
        self._sending: float | None = None
        self.due = Probe()
        """Asked when a frame has to come: at the beginning, and when the picture was still for long."""
        self.trouble = ""
        """Why nothing of it is sent though it comes."""
        self._keyless: float | None = None

    def start(self) -> None:
        self.due = Probe().ask(self._clock())
        self._task = asyncio.create_task(self._run())

    def end(self) -> None:
        """No more frames; `stop` waits for it too."""
        if self._task is not None:
            self._task.cancel()

    async def stop(self) -> None:
        self.end()
        if self._task is not None:
            await asyncio.wait([self._task])
            self._task = None

    def want_key(self) -> None:
        """A key frame soon; the stream goes on meanwhile."""
        phone = self._phone()
        if phone is not None:
            phone.want_key(self._quality)

    def slow(self, share: int) -> None:
        """So many times fewer frames: the computer is overloaded. The large picture, which somebody works at, stays."""
        wanted = QUALITY[self._name]
        if "thumbnail" in self._name:
            wanted = replace(wanted, fps=max(1, wanted.fps // share))
        if wanted != self._quality:
            self._quality = wanted
            phone = self._phone()
            if phone is not None:
                phone.retune(wanted)

    def tend(self) -> None:
        """Ask a picture that has been still for long for a sign of life."""
        now = self._clock()
        if self.due.asked is None and self.due.answered is not None and now - self.due.answered > QUIET:
            self.due = self.due.ask(now)
            self.want_key()
        if self._keyless is not None and now - self._keyless > QUIET:
            self._keyless = now
            self.want_key()

    def fresh(self) -> bool:
        """Whether what was sent last is what the phone shows."""
        now = self._clock()
        stuck = self._sending is not None and now - self._sending > STUCK
        return self.due.answered is not None and not stuck and self.due.waits(now) <= STUCK

    async def _run(self) -> None:
        """Each frame is sent before the next is asked for: what comes meanwhile the driver drops, to a newer key."""
        while True:
            try:
                phone = self._phone()
                if phone is not None:
                    async with contextlib.aclosing(self._frames(phone)) as frames:
                        async for frame in frames:
                            await self._pass_on(frame)
            except Lost:
                return  # nobody is there to see it
            except Problem as error:
                log.info("%s: its picture ended: %s", self._who, error.detail)
            except Exception:
                log.exception("%s: its picture broke", self._who)
            self.due = self.due.ask(self._clock())
            await asyncio.sleep(AGAIN)

    def _frames(self, phone: Phone) -> AsyncGenerator[VideoFrame, None]:
        frames = phone.live(self._quality)
        if self._name in STILLS and Ability.VIDEO_H264 in phone.abilities:
            from greenroom.agent.drivers.jpegs import jpegs  # and with it what decodes, once somebody wants stills

            return jpegs(frames, STILLS[self._name])
        return frames

    async def _pass_on(self, frame: VideoFrame) -> None:
        """One that can't be sent is left out, and what follows it up to the next key frame: it shows nothing alone."""
        if self._keyless is not None and not frame.key:
            return
        flags = STREAMS[self._name] | (Flag.KEY if frame.key else Flag(0))
        self._sending = self._clock()
        try:
            await self._send(frame, flags | (Flag.JPEG if frame.codec == "jpeg" else Flag(0)))
        except Malformed as error:
            return self._leave_out(error)
        self._sending = None
        self.due = self.due.answer(self._clock())
        self.trouble, self._keyless = "", None

    def _leave_out(self, error: Malformed) -> None:
        self._sending = None
        if not self.trouble:
            log.warning("%s: its picture is left out: %s", self._who, error)
        self.trouble, self._keyless = f"its picture can't be sent: {error}", self._clock()
        self.due = self.due.ask(self._clock())
