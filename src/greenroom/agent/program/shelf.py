"""All phones of this computer: one station each, as long as its source lists it."""

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TypeVar

from greenroom.agent.program import load
from greenroom.agent.program.copies import Copies
from greenroom.agent.program.gate import Closed, Gate
from greenroom.agent.program.outgoing import Outgoing
from greenroom.agent.program.sources import Found, Source
from greenroom.agent.program.station import Station
from greenroom.wire.limits import LARGEST_NUMBER, MOST_PHONES
from greenroom.wire.messages import Seen, Stream

log = logging.getLogger(__name__)

T = TypeVar("T")

TEND = 0.5  # seconds
AGAIN = 1.0  # seconds until a source that failed is followed again
STAGGER = 0.2  # seconds between two phones that change their rate: each starts its encoder anew


class Shelf:
    """`changed` is set when there is something new to say; phones keep their numbers as long as the program runs.

    `copies`: the files that are on this computer for its phones.
    `share`: how many times fewer small pictures are sent than could be, because this computer is overloaded.
    """

    def __init__(self, sources: Sequence[Source], gate: Gate, copies: Copies | None = None) -> None:
        self._sources, self._gate = sources, gate
        self.copies = copies or Copies()
        self._stations: dict[str, Station] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._numbers: dict[str, int] = {}
        self._wanted: defaultdict[int, set[Stream]] = defaultdict(set)
        self._failing: set[str] = set()
        self._outgoing: Outgoing | None = None
        self.share = 1
        self._slowing: asyncio.Task[None] | None = None
        self.changed = asyncio.Event()

    @property
    def seen(self) -> tuple[Seen, ...]:
        return tuple(self._each(lambda one: one.seen))

    @property
    def fresh(self) -> tuple[int, ...]:
        """The phones of which everything that is wanted shows what they show."""
        return tuple(number for number, fresh in self._each(lambda one: (one.number, one.fresh())) if fresh)

    def station(self, number: int) -> Station | None:
        return next((one for one in self._stations.values() if one.number == number), None)

    async def run(self) -> None:
        """Until cancelled."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._tend())
                tasks.create_task(load.follow(self._slow))
                for source in self._sources:
                    tasks.create_task(self._follow(source))
        finally:
            if self._slowing:
                self._slowing.cancel()
            for serial in list(self._tasks):
                await self._remove(serial)
            await self.copies.close()

    async def send(self, number: int, stream: Stream, outgoing: Outgoing | None) -> None:
        """Wanted from now on, or no more; it stays wanted while the phone is away for a moment."""
        (self._wanted[number].add if outgoing else self._wanted[number].discard)(stream)
        self._outgoing = outgoing or self._outgoing
        station = self.station(number)
        if station is not None:
            await station.send(stream, outgoing)

    def forget(self, numbers: Collection[int]) -> None:
        """The server knows that these are gone: it says anew what it wants of them."""
        for number in numbers:
            self._wanted.pop(number, None)

    async def unwatched(self) -> None:
        """The connection is gone: nobody sees any picture."""
        self._wanted.clear()
        self._outgoing = None
        for one in list(self._stations.values()):
            await one.dark()

    async def _tend(self) -> None:
        while True:
            for _ in self._each(Station.tend):
                pass
            await asyncio.sleep(TEND)

    def _each(self, ask: Callable[[Station], T]) -> Iterator[T]:
        """What each phone answers; one that fails is left out, and the log has it once."""
        for serial, one in list(self._stations.items()):
            try:
                yield ask(one)
            except Exception:
                if serial not in self._failing:
                    log.exception("%s failed and is left out", serial)
                self._failing.add(serial)

    def _slow(self, share: int) -> None:
        if share > self.share:
            log.warning("This computer is overloaded: small pictures come %s times less often", share)
        self.share = share
        if self._slowing is None or self._slowing.done():
            self._slowing = asyncio.create_task(self._slow_each())

    async def _slow_each(self) -> None:
        """One after the other, until all have the share of that moment."""
        told: dict[Station, int] = {}
        while left := [one for one in self._stations.values() if told.get(one) != self.share]:
            told[left[0]] = self.share
            left[0].slow(self.share)
            await asyncio.sleep(STAGGER)

    async def _follow(self, source: Source) -> None:
        """Whatever fails at it, it is followed again."""
        mine: set[str] = set()
        while True:
            try:
                async with contextlib.aclosing(source.follow()) as lists:
                    async for found in lists:
                        mine = await self._listed(found, mine, source)
            except Exception:
                log.exception("a source of phones failed and is followed again")
            await asyncio.sleep(AGAIN)

    async def _listed(self, found: Sequence[Found], mine: set[str], source: Source) -> set[str]:
        """Keep those that this source lists now, of which it listed `mine` before."""
        listed = {one.serial: one for one in found}
        for serial in mine - listed.keys():
            await self._remove(serial)
        for serial, one in listed.items():
            known = self._stations.get(serial)
            if known is not None and not known.found.same_place(one):
                await self._remove(serial)
                known = None
            if known is None:
                await self._add(one, source)
        self.changed.set()
        return set(listed) & self._stations.keys()

    async def _add(self, found: Found, source: Source) -> None:
        if len(self._stations) >= MOST_PHONES:
            log.warning("%s is one too many: an agent keeps %s phones; start another agent", found.serial, MOST_PHONES)
            return
        number = self._numbers.setdefault(found.serial, (len(self._numbers) + 1) % (LARGEST_NUMBER + 1))
        station = Station(number, found, source.open, told=self.changed.set, gate=_Now(self._gate))
        station.slow(self.share)
        self._stations[found.serial] = station
        self._tasks[found.serial] = asyncio.create_task(station.run())
        if self._outgoing is not None:
            for stream in self._wanted[number]:
                await station.send(stream, self._outgoing)

    async def _remove(self, serial: str) -> None:
        station, task = self._stations.pop(serial, None), self._tasks.pop(serial, None)
        self._failing.discard(serial)
        if task is not None:
            task.cancel()
            await asyncio.wait([task])
        if station is not None:
            await station.dark()  # a task that was cancelled before it began has not done so
        self.changed.set()


class _Now:
    """The gate at this very moment."""

    def __init__(self, gate: Gate) -> None:
        self._gate, self._clock = gate, asyncio.get_running_loop().time

    def judge(self, number: int, epoch: int) -> Closed | None:
        return self._gate.judge(number, epoch, self._clock())

    def epoch(self, number: int) -> int:
        return self._gate.epoch(number)
