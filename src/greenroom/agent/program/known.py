"""Phones found at an address go by the serial that they tell themselves: tomorrow another one may be found there."""

import asyncio
import contextlib
import logging
import re
from collections import Counter
from collections.abc import AsyncGenerator, Iterator, Sequence
from dataclasses import dataclass, replace

from greenroom.agent.errors import HostBroken, PhoneError
from greenroom.agent.liveness import Link
from greenroom.agent.phone import Phone
from greenroom.agent.program.shared import Shared
from greenroom.agent.program.sources import Found, Source
from greenroom.wire.serials import is_own

log = logging.getLogger(__name__)

AGAIN = 1.0  # seconds until a phone that did not tell is asked again
GRACE = 10.0  # seconds until one that has not accepted this computer is listed by its address, for somebody to see
NAMED_BY_PLACE = re.compile(
    r".*:.*|.*\._adb(-tls-\w+)?\._tcp\.?"
)  # an address, or the name of a service in the network


@dataclass(frozen=True, slots=True)
class Told:
    """What a phone said of itself: its serial number, and the number that its system drew for itself, if it has one."""

    serial: str
    installed: str = ""


class Known:
    """A source as another one, but a phone with an address for a serial is listed once it has told who it is."""

    def __init__(self, source: Source, shared: Shared | None = None) -> None:
        self._source, self._shared = source, shared or Shared()
        self._listed: tuple[Found, ...] = ()
        self._told: dict[Found, Told] = {}
        self._there: dict[str, Found] = {}
        self._changed = asyncio.Event()

    async def follow(self) -> AsyncGenerator[tuple[Found, ...], None]:
        asking: dict[Found, asyncio.Task[None]] = {}
        listening = asyncio.create_task(self._listen())
        try:
            while True:
                await self._changed.wait()
                self._changed.clear()
                if listening.done():
                    listening.result()
                for gone in asking.keys() - set(self._listed):
                    asking.pop(gone).cancel()
                    self._told.pop(gone, None)
                for found in self._listed:
                    if _asked(found) and found not in asking:
                        asking[found] = asyncio.create_task(self._ask(found))
                self._there = dict(_named(self._listed, self._told, self._shared))
                yield tuple(self._as_known(serial, one) for serial, one in self._there.items())
        finally:
            for task in (listening, *asking.values()):
                task.cancel()

    async def open(self, found: Found) -> Phone:
        return await self._source.open(self._there.get(found.serial, found))

    def _as_known(self, serial: str, found: Found) -> Found:
        """One that told its serial number and is not listed by it shares it with others."""
        told = self._told.get(found)
        return replace(found, serial=serial, shared=found.shared or (told is not None and told.serial != serial))

    async def _listen(self) -> None:
        try:
            async with contextlib.aclosing(self._source.follow()) as lists:
                async for found in lists:
                    self._listed = found
                    self._changed.set()
        finally:
            self._changed.set()

    async def _ask(self, found: Found) -> None:
        """Until it has told."""
        if found.link is Link.UNAUTHORISED:
            await asyncio.sleep(GRACE)
            self._told[found] = Told(found.serial)
            return self._changed.set()
        while True:
            try:
                said = await self._said(found)
                await self._compare(found, said)
                self._told[found] = said
                return self._changed.set()
            except (PhoneError, HostBroken, OSError, EOFError) as error:
                log.info("%s has not told who it is: %s", found.serial, error)
            await asyncio.sleep(AGAIN)

    async def _said(self, found: Found) -> Told:
        phone = await self._source.open(found)
        try:
            info = await phone.info()
            return Told(info.serial or found.serial, info.installed)
        finally:
            with contextlib.suppress(PhoneError, OSError):
                await phone.close()

    async def _compare(self, found: Found, said: Told) -> None:
        """Another one that told the same is asked again: only two that answer at once are two, and share a serial.

        One phone at two addresses says the same of its system, too.
        """
        for other in [one for one, told in self._told.items() if told.serial == said.serial and one != found]:
            with contextlib.suppress(PhoneError, HostBroken, OSError, EOFError):
                again = await self._said(other)
                if again.serial == said.serial and not (again.installed and again == said):
                    self._shared.add([said.serial])


def _asked(found: Found) -> bool:
    return NAMED_BY_PLACE.fullmatch(found.serial) is not None


def _named(listed: Sequence[Found], told: dict[Found, Told], always: Shared) -> Iterator[tuple[str, Found]]:
    """Each phone once: one on a cable is not listed through the air too; those that say the same keep their address."""
    cabled = {one.serial for one in listed if not _asked(one)}
    # Of one phone at two addresses the first that is listed.
    said = {told[one]: one for one in reversed(listed) if one in told and told[one].installed}
    once = [one for one in listed if one in told and said.get(told[one], one) == one]
    shared = Counter(told[one].serial for one in once)
    for found in listed:
        if not _asked(found):
            yield found.serial, found
        elif found in told:
            serial = told[found].serial
            if not is_own(serial) or shared[serial] != 1 or serial in always:
                yield found.serial, found
            elif found in once and serial not in cabled:
                yield serial, found
