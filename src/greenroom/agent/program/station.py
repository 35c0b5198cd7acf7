"""One phone's place: what is said of it, what its holder does to it, the streams of it that are wanted."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Protocol

from greenroom.agent.drivers.dark import is_dark
from greenroom.agent.errors import plain
from greenroom.agent.liveness import Probe
from greenroom.agent.phone import Phone
from greenroom.agent.phone_values import VideoFrame
from greenroom.agent.program.gate import Closed
from greenroom.agent.program.hands import act
from greenroom.agent.program.lanes import FREIGHT as MOST_FREIGHT
from greenroom.agent.program.lanes import HANDS, Full, Lane
from greenroom.agent.program.orders import FREIGHT, carry_out
from greenroom.agent.program.outgoing import Outgoing
from greenroom.agent.program.sources import Found
from greenroom.agent.program.streams import Stream
from greenroom.agent.program.strokes import Gesture, Strokes
from greenroom.agent.program.transfers import Transfers
from greenroom.agent.program.watcher import Watcher
from greenroom.kit.errors import Problem
from greenroom.wire.binary import Flag, Input, KeyPress, Scroll, Touch, Video, write_video
from greenroom.wire.messages import Do, Done, InputDone, InputRefused, Message, NotTaken, Progress, Seen
from greenroom.wire.messages import Stream as Name

log = logging.getLogger(__name__)

_NOT_TAKEN: dict[str, NotTaken] = {"lost": "lost", "offline": "offline"}
_WHY = {
    "stale": "Somebody else holds the phone by now",
    "nobody": "Nobody holds the phone: take it first",
    "expired": "Your hold on the phone has ended: take it again",
    "unknown": "The phone is not known here yet: wait a moment",
    "offline": "The phone is not there: look at its cable",
    "busy": "So much waits to be done on the phone that this was not taken: wait a moment",
}

Say = Callable[[Message], None]


class Judge(Protocol):
    """Why an epoch may not pass, or None; and the one that may."""

    def judge(self, number: int, epoch: int) -> Closed | None: ...

    def epoch(self, number: int) -> int: ...


class Station:
    """`told` is called when what is to be said of the phone changed."""

    def __init__(
        self,
        number: int,
        found: Found,
        open_phone: Callable[[Found], Awaitable[Phone]],
        *,
        told: Callable[[], None],
        gate: Judge,
    ) -> None:
        self.number, self.found = number, found
        self._told, self._gate = told, gate
        self._watcher = Watcher(found, open_phone, self._look)
        self._hands, self._freight = Lane(HANDS, found.serial), Lane(MOST_FREIGHT, found.serial)
        self._strokes = Strokes()
        self._streams: dict[Name, Stream] = {}
        self._working: dict[asyncio.Task[Any], int] = {}
        self._sequence = 0
        self._share = 1
        self._protected = False
        self._clock = asyncio.get_running_loop().time
        self._said: Seen | None = None

    # -- what is said of it ---------------------------------------------------------------------------------------

    @property
    def seen(self) -> Seen:
        info, glance = self._watcher.info, self._watcher.glance
        battery, storage = info.battery, info.storage
        waits = [one.due.asked for one in self._streams.values() if one.due.asked is not None]
        verdict = self._watcher.verdict(Probe(min(waits)) if waits else Probe(), self._protected)
        return Seen(
            number=self.number,
            serial=self.found.serial[:120],
            platform=self.found.platform,
            alive=verdict.alive.value,
            because=plain(verdict.because, 200),
            model=plain(info.model, 120),
            system=plain(info.system, 120),
            width=min(max(info.size[0], 0), 65535),
            height=min(max(info.size[1], 0), 65535),
            battery=min(max(battery.level, 0), 100) if battery else None,
            charging=bool(battery and battery.charging),
            temperature=battery.temperature if battery else None,
            storage_free=storage.free if storage else None,
            storage_total=storage.total if storage else None,
            port=plain(self.found.port, 120),
            front=plain(glance.app, 120),
        )

    def fresh(self) -> bool:
        """Whether all that is wanted of it shows what it shows."""
        streams = self._streams.values()
        return bool(streams) and self._watcher.answers() and all(one.fresh() for one in streams)

    async def run(self) -> None:
        """Until cancelled. Nothing that the phone does ends it."""
        try:
            async with asyncio.TaskGroup() as tasks:
                for work in (self._watcher.run(), self._hands.run(), self._freight.run()):
                    tasks.create_task(work)
        finally:
            await self.dark()

    def tend(self) -> None:
        """Twice a second: still pictures prove that they live, holds that ended end what goes on under them."""
        for one in self._streams.values():
            one.tend()
        self.leased()
        self._look()

    # -- its picture ----------------------------------------------------------------------------------------------

    async def send(self, name: Name, outgoing: Outgoing | None) -> None:
        """Send this stream from now on, or no more."""
        before = self._streams.pop(name, None)
        if before is not None:
            await before.stop()
        if outgoing is None:
            return

        async def show(frame: VideoFrame, flags: Flag) -> None:
            await self._check_dark(frame)
            self._sequence = (self._sequence + 1) % 2**32
            await outgoing.show(
                write_video(Video(self.number, flags, self._sequence, frame.moment, *frame.size, frame.data))
            )

        stream = self._streams[name] = Stream(name, lambda: self._watcher.phone, show, self.found.serial)
        stream.slow(self._share)
        stream.start()

    async def dark(self) -> None:
        """Nobody sees any picture of it."""
        streams, self._streams = list(self._streams.values()), {}
        for stream in streams:
            await stream.stop()

    def want_key(self, name: Name) -> None:
        if name in self._streams:
            self._streams[name].want_key()

    def slow(self, share: int) -> None:
        """So many times fewer frames of the small pictures."""
        self._share = share
        for one in self._streams.values():
            one.slow(share)

    async def _check_dark(self, frame: VideoFrame) -> None:
        dark = await is_dark(frame)
        if dark is not None and dark != self._protected:
            self._protected = dark
            self._look()

    # -- what its holder does -------------------------------------------------------------------------------------

    def take(self, one: Input, say: Say) -> None:
        """Do this in its turn. It is judged now, and again at the last moment before the phone is touched."""
        came = self._clock()
        closed = self._gate.judge(self.number, one.epoch)
        if closed is not None:
            self._strokes.lift()
            say(self._refused(one, closed))
            return
        meant = self._strokes.feed(one) if isinstance(one, Touch) else one
        if meant is None:
            return

        async def work() -> None:
            closed = await self._pressed(one, meant)
            took = round((self._clock() - came) * 1e6)
            say(self._refused(one, closed) if closed else InputDone(self.number, one.sequence, min(took, 2**32 - 1)))
            self._watcher.look_soon()

        try:
            self._hands.put(work)
        except Full:
            say(self._refused(one, "failed"))

    def leased(self) -> None:
        """The lease may be another one: what goes on under one that is over ends, with the finger lifted."""
        for task, epoch in self._working.items():
            if self._gate.judge(self.number, epoch) is not None:
                task.cancel()

    def do(self, order: Do, transfers: Transfers, say: Say) -> None:
        """Something done whole, in its turn; the answer says how it went."""
        before = self._hands.last if order.verb in FREIGHT else None

        async def work() -> None:
            if before is not None:
                await before.wait()
            kind, sentence, answer = await self._ordered(order, transfers, say)
            say(Done(order.id, self.number, kind[:40], plain(sentence, 500), answer))
            self._watcher.look_soon()

        try:
            (self._freight if order.verb in FREIGHT else self._hands).put(work)
        except Full:
            say(Done(order.id, self.number, "busy", _WHY["busy"], ""))

    async def _pressed(self, one: Input, meant: Gesture | KeyPress | Scroll) -> NotTaken | None:
        closed, phone = self._gate.judge(self.number, one.epoch), self._watcher.phone
        if closed is not None or phone is None:
            return closed or "offline"
        try:
            if await self._while_held(one.epoch, act(phone, meant)) is _CUT:
                return self._gate.judge(self.number, one.epoch) or "stale"
        except Problem as error:
            return _NOT_TAKEN.get(getattr(error, "kind", ""), "failed")
        except Exception:
            log.exception("%s: an input failed", self.found.serial)
            return "failed"
        return None

    async def _ordered(self, order: Do, transfers: Transfers, say: Say) -> tuple[str, str, str]:
        closed, phone = self._gate.judge(self.number, order.epoch), self._watcher.phone
        if closed is not None or phone is None:
            return closed or "offline", _WHY[closed or "offline"], ""

        def percent(done: int) -> None:
            say(Progress(order.id, self.number, done))

        try:
            answer = await self._while_held(order.epoch, carry_out(phone, order, transfers, percent))
            if answer is not _CUT:
                return "", "", str(answer)
            closed = self._gate.judge(self.number, order.epoch) or "stale"
            return closed, _WHY[closed], ""
        except Problem as error:
            return getattr(error, "kind", error.slug), error.detail, ""
        except Exception as error:
            log.exception("%s: %s failed", self.found.serial, order.verb)
            return "failed", f"The agent failed at it ({type(error).__name__}); its log says more", ""

    async def _while_held(self, epoch: int, work: Coroutine[Any, Any, object]) -> object:
        """What `work` gives; _CUT where the lease ended before it did."""
        task = asyncio.ensure_future(work)
        self._working[task] = epoch
        try:
            await asyncio.wait([task])
        finally:
            self._working.pop(task, None)
            task.cancel()
        return _CUT if task.cancelled() else task.result()

    def _refused(self, one: Input, kind: NotTaken) -> InputRefused:
        return InputRefused(self.number, one.sequence, kind, self._gate.epoch(self.number))

    def _look(self) -> None:
        now = self.seen
        if now != self._said:
            self._said = now
            self._told()


_CUT = object()
