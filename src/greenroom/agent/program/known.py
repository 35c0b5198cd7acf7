"""Phones found at an address go by the serial that they tell themselves: tomorrow another one may be found there."""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import AsyncGenerator, Iterator, Sequence
from dataclasses import replace

from greenroom.agent.errors import HostBroken, PhoneError
from greenroom.agent.liveness import Link
from greenroom.agent.phone import Phone
from greenroom.agent.program.shared import Shared
from greenroom.agent.program.sources import Found, Source

log = logging.getLogger(__name__)

AGAIN = 1.0  # seconds until a phone that did not tell is asked again
GRACE = 10.0  # seconds until one that has not accepted this computer is listed by its address, for somebody to see
NOBODY = ("unknown", "0123456789abcdef", "emulator")  # how what phones say begins that have no serial of their own


class Known:
    """A source as another one, but a phone with an address for a serial is listed once it has told who it is."""

    def __init__(self, source: Source, shared: Shared | None = None) -> None:
        self._source, self._shared = source, shared or Shared()
        self._listed: tuple[Found, ...] = ()
        self._told: dict[Found, str] = {}
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
                yield tuple(replace(one, serial=serial) for serial, one in self._there.items())
        finally:
            for task in (listening, *asking.values()):
                task.cancel()

    async def open(self, found: Found) -> Phone:
        return await self._source.open(self._there.get(found.serial, found))

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
            self._told[found] = found.serial
            return self._changed.set()
        while True:
            try:
                said = await self._serial(found)
                await self._compare(found, said)
                self._told[found] = said
                return self._changed.set()
            except (PhoneError, HostBroken, OSError, EOFError) as error:
                log.info("%s has not told who it is: %s", found.serial, error)
            await asyncio.sleep(AGAIN)

    async def _serial(self, found: Found) -> str:
        phone = await self._source.open(found)
        try:
            return (await phone.info()).serial or found.serial
        finally:
            with contextlib.suppress(PhoneError, OSError):
                await phone.close()

    async def _compare(self, found: Found, said: str) -> None:
        """Another one that told the same is asked again: only two that answer at once are two, and share a serial."""
        for other in [one for one, serial in self._told.items() if serial == said and one != found]:
            with contextlib.suppress(PhoneError, HostBroken, OSError, EOFError):
                if await self._serial(other) == said:
                    self._shared.add([said])


def _asked(found: Found) -> bool:
    return ":" in found.serial


def _named(listed: Sequence[Found], told: dict[Found, str], always: Shared) -> Iterator[tuple[str, Found]]:
    """Each phone once: one on a cable is not listed through the air too; those that say the same keep their address."""
    cabled = {one.serial for one in listed if not _asked(one)}
    shared = Counter(told[one] for one in listed if one in told)
    for found in listed:
        if not _asked(found):
            yield found.serial, found
        elif found in told and told[found] not in cabled:
            own = shared[told[found]] == 1 and told[found] not in always
            own = own and not told[found].lower().startswith(NOBODY)
            yield told[found] if own else found.serial, found
