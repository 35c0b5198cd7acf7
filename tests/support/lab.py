"""A phone lab in this process: a real server, the agent's own program, the real adb, virtual phones."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from greenroom.agent.program.enrol import enrol
from greenroom.agent.program.identity import load
from greenroom.agent.virtual.android.device import Android
from greenroom.agent.virtual.fleet import Fleet, Plan, open_fleet
from greenroom.phones import agents, giving, inventory
from greenroom.phones.contracts import NewAgent, Phone
from greenroom.tenancy.sign_in import start_session
from tests.support.adb import own_adb
from tests.support.house import Tenant
from tests.support.running_agent import androids_of, iphones_of, plug, running_agent
from tests.support.serving import serving


@dataclass
class Lab:
    """The phones are the tenant's client's."""

    tenant: Tenant
    address: str
    fleet: Fleet

    @property
    def wall(self) -> str:
        return f"{self.address.replace('http', 'ws', 1)}/wall/socket"

    @property
    def android(self) -> Android:
        return next(one.device for one in self.fleet.members.values() if isinstance(one.device, Android))

    async def cookie(self, user: UUID) -> str:
        """Of a session that begins now."""
        tenant = self.tenant
        return await start_session(tenant.house, tenant.organisation, user, address="", agent="test")

    async def phones(self) -> list[Phone]:
        async with self.tenant.context() as ctx:
            return await inventory.list_phones(ctx, {})

    async def android_phone(self) -> UUID:
        """The first Android phone, once it is live."""
        return next(one.id for one in await self.live() if one.platform == "android")

    async def live(self, *, within: float = 60) -> list[Phone]:
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


@pytest.fixture
async def lab(tenant: Tenant, tmp_path: Path) -> AsyncIterator[Lab]:
    """One Android phone and one iPhone, both live."""
    fleet = await open_fleet(Plan(androids=1, iphones=1, small=True))
    adb = own_adb(tmp_path)
    try:
        async with serving(tenant.house) as address:
            async with tenant.context() as ctx:
                code = (await agents.add_agent(ctx, NewAgent(name="Shelf 1"))).code
            await enrol(tmp_path / "agent", address.removesuffix("/api/v1"), code)
            for member in fleet.members.values():
                if isinstance(member.device, Android):
                    await plug(adb, member)
            devices = [one.device for one in fleet.members.values()]
            async with running_agent(load(tmp_path / "agent"), (androids_of(adb, tmp_path), iphones_of(devices))):
                made = Lab(tenant, address, fleet)
                await made.live()
                yield made
    finally:
        await adb.stop()
        await fleet.close()
