"""Phones for tests: an agent that was enrolled, and phones that it has seen."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from greenroom.phones import agent_desk, agents, giving, report
from greenroom.phones.contracts import Enrolment, NewAgent
from greenroom.wire.messages import Seen
from tests.support.house import Tenant


def seen(number: int = 1, serial: str = "emulator-5554", **other: object) -> Seen:
    fields: dict[str, object] = {
        "number": number, "serial": serial, "platform": "android", "alive": "live", "because": "it answers",
        "model": "Pixel 8", "system": "Android 16", "width": 1080, "height": 2400, "battery": 81, "charging": True,
        "temperature": 30.5, "storage_free": 10**9, "storage_total": 10**10, "port": "",
        "front": "", "abilities": ("files", "install", "reboot"), "marks": (), **other,
    }  # fmt: skip
    return Seen(**fields)  # type: ignore[arg-type] # the fields are checked where they are read


@dataclass(frozen=True)
class Shelf:
    """A tenant's agent and its key, and the one phone on it, given to the tenant's client."""

    tenant: Tenant
    agent: UUID
    key: Ed25519PrivateKey
    phone: UUID

    async def report(self, *phones: Seen) -> dict[int, UUID]:
        async with self.tenant.house.database.transaction() as tx:
            ctx = await agent_desk.acting(tx, self.tenant.house, self.agent)
            assert ctx is not None
            return await report.all_seen(ctx, self.agent, phones)

    async def change(self, *phones: Seen) -> dict[int, UUID]:
        """As `report`, of some of its phones."""
        async with self.tenant.house.database.transaction() as tx:
            ctx = await agent_desk.acting(tx, self.tenant.house, self.agent)
            assert ctx is not None
            return await report.some_seen(ctx, self.agent, phones)


async def make_shelf(tenant: Tenant, name: str = "Shelf 1", *, serial: str = "emulator-5554") -> Shelf:
    key = Ed25519PrivateKey.generate()
    async with tenant.context() as ctx:
        made = await agents.add_agent(ctx, NewAgent(name=name))
    async with tenant.house.database.transaction() as tx:
        form = Enrolment(code=made.code, public_key=key.public_key().public_bytes_raw().hex(), program="0.1.0")
        await agents.enrol(tx, tenant.house, form)
    ids = await Shelf(tenant, made.agent.id, key, tenant.client).report(seen(serial=serial, model=name))
    async with tenant.context() as ctx:
        await giving.give_phone(ctx, ids[1], tenant.client)
    return Shelf(tenant, made.agent.id, key, ids[1])


@pytest.fixture
async def shelf(tenant: Tenant) -> Shelf:
    return await make_shelf(tenant)
