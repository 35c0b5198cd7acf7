"""Phones in the network: the adb server dials each address, and dials again when the connection broke."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence

from greenroom.agent.drivers.adb.devices import devices
from greenroom.agent.drivers.adb.host import Failed, Host
from greenroom.agent.errors import HostBroken, PhoneError

log = logging.getLogger(__name__)

LOOK = 1.0  # seconds between two looks at what is connected
UNDER_WAY = ("connecting", "authorizing", "unauthorised")  # adb is at it, or a person has to accept this computer


async def keep_dialled(start: Callable[[], Awaitable[Host]], addresses: Sequence[str]) -> None:
    """Until cancelled. `start` gives the running adb server, started anew where it ended."""
    dialling: dict[str, asyncio.Task[None]] = {}
    try:
        while True:
            with contextlib.suppress(HostBroken, Failed, EOFError, OSError):
                await _look(await start(), addresses, dialling)
            await asyncio.sleep(LOOK)
    finally:
        for task in dialling.values():
            task.cancel()


async def _look(host: Host, addresses: Sequence[str], dialling: dict[str, asyncio.Task[None]]) -> None:
    while True:
        states = {one.serial: one.state for one in await devices(host)}
        for address in addresses:
            under_way = address in dialling and not dialling[address].done()
            if states.get(address) not in ("device", *UNDER_WAY) and not under_way:
                dialling[address] = asyncio.create_task(_dial(host, address, listed=address in states))
        await asyncio.sleep(LOOK)


async def _dial(host: Host, address: str, *, listed: bool) -> None:
    """One try; what is listed and not connected would be taken to be connected already."""
    with contextlib.suppress(HostBroken, Failed, PhoneError, EOFError, ConnectionError):
        if listed:
            await host.disconnect(address)
        said = await host.connect(address)
        log.debug("%s: %s", address, said)
