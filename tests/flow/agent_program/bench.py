"""The agent's own program with virtual phones behind the real adb, at a server that is moved by hand."""

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from greenroom.agent.drivers.adb.scrcpy.jar import Jar
from greenroom.agent.drivers.adb.server import AdbServer
from greenroom.agent.program.dial import dial
from greenroom.agent.program.gate import Gate
from greenroom.agent.program.known import Known
from greenroom.agent.program.shelf import Shelf
from greenroom.agent.program.sources import AdbSource, WdaSource
from greenroom.agent.program.stay import stay
from greenroom.agent.virtual.fleet import Fleet, Member
from greenroom.agent.virtual.iphone.device import IPhone
from greenroom.kit.chance import Chance
from tests.flow.agent_program.peer import Peer

FILE = b"PK: stands for scrcpy's server, which virtual phones bring along"


@dataclass
class Bench:
    """`shelf` runs and stays connected to `peer`."""

    fleet: Fleet
    adb: AdbServer
    peer: Peer
    shelf: Shelf

    def members(self, kind: str) -> list[Member]:
        return [one for one in self.fleet.members.values() if one.kind == kind]

    async def plug(self, member: Member) -> int:
        """The phone's number, once it is there."""
        if isinstance(member.device, IPhone):
            return await self.peer.live(member.serial)
        host, place = await self.adb.start(), member.address("127.0.0.1")
        await host.disconnect(place)
        await host.connect(place)
        return await self.peer.live(member.serial)


@contextlib.asynccontextmanager
async def open_bench(fleet: Fleet, adb: AdbServer, peer: Peer, home: Path) -> AsyncIterator[Bench]:
    file = home / "server.jar"
    file.write_bytes(FILE)
    iphones = {
        f"http://127.0.0.1:{one.device.port}": f"http://127.0.0.1:{one.device.mjpeg_port}"
        for one in fleet.members.values()
        if isinstance(one.device, IPhone)
    }
    gate = Gate()
    source = AdbSource(adb.start, Jar(file, hashlib.sha256(FILE).hexdigest()))
    shelf = Shelf([Known(source), Known(WdaSource(iphones))], gate)
    work = [
        asyncio.create_task(shelf.run()),
        asyncio.create_task(stay(peer.identity, shelf, gate, dial, say=lambda _: None, chance=Chance("bench"))),
    ]
    try:
        yield Bench(fleet, adb, peer, shelf)
    finally:
        for task in work:
            task.cancel()
        await asyncio.wait(work)
