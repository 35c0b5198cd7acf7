"""The agent's own program in this process, with virtual phones: those behind the real adb are plugged in here."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from greenroom.agent.drivers.adb.devices import devices
from greenroom.agent.drivers.adb.server import AdbServer
from greenroom.agent.program.dial import dial
from greenroom.agent.program.gate import Gate
from greenroom.agent.program.identity import Identity
from greenroom.agent.program.shelf import Shelf
from greenroom.agent.program.sources import AdbSource, Source, WdaSource
from greenroom.agent.program.stay import Say, stay
from greenroom.agent.virtual.android.device import Android
from greenroom.agent.virtual.fleet import Member
from greenroom.agent.virtual.iphone.device import IPhone
from greenroom.kit.chance import Chance
from tests.support.adb import stand_in_jar
from tests.support.wait import until

HERE = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Running:
    """`staying` ends where the server turns the agent away for good."""

    shelf: Shelf
    staying: "asyncio.Task[None]"


@contextlib.asynccontextmanager
async def running_agent(
    identity: Identity, sources: Sequence[Source], *, say: Say = lambda _: None
) -> AsyncIterator[Running]:
    """Watches its phones and stays connected until the block ends."""
    gate = Gate()
    shelf = Shelf(sources, gate)
    watching = asyncio.create_task(shelf.run())
    staying = asyncio.create_task(stay(identity, shelf, gate, dial, say=say, chance=Chance("test")))
    try:
        yield Running(shelf, staying)
    finally:
        for task in (staying, watching):
            task.cancel()
        await asyncio.wait([staying, watching])


def androids_of(adb: AdbServer, home: Path) -> AdbSource:
    """Those that are plugged in; scrcpy's stand-in lies in `home`."""
    return AdbSource(adb.start, stand_in_jar(home))


def iphones_of(devices: Iterable[Android | IPhone]) -> WdaSource:
    return WdaSource(
        {f"http://{HERE}:{one.port}": f"http://{HERE}:{one.mjpeg_port}" for one in devices if isinstance(one, IPhone)}
    )


async def plug(adb: AdbServer, member: Member) -> None:
    """Heal an Android phone of its faults and attach it, as the system does when a cable goes in.

    It is dialled until adb lists it: what adb answers to the call promises nothing, least of all on a busy computer.
    """
    await member.trouble.clear()
    host, address = await adb.start(), member.address(HERE)

    async def listed() -> bool:
        return any((one.serial, one.state) == (address, "device") for one in await devices(host))

    for _ in range(5):
        await host.disconnect(address)
        await host.connect(address)
        with contextlib.suppress(AssertionError):
            await until(listed, within=6)
            return
    raise AssertionError(f"adb does not list {address}: {await devices(host)}")
