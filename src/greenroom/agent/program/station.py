"""One phone's place: what is said of it, the streams of it that are wanted, and what its holder does to it."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable
from typing import get_args

from greenroom.agent.drivers.dark import is_dark
from greenroom.agent.errors import plain
from greenroom.agent.liveness import Probe
from greenroom.agent.phone import Phone
from greenroom.agent.phone_values import VideoFrame
from greenroom.agent.program.acts import Acts, Judge
from greenroom.agent.program.marks import marks
from greenroom.agent.program.outgoing import Outgoing
from greenroom.agent.program.sources import Found
from greenroom.agent.program.streams import Stream
from greenroom.agent.program.watcher import Watcher
from greenroom.wire.binary import Flag, Video, write_video
from greenroom.wire.messages import Ability, Seen
from greenroom.wire.messages import Stream as Name

log = logging.getLogger(__name__)


class Station:
    """`told` is called when what is to be said of the phone changed. `acts`: what is done to it."""

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
        self._told = told
        self._watcher = Watcher(found, open_phone, self._look)
        self.acts = Acts(number, gate, lambda: self._watcher.phone, self._watcher.look_soon, found.serial)
        self._streams: dict[Name, Stream] = {}
        self._sequence = 0
        self._share = 1
        self._protected = False
        self._said: Seen | None = None
        self._unsayable = False

    # -- what is said of it ---------------------------------------------------------------------------------------

    @property
    def seen(self) -> Seen:
        """As it was last told."""
        if self._said is None:
            self._said = self._now()
        return self._said

    def _now(self) -> Seen:
        info, glance = self._watcher.info, self._watcher.glance
        battery, storage = info.battery, info.storage
        waits = [one.due.asked for one in self._streams.values() if one.due.asked is not None]
        trouble = next((one.trouble for one in self._streams.values() if one.trouble), "")
        verdict = self._watcher.verdict(Probe(min(waits)) if waits else Probe(), self._protected, trouble)
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
            temperature=_degrees(battery.temperature) if battery else None,
            storage_free=_bytes(storage.free) if storage else None,
            storage_total=_bytes(storage.total) if storage else None,
            port=plain(self.found.port, 120),
            front=plain(glance.app, 120),
            abilities=_told_of(self._watcher.phone),
            marks=marks(info, shared=self.found.shared),
        )

    def fresh(self) -> bool:
        """Whether all that is wanted of it shows what it shows."""
        streams = self._streams.values()
        return bool(streams) and self._watcher.answers() and all(one.fresh() for one in streams)

    async def run(self) -> None:
        """Until cancelled. Nothing that the phone does ends it."""
        try:
            async with asyncio.TaskGroup() as tasks:
                for work in (self._watcher.run(), self.acts.run()):
                    tasks.create_task(work)
        finally:
            await self.dark()

    def tend(self) -> None:
        """Twice a second: still pictures prove that they live, holds that ended end what goes on under them."""
        for one in self._streams.values():
            one.tend()
        self.acts.leased()
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
        for stream in streams:  # all at once: whoever waits here may be cancelled
            stream.end()
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

    def _look(self) -> None:
        """What cannot be said of it, for whatever reason, stays as it was said last; the log has it once."""
        try:
            now = self._now()
        except Exception:
            if not self._unsayable:
                log.exception("%s: how it is cannot be said", self.found.serial)
            self._unsayable = True
            return
        self._unsayable = False
        if now != self._said:
            self._said = now
            self._told()


def _told_of(phone: Phone | None) -> tuple[Ability, ...]:
    able = {one.value for one in phone.abilities} if phone else set[str]()
    return tuple(one for one in get_args(Ability) if one in able)


def _degrees(said: float | None) -> float | None:
    return said if said is not None and math.isfinite(said) and -100 <= said <= 300 else None


def _bytes(said: int) -> int:
    return min(max(said, 0), 2**60)
