"""Phones that are found at addresses: dialled, dialled again, and the same ones wherever they are found."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from greenroom.agent.drivers.adb.server import AdbServer
from greenroom.agent.liveness import Link
from greenroom.agent.program import known
from greenroom.agent.program.known import Known
from greenroom.agent.program.network import keep_dialled
from greenroom.agent.program.shared import Shared
from greenroom.agent.program.sources import AdbSource, Found, Source, WdaSource
from greenroom.agent.virtual.android.device import Android
from greenroom.agent.virtual.fleet import Fleet, Plan, open_fleet
from greenroom.agent.virtual.iphone.device import IPhone
from tests.support.adb import own_adb
from tests.support.wait import until_true

LOOPBACK = "127.0.0.1"


@pytest.fixture
async def fleet() -> AsyncIterator[Fleet]:
    found = await open_fleet(Plan(androids=2, iphones=1, small=True))
    yield found
    await found.close()


@pytest.fixture
async def adb(tmp_path: Path) -> AsyncIterator[AdbServer]:
    server = own_adb(tmp_path)
    yield server
    await server.stop()


@dataclass
class Heard:
    """The newest list of a source, and the serials of all that were ever listed."""

    now: tuple[Found, ...] = ()
    ever: set[str] = field(default_factory=set)

    @property
    def serials(self) -> list[str]:
        return sorted(one.serial for one in self.now)


@contextlib.asynccontextmanager
async def followed(source: Source) -> AsyncIterator[Heard]:
    heard = Heard()

    async def follow() -> None:
        async with contextlib.aclosing(source.follow()) as lists:
            async for found in lists:
                heard.now = found
                heard.ever.update(heard.serials)

    following = asyncio.create_task(follow())
    try:
        yield heard
    finally:
        following.cancel()
        await asyncio.wait([following])


async def test_androids_are_dialled_until_they_are_there_and_are_never_their_address(
    fleet: Fleet, adb: AdbServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "GRACE", 60.0)
    first, second = (one for one in fleet.members.values() if one.kind == "android")
    places = [one.address(LOOPBACK) for one in (first, second)]
    await second.trouble.set({"disconnect": True})
    dialling = asyncio.create_task(keep_dialled(adb.start, places))
    try:
        async with followed(Known(AdbSource(adb.start))) as heard:
            await until_true(lambda: heard.serials == ["GRV00001"])
            await second.trouble.clear()
            await until_true(lambda: heard.serials == ["GRV00001", "GRV00002"])
            await first.trouble.set({"disconnect": True})
            await until_true(lambda: heard.serials == ["GRV00002"])
            await first.trouble.clear()
            await until_true(lambda: heard.serials == ["GRV00001", "GRV00002"])
            assert not heard.ever & set(places)
    finally:
        dialling.cancel()
        await asyncio.wait([dialling])


async def test_what_a_known_phone_is_opened_by_is_still_its_address(fleet: Fleet, adb: AdbServer) -> None:
    member = next(iter(fleet.members.values()))
    source = Known(AdbSource(adb.start))
    await (await adb.start()).connect(member.address(LOOPBACK))
    async with followed(source) as heard:
        await until_true(lambda: heard.serials == ["GRV00001"])
        phone = await source.open(heard.now[0])
        try:
            assert (await phone.info()).serial == "GRV00001"
        finally:
            await phone.close()


async def test_a_phone_that_is_dialled_at_two_addresses_is_one(fleet: Fleet, adb: AdbServer) -> None:
    member, host, shared = next(iter(fleet.members.values())), await adb.start(), Shared()
    for name in (LOOPBACK, "localhost"):
        await host.connect(member.address(name))
    async with followed(Known(AdbSource(adb.start), shared)) as heard:
        await until_true(lambda: heard.serials == ["GRV00001"])
        first = heard.now[0].place
        await host.disconnect(first.partition("#")[0])
        await until_true(lambda: [one.place for one in heard.now] not in ([first], []))
        assert heard.ever == {"GRV00001"}
        assert "GRV00001" not in shared


async def test_one_that_has_not_accepted_this_computer_is_listed_in_the_end_for_somebody_to_see(
    adb: AdbServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "GRACE", 0.5)
    asking = await open_fleet(Plan(small=True, policy="ask"))
    (member,) = asking.members.values()
    assert isinstance(member.device, Android)
    try:
        await (await adb.start()).connect(member.address(LOOPBACK))
        async with followed(Known(AdbSource(adb.start))) as heard:
            await until_true(lambda: [one.link for one in heard.now] == [Link.UNAUTHORISED])
            assert heard.serials == [member.address(LOOPBACK)]
    finally:
        await asking.close()


async def test_an_iphone_is_who_it_says_at_whichever_address(fleet: Fleet) -> None:
    member = list(fleet.members.values())[-1]
    assert isinstance(member.device, IPhone)
    nobody, place = "http://127.0.0.1:9", f"http://{member.address(LOOPBACK)}"
    async with followed(Known(WdaSource({nobody: "", place: ""}))) as heard:
        await until_true(lambda: heard.serials == [member.serial])
