"""One phone at two computers, by its cable at one and through the network at the other, is held by one person."""

import contextlib
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import pytest

from greenroom.agent.drivers.adb.server import AdbServer
from greenroom.agent.phone import Phone
from greenroom.agent.program.enrol import enrol
from greenroom.agent.program.identity import load
from greenroom.agent.program.known import Known
from greenroom.agent.program.sources import AdbSource, Found, Source
from greenroom.agent.virtual.android.device import Android
from greenroom.agent.virtual.fleet import Member, Plan, open_fleet
from greenroom.infra.context import House
from greenroom.kit.errors import Conflict
from greenroom.phones import agents, inventory, leases
from greenroom.phones.contracts import Lease, NewAgent
from tests.support.adb import own_adb
from tests.support.house import Tenant
from tests.support.people import add_person
from tests.support.running_agent import running_agent
from tests.support.serving import serving
from tests.support.wait import until

FACTORY = "0123456789ABCDEF"


@dataclass(frozen=True)
class ByCable:
    """What an adb server reaches over TCP, listed as if it hung on this computer's USB; all else is adb's."""

    source: AdbSource
    serial: str

    async def follow(self) -> AsyncGenerator[tuple[Found, ...], None]:
        async with contextlib.aclosing(self.source.follow()) as lists:
            async for found in lists:
                yield tuple(replace(one, serial=self.serial, port="1-4") for one in found)

    async def open(self, found: Found) -> Phone:
        return await self.source.open(found)


@pytest.fixture
async def adbs(tmp_path: Path) -> AsyncIterator[tuple[AdbServer, AdbServer]]:
    """Of two computers."""
    found = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        found.append(own_adb(tmp_path / name))
    yield found[0], found[1]
    for one in found:
        await one.stop()


@pytest.fixture
async def members() -> AsyncIterator[list[Member]]:
    fleet = await open_fleet(Plan(androids=2, small=True))
    yield list(fleet.members.values())
    await fleet.close()


@contextlib.asynccontextmanager
async def computer(house: House, tenant: Tenant, address: str, home: Path, source: Source) -> AsyncIterator[UUID]:
    """An agent with this source; its id."""
    async with tenant.context() as ctx:
        made = await agents.add_agent(ctx, NewAgent(name=home.name))
    await enrol(home, address.removesuffix("/api/v1"), made.code)
    async with running_agent(load(home), [Known(source)]):
        yield made.agent.id


async def live(tenant: Tenant, agent: UUID) -> UUID:
    """The agent's one phone, once it is there."""

    async def look() -> UUID | None:
        async with tenant.context() as ctx:
            found = await inventory.list_phones(ctx, {"agent": agent})
        return next((one.id for one in found if one.alive == "live"), None)

    found = await until(look)
    assert found is not None
    return found


async def tried(tenant: Tenant, phone: UUID) -> Lease | str:
    try:
        async with tenant.context() as ctx:
            return await leases.take(ctx, phone, "person", tenant.user)
    except Conflict as refused:
        return refused.detail


def become(member: Member, serial: str) -> None:
    assert isinstance(member.device, Android)
    member.device.handset.phone.properties["ro.serialno"] = serial
    member.device.handset.phone.properties["ro.boot.serialno"] = serial


@pytest.mark.parametrize(
    ("says", "cable", "one"),
    [
        ("GRV00001", "GRV00001", True),
        ("GRV00001", "another name on USB", True),  # some makers write another number into USB's descriptor
        (FACTORY, FACTORY, True),
        (FACTORY, FACTORY, False),
        ("", "unknown", False),
    ],
)
async def test_by_cable_here_and_through_the_network_there_one_person_holds_it(
    house: House, tenant: Tenant, adbs: tuple[AdbServer, AdbServer], members: list[Member], tmp_path: Path,
    says: str, cable: str, one: bool,
) -> None:  # fmt: skip
    plugged, in_air = members[0], members[0] if one else members[1]
    for member in members:
        become(member, says)
    for adb, member in zip(adbs, (plugged, in_air), strict=True):
        await (await adb.start()).connect(member.address("127.0.0.1"))
    here, there = ByCable(AdbSource(adbs[0].start), cable), AdbSource(adbs[1].start)
    bo = await add_person(tenant, "Bo")
    async with (
        serving(house) as address,
        computer(house, tenant, address, tmp_path / "Shelf 1", here) as first,
        computer(house, tenant, address, tmp_path / "Shelf 2", there) as second,
    ):
        assert isinstance(await tried(tenant, await live(tenant, first)), Lease)
        answer = await tried(bo, await live(tenant, second))
        if one:
            assert "attached to two computers, and is held through the agent Shelf 1" in str(answer)
        else:
            assert isinstance(answer, Lease)
