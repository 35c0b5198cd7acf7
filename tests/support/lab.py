"""A phone lab in this process: a real server, the agent's own program, the real adb, virtual phones."""

import asyncio
import contextlib
import hashlib
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import adbutils
import pytest

from greenroom.agent.drivers.adb.scrcpy.jar import Jar
from greenroom.agent.drivers.adb.server import AdbServer
from greenroom.agent.program.dial import dial
from greenroom.agent.program.enrol import enrol
from greenroom.agent.program.gate import Gate
from greenroom.agent.program.identity import load
from greenroom.agent.program.shelf import Shelf
from greenroom.agent.program.sources import AdbSource, Source, WdaSource
from greenroom.agent.program.stay import stay
from greenroom.agent.virtual.android.device import Android
from greenroom.agent.virtual.fleet import Fleet, Member, Plan, open_fleet
from greenroom.agent.virtual.iphone.device import IPhone
from greenroom.kit.chance import Chance
from greenroom.phones import agents, giving, inventory
from greenroom.phones.contracts import NewAgent, Phone
from greenroom.tenancy.sign_in import start_session
from tests.support.house import Tenant
from tests.support.serving import serving

_JAR = b"stands for scrcpy's server, which a virtual phone takes and does not look into"


@dataclass
class Lab:
    """`said`: what the agent told its person. The phones are the tenant's client's."""

    tenant: Tenant
    address: str
    fleet: Fleet
    adb: AdbServer
    home: Path
    said: list[str] = field(default_factory=list)

    @property
    def wall(self) -> str:
        return f"{self.address.replace('http', 'ws', 1)}/wall/socket"

    @property
    def android(self) -> Android:
        return next(one.device for one in self.fleet.members.values() if isinstance(one.device, Android))

    async def cookie(self, user: UUID | None = None) -> str:
        """Of a session that begins now."""
        tenant = self.tenant
        return await start_session(tenant.house, tenant.organisation, user or tenant.user, address="", agent="test")

    async def phones(self) -> list[Phone]:
        async with self.tenant.context() as ctx:
            return await inventory.list_phones(ctx, {})

    async def android_phone(self) -> UUID:
        """The first Android phone, once it is live."""
        return next(one.id for one in await self.live() if one.platform == "android")

    async def live(self, *, within: float = 30) -> list[Phone]:
        """All phones, once each is live and the client's."""
        async with asyncio.timeout(within):
            while True:
                found = await self.phones()
                if len(found) == len(self.fleet.members) and all(one.alive == "live" for one in found):
                    break
                await asyncio.sleep(0.1)
        async with self.tenant.context() as ctx:
            for one in found:
                if one.client_id is None:
                    await giving.give_phone(ctx, one.id, self.tenant.client)
        return await self.phones()

    async def plug(self, member: Member) -> None:
        """Heal an Android phone of its faults and attach it, as the system does when a cable goes in."""
        await member.trouble.clear()
        host = await self.adb.start()
        await host.disconnect(member.address("127.0.0.1"))
        await host.connect(member.address("127.0.0.1"))

    @contextlib.asynccontextmanager
    async def agent(self) -> AsyncIterator[None]:
        """The agent's program, until the block ends."""
        gate = Gate()
        members = self.fleet.members.values()
        iphones = {
            f"http://127.0.0.1:{one.device.port}": f"http://127.0.0.1:{one.device.mjpeg_port}"
            for one in members
            if isinstance(one.device, IPhone)
        }
        jar = self.home / "server.jar"
        jar.write_bytes(_JAR)
        sources: list[Source] = [AdbSource(self.adb.start, Jar(jar, hashlib.sha256(_JAR).hexdigest()))]
        if iphones:
            sources.append(WdaSource(iphones))
        shelf = Shelf(sources, gate)
        tasks = [
            asyncio.create_task(shelf.run()),
            asyncio.create_task(
                stay(load(self.home / "agent"), shelf, gate, dial, say=self.said.append, chance=Chance("lab"))
            ),
        ]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)


MakeLab = Callable[[Plan], contextlib.AbstractAsyncContextManager[Lab]]


@pytest.fixture
def make_lab(tenant: Tenant, tmp_path: Path) -> MakeLab:
    """A lab with the phones of a plan, its agent at work."""

    @contextlib.asynccontextmanager
    async def made(plan: Plan) -> AsyncIterator[Lab]:
        fleet = await open_fleet(plan)
        with socket.create_server(("127.0.0.1", 0)) as free:
            adb = AdbServer(Path(adbutils.adb_path()), free.getsockname()[1], tmp_path)
        try:
            async with serving(tenant.house) as address:
                async with tenant.context() as ctx:
                    code = (await agents.add_agent(ctx, NewAgent(name="Shelf 1"))).code
                await enrol(tmp_path / "agent", address.removesuffix("/api/v1"), code)
                lab = Lab(tenant, address, fleet, adb, tmp_path)
                for member in fleet.members.values():
                    if isinstance(member.device, Android):
                        await lab.plug(member)
                async with lab.agent():
                    yield lab
        finally:
            await adb.stop()
            await fleet.close()

    return made


@pytest.fixture
async def lab(make_lab: MakeLab) -> AsyncIterator[Lab]:
    """One Android phone and one iPhone, both live."""
    async with make_lab(Plan(androids=1, iphones=1, small=True)) as made:
        await made.live()
        yield made
