"""Where phones are found: those that an adb server lists, and iPhones at given addresses."""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from greenroom.agent.drivers.adb.devices import Device, track
from greenroom.agent.drivers.adb.host import Attached, Host
from greenroom.agent.drivers.adb.phone import AdbPhone
from greenroom.agent.drivers.adb.scrcpy.jar import Jar
from greenroom.agent.drivers.wda.phone import WdaPhone
from greenroom.agent.errors import HostBroken
from greenroom.agent.liveness import Link
from greenroom.agent.phone import Phone
from greenroom.agent.program.shared import Shared

log = logging.getLogger(__name__)

NAME = "This phone"
"""Begins the sentences of errors: they go to people who know the phone by another name than its serial."""
_AGAIN = 1.0  # seconds until a broken adb server is asked again


@dataclass(frozen=True, slots=True)
class Found:
    """A phone that could be opened. Of two that are equal nothing has changed.

    `shared`: it can't be known by its own serial number, which others have too.
    """

    serial: str
    platform: Literal["android", "ios"]
    link: Link
    place: str  # tells one attachment from the next
    port: str = ""  # where on this computer's USB it hangs
    attached: Attached | None = None
    shared: bool = False

    def same_place(self, other: "Found") -> bool:
        return (self.link, self.place) == (other.link, other.place)


class Source(Protocol):
    def follow(self) -> AsyncGenerator[tuple[Found, ...], None]:
        """All of this source's phones now, and again after every change; it has no end."""

    async def open(self, found: Found) -> Phone: ...


@dataclass(frozen=True, slots=True)
class AdbSource:
    """`start` gives the running adb server, started anew where it ended. `shared`: serials of several phones."""

    start: Callable[[], Awaitable[Host]]
    jar: Jar | None = None
    shared: Shared = field(default_factory=Shared)

    async def follow(self) -> AsyncGenerator[tuple[Found, ...], None]:
        while True:
            try:
                async with contextlib.aclosing(track(await self.start())) as lists:
                    async for devices in lists:
                        yield found_of(devices, self.shared)
            except HostBroken as error:
                log.info("%s", error)
            except Exception:
                log.exception("following adb's phones failed and goes on")
            yield ()
            await asyncio.sleep(_AGAIN)

    async def open(self, found: Found) -> Phone:
        return await AdbPhone.open(await self.start(), found.attached or found.serial, name=NAME, jar=self.jar)


@dataclass(frozen=True, slots=True)
class WdaSource:
    """iPhones whose WebDriverAgent answers at these addresses, each with that of its picture, or none.

    Whether one is there is asked of it itself.
    """

    addresses: Mapping[str, str]

    async def follow(self) -> AsyncGenerator[tuple[Found, ...], None]:
        yield tuple(Found(address, "ios", Link.UP, address) for address in self.addresses)
        await asyncio.Event().wait()

    async def open(self, found: Found) -> Phone:
        return WdaPhone(found.place, name=NAME, video=self.addresses[found.serial])


def found_of(devices: Sequence[Device], shared: Shared) -> tuple[Found, ...]:
    """Cheap phones share a serial number or have none: those go by their USB port, for good, and not without one."""
    counted = Counter(one.serial for one in devices)
    shared.add(serial for serial, count in counted.items() if count > 1 and serial)
    found = []
    for one in devices:
        where = one.port or one.path
        alike = not one.serial or one.serial in shared
        if alike and not where:
            log.info("%s is left out: it has no serial number of its own, and its USB port is not shown", one.serial)
            continue
        found.append(
            Found(
                serial=f"{one.serial or 'unknown'} at {where}" if alike else one.serial,
                platform="android",
                link=one.link,
                place=f"{one.serial}#{one.number}",
                port=one.port,
                attached=one.attached if one.number else None,
                shared=alike,
            )
        )
    return tuple(found)
