"""The agent's own program with virtual phones behind the real adb, at a server that is moved by hand."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from greenroom.agent.drivers.adb.server import AdbServer
from greenroom.agent.program.known import Known
from greenroom.agent.program.shelf import Shelf
from greenroom.agent.virtual.android.device import Android
from greenroom.agent.virtual.fleet import Fleet, Member
from tests.flow.agent_program.peer import Peer
from tests.support.running_agent import androids_of, iphones_of, plug, running_agent


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
        if isinstance(member.device, Android):
            await plug(self.adb, member)
        return await self.peer.live(member.serial)


@contextlib.asynccontextmanager
async def open_bench(fleet: Fleet, adb: AdbServer, peer: Peer, home: Path) -> AsyncIterator[Bench]:
    devices = [one.device for one in fleet.members.values()]
    sources = (Known(androids_of(adb, home)), Known(iphones_of(devices)))
    async with running_agent(peer.identity, sources) as agent:
        yield Bench(fleet, adb, peer, agent.shelf)
