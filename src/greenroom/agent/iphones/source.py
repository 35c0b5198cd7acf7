"""The iPhones on this computer's USB as a source of phones: each with a ladder of its own, gone when unplugged."""

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import AsyncGenerator
from typing import ClassVar

from greenroom.agent.errors import HostBroken, Offline
from greenroom.agent.iphones.cable import Cable
from greenroom.agent.iphones.cabled import CabledIphone
from greenroom.agent.iphones.goios import GoIos
from greenroom.agent.iphones.ladder import Ladder
from greenroom.agent.iphones.pace import Pace
from greenroom.agent.iphones.places import port_of
from greenroom.agent.iphones.steps import Step
from greenroom.agent.iphones.tunnel import Tunnels
from greenroom.agent.iphones.usbmux import Attached, Mux
from greenroom.agent.liveness import Link
from greenroom.agent.phone import Phone
from greenroom.agent.program.sources import NAME, Found

log = logging.getLogger(__name__)

UNHURRIED = Pace()
AGAIN = 3.0  # seconds until a missing usbmuxd is asked again


class NotReady(Offline):
    """It is plugged in, and a step is missing."""


class NotTrusted(Offline):
    kind: ClassVar[str] = "unauthorised"


class IphoneSource:
    """Follows usbmuxd; `close` ends all that was started, also where nobody follows any more."""

    def __init__(self, goios: GoIos, mux: Mux | None = None, pace: Pace = UNHURRIED) -> None:
        self._goios, self._mux, self._pace = goios, mux or Mux(), pace
        self._tunnels = Tunnels(goios, pace)
        self._ladders: dict[str, Ladder] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._ending: set[asyncio.Task[None]] = set()
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._ports: dict[str, str] = {}
        self._news = asyncio.Event()

    async def follow(self) -> AsyncGenerator[tuple[Found, ...], None]:
        left = await self._goios.ledger.sweep()
        if left:
            log.warning("%s processes of go-ios were left of an agent that was killed; they were ended", left)
        watching = asyncio.create_task(self._watch())
        try:
            while True:
                self._news.clear()
                yield tuple(self._found(ladder) for ladder in self._ladders.values())
                await self._news.wait()
        finally:
            watching.cancel()
            await asyncio.wait([watching])
            await self.close()

    async def open(self, found: Found) -> Phone:
        """Its driver; until it is ready, an error that says at which step it is and what to do."""
        ladder = self._ladders.get(found.serial)
        if ladder is None:
            raise Offline(NAME, "is not plugged in")
        if ladder.readiness.ready:
            cable = Cable(self._goios, found.serial, ladder.name, ladder.version)
            return CabledIphone(
                ladder.address, cable=cable, video=ladder.picture, runner=ladder.bundle, gone=ladder.gone
            )
        kind = NotTrusted if ladder.readiness.step is Step.TRUSTED else NotReady
        raise kind(ladder.name, ladder.readiness.sentence)

    async def close(self) -> None:
        """End every process and every task."""
        for udid in list(self._ladders):
            self._drop(udid)
        if self._ending:
            await asyncio.wait(self._ending)
        await self._tunnels.close()

    async def _watch(self) -> None:
        """What is plugged in, for ever; said once when usbmuxd is missing."""
        said = ""
        while True:
            try:
                async with contextlib.aclosing(self._mux.follow()) as lists:
                    async for attached in lists:
                        said = ""
                        await self._set({one.udid: one for one in attached})
            except HostBroken as error:
                if error.detail != said:
                    said = error.detail
                    log.warning("%s", said)
            except Exception:
                log.exception("following usbmuxd failed and goes on")
            await self._set({})
            await asyncio.sleep(min(AGAIN, self._pace.most))

    async def _set(self, attached: dict[str, Attached]) -> None:
        for udid in [udid for udid, ladder in self._ladders.items() if attached.get(udid) != ladder.phone]:
            self._drop(udid)
        for udid, phone in attached.items():
            if udid not in self._ladders:
                self._ports[udid] = await asyncio.to_thread(port_of, phone)
                ladder = Ladder(phone, self._goios, self._mux, self._tunnels, pace=self._pace, told=self._news.set)
                self._ladders[udid] = ladder
                self._tasks[udid] = asyncio.create_task(self._climb(ladder))
        self._news.set()

    async def _climb(self, ladder: Ladder) -> None:
        """In its turn: what ran for this iPhone before it was unplugged has ended first."""
        async with self._turns[ladder.phone.udid]:
            await ladder.run()

    def _drop(self, udid: str) -> None:
        """It is listed no more, at once; its processes end meanwhile."""
        self._ladders.pop(udid).gone.set()
        task = self._tasks.pop(udid)
        task.cancel()
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)
        self._news.set()

    def _found(self, ladder: Ladder) -> Found:
        udid, ready = ladder.phone.udid, ladder.readiness.ready
        place = ladder.address if ready else f"{ladder.phone.number} is not ready"
        return Found(udid, "ios", Link.UP if ready else Link.DOWN, place, self._ports[udid])
