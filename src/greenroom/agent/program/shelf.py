"""All phones of this computer: one station each, as long as its source lists it."""

import asyncio
import logging
from collections.abc import Sequence

from greenroom.agent.program.gate import Gate
from greenroom.agent.program.sources import Found, Source
from greenroom.agent.program.station import Station
from greenroom.wire.limits import LARGEST_NUMBER, MOST_PHONES
from greenroom.wire.messages import Seen

log = logging.getLogger(__name__)


class Shelf:
    """`changed` is set when there is something new to say; phones keep their numbers as long as the program runs."""

    def __init__(self, sources: Sequence[Source], gate: Gate) -> None:
        self._sources, self._gate = sources, gate
        self._stations: dict[str, Station] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._numbers: dict[str, int] = {}
        self.changed = asyncio.Event()

    @property
    def seen(self) -> tuple[Seen, ...]:
        return tuple(one.seen for one in self._stations.values())

    def station(self, number: int) -> Station | None:
        return next((one for one in self._stations.values() if one.number == number), None)

    async def run(self) -> None:
        """Until cancelled."""
        try:
            async with asyncio.TaskGroup() as tasks:
                for source in self._sources:
                    tasks.create_task(self._follow(source))
        finally:
            for serial in list(self._tasks):
                await self._remove(serial)

    async def unwatched(self) -> None:
        """The connection is gone: nobody sees any picture."""
        for one in list(self._stations.values()):
            await one.watch("off", None)

    async def _follow(self, source: Source) -> None:
        mine: set[str] = set()
        async for found in source.follow():
            listed = {one.serial: one for one in found}
            for serial in mine - listed.keys():
                await self._remove(serial)
            for serial, one in listed.items():
                known = self._stations.get(serial)
                if known is not None and not known.found.same_place(one):
                    await self._remove(serial)
                    known = None
                if known is None:
                    self._add(one, source)
            mine = set(listed) & self._stations.keys()
            self.changed.set()

    def _add(self, found: Found, source: Source) -> None:
        if len(self._stations) >= MOST_PHONES:
            log.warning("%s is one too many: an agent keeps %s phones; start another agent", found.serial, MOST_PHONES)
            return
        number = self._numbers.setdefault(found.serial, (len(self._numbers) + 1) % (LARGEST_NUMBER + 1))
        clock = asyncio.get_running_loop().time
        station = Station(
            number,
            found,
            source.open,
            told=self.changed.set,
            judge=lambda number, epoch: self._gate.judge(number, epoch, clock()),
        )
        self._stations[found.serial] = station
        self._tasks[found.serial] = asyncio.create_task(station.run())

    async def _remove(self, serial: str) -> None:
        self._stations.pop(serial, None)
        task = self._tasks.pop(serial, None)
        if task is not None:
            task.cancel()
            await asyncio.wait([task])
        self.changed.set()
