"""One phone's place: opens it, asks whether it is there, passes on what its holder does, sends its picture."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from greenroom.agent.errors import PhoneError, plain
from greenroom.agent.liveness import Alive, Link
from greenroom.agent.phone import Phone
from greenroom.agent.phone_values import FOCUS, THUMBNAIL, Info, VideoFrame
from greenroom.agent.program.hands import carry_out, press, stroke
from greenroom.agent.program.sources import Found
from greenroom.agent.program.strokes import Strokes
from greenroom.wire.binary import Flag, Input, Touch, Video, write_video
from greenroom.wire.errors import Malformed
from greenroom.wire.messages import Do, Done, NotTaken, Seen

log = logging.getLogger(__name__)

PROBE = 2.0  # seconds between two questions whether it is there
ABOUT = 30.0  # seconds between two questions about battery and storage
BACKLOG = 64  # inputs that wait; what comes on top is refused
_QUALITY = {"thumbnail": THUMBNAIL, "focus": FOCUS}
_ALIVE = {"offline": Alive.OFFLINE, "unauthorised": Alive.UNAUTHORISED, "timed_out": Alive.SILENT}
_NOT_TAKEN: dict[str, NotTaken] = {"lost": "lost", "offline": "offline"}
_NOTHING = Info("android", "", "", "", "", (0, 0), 0, "", None, None)

SendVideo = Callable[[bytes], Awaitable[None]]
Refuse = Callable[[Input, NotTaken], None]
Judge = Callable[[int, int], NotTaken | None]


@dataclass(frozen=True, slots=True)
class _Waiting:
    input: Input
    refused: Refuse


class Station:
    """`told` is called when what is to be said of the phone changed; `judge` asks whether an epoch may still pass."""

    def __init__(
        self,
        number: int,
        found: Found,
        open_phone: Callable[[Found], Awaitable[Phone]],
        *,
        told: Callable[[], None],
        judge: Judge,
    ) -> None:
        self.number, self.found = number, found
        self._open, self._told, self._judge = open_phone, told, judge
        self._phone: Phone | None = None
        self._info = replace(_NOTHING, platform=found.platform)
        self._alive, self._because = Alive.UNKNOWN, "it was not asked yet"
        self._inputs: asyncio.Queue[_Waiting] = asyncio.Queue(BACKLOG)
        self._strokes = Strokes()
        self._video: asyncio.Task[None] | None = None
        self._shown: tuple[str, SendVideo | None] = ("off", None)
        self._sequence = 0
        self._said: Seen | None = None

    @property
    def seen(self) -> Seen:
        info, battery, storage = self._info, self._info.battery, self._info.storage
        return Seen(
            number=self.number,
            serial=self.found.serial[:120],
            platform=self.found.platform,
            alive=self._alive.value,
            because=plain(self._because, 200),
            model=plain(info.model, 120),
            system=plain(info.system, 120),
            width=min(max(info.size[0], 0), 65535),
            height=min(max(info.size[1], 0), 65535),
            battery=min(max(battery.level, 0), 100) if battery else None,
            charging=bool(battery and battery.charging),
            temperature=battery.temperature if battery else None,
            storage_free=storage.free if storage else None,
            storage_total=storage.total if storage else None,
        )

    async def run(self) -> None:
        """Until cancelled. Nothing that the phone does ends it."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._watch())
                tasks.create_task(self._act())
        finally:
            await self.watch("off", None)
            await self._close()

    def take(self, one: Input, refused: Refuse) -> None:
        """Do this in its turn. It is judged now, and again at the last moment before the phone is touched."""
        closed = self._judge(self.number, one.epoch)
        if closed is None and self._inputs.full():
            closed = "failed"
        if closed is not None:
            self._strokes.lift()
            refused(one, closed)
            return
        self._inputs.put_nowait(_Waiting(one, refused))

    async def watch(self, quality: str, send: SendVideo | None) -> None:
        """Send its picture in this quality from now on; `off` ends it."""
        if self._video is not None:
            self._video.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._video
            self._video = None
        self._shown = (quality, send)
        if send is not None and quality in _QUALITY:
            self._video = asyncio.create_task(self._show(quality, send))

    async def refresh(self) -> None:
        """Begin its picture anew, with a key frame."""
        await self.watch(*self._shown)

    async def do(self, order: Do) -> Done:
        """Something done whole, while the epoch is good; the answer says how it went."""
        closed, phone = self._judge(self.number, order.epoch), self._phone
        if closed is not None or phone is None:
            return Done(order.id, self.number, closed or "offline", "")
        try:
            await carry_out(phone, order)
        except PhoneError as error:
            return Done(order.id, self.number, error.kind, plain(error.detail, 500))
        return Done(order.id, self.number, "", "")

    async def _watch(self) -> None:
        about = 0.0
        clock = asyncio.get_running_loop().time
        while True:
            try:
                phone = await self._opened()
                if clock() >= about:
                    self._info, about = await phone.info(), clock() + ABOUT
                else:
                    await phone.alive()
                self._say(Alive.LIVE, "it answers")
            except PhoneError as error:
                about = 0.0
                await self._close()
                self._say(_ALIVE.get(error.kind, Alive.SILENT), error.detail)
            except Exception as error:
                about = 0.0
                await self._close()
                log.exception("%s: its watcher failed and goes on", self.found.serial)
                self._say(Alive.SILENT, f"asking it failed ({type(error).__name__})")
            await asyncio.sleep(PROBE)

    async def _opened(self) -> Phone:
        if self._phone is None:
            self._phone = await self._open(self.found)
        return self._phone

    async def _act(self) -> None:
        while True:
            waiting = await self._inputs.get()
            one = waiting.input
            closed, phone = self._judge(self.number, one.epoch), self._phone
            if closed is not None or phone is None:
                self._strokes.lift()
                waiting.refused(one, closed or "offline")
                continue
            try:
                await self._do(phone, one)
            except PhoneError as error:
                waiting.refused(one, _NOT_TAKEN.get(error.kind, "failed"))
            except Exception:
                log.exception("%s: an input failed", self.found.serial)
                waiting.refused(one, "failed")

    async def _do(self, phone: Phone, one: Input) -> None:
        if not isinstance(one, Touch):
            await press(phone, one)
            return
        gesture = self._strokes.feed(one)
        if gesture is not None:
            await stroke(phone, gesture)

    async def _show(self, quality: str, send: SendVideo) -> None:
        """Each frame is sent before the next is asked for: what comes meanwhile the driver drops, to a newer key."""
        while True:
            try:
                phone = self._phone
                if phone is not None:
                    async with contextlib.aclosing(phone.live(_QUALITY[quality])) as frames:
                        async for frame in frames:
                            await send(self._framed(frame))
            except ConnectionError:
                return  # nobody is there to see it
            except PhoneError as error:
                log.info("%s: its picture ended: %s", self.found.serial, error.detail)
            except Malformed as error:
                log.warning("%s: a frame was left out: %s", self.found.serial, error)
            await asyncio.sleep(0.5)

    def _framed(self, frame: VideoFrame) -> bytes:
        self._sequence = (self._sequence + 1) % 2**32
        flags = (Flag.KEY if frame.key else Flag(0)) | (Flag.JPEG if frame.codec == "jpeg" else Flag(0))
        return write_video(Video(self.number, flags, self._sequence, frame.moment, *frame.size, frame.data))

    def _say(self, alive: Alive, because: str) -> None:
        self._alive, self._because = alive, because
        if self.found.link is Link.UNAUTHORISED:
            self._alive = Alive.UNAUTHORISED
        if self.seen != self._said:
            self._said = self.seen
            self._told()

    async def _close(self) -> None:
        phone, self._phone = self._phone, None
        if phone is not None:
            with contextlib.suppress(PhoneError, OSError):
                await phone.close()
