"""Virtual phones in this process, and Greenroom's own adb server in front of them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from greenroom.agent.drivers.adb.devices import Device, track
from greenroom.agent.drivers.adb.host import Host
from greenroom.agent.drivers.adb.phone import AdbPhone
from greenroom.agent.drivers.adb.scrcpy.jar import Jar
from greenroom.agent.drivers.adb.server import AdbServer
from greenroom.agent.drivers.wda.phone import WdaPhone
from greenroom.agent.virtual.android.device import Android
from greenroom.agent.virtual.fleet import Fleet, Member, Plan, open_fleet
from greenroom.agent.virtual.iphone.device import IPhone
from tests.support.adb import own_adb, stand_in_jar


@pytest.fixture(scope="session")
async def fleet() -> AsyncIterator[Fleet]:
    found = await open_fleet(Plan(androids=2, iphones=1, small=True))
    yield found
    await found.close()


@pytest.fixture(scope="session")
def adb_server(tmp_path_factory: pytest.TempPathFactory) -> AdbServer:
    return own_adb(tmp_path_factory.mktemp("adb"))


@pytest.fixture(scope="session")
async def host(adb_server: AdbServer) -> AsyncIterator[Host]:
    yield await adb_server.start()
    await adb_server.stop()


@pytest.fixture(scope="session")
def jar(tmp_path_factory: pytest.TempPathFactory) -> Jar:
    return stand_in_jar(tmp_path_factory.mktemp("jar"))


def members(fleet: Fleet, kind: str) -> list[Member]:
    return [one for one in fleet.members.values() if one.kind == kind]


async def attached(host: Host, address: str, state: str = "device") -> Device:
    """Dial the phone, and wait until the server's list shows it so: its answer to the call promises nothing."""
    await host.disconnect(address)
    await host.connect(address)
    async with asyncio.timeout(10), contextlib.aclosing(track(host)) as following:
        async for found in following:
            for one in found:
                if one.serial == address and one.state == state:
                    return one
    raise AssertionError("the list ended")


@pytest.fixture
async def member(fleet: Fleet) -> AsyncIterator[Member]:
    """The first Android, in good health before and after."""
    found = members(fleet, "android")[0]
    assert isinstance(found.device, Android)
    found.device.unlock()
    yield found
    await found.trouble.clear()
    found.device.handset.phone.rotation = 0
    found.device.handset.key(3)


@pytest.fixture
async def phone(host: Host, member: Member, jar: Jar) -> AsyncIterator[AdbPhone]:
    one = await attached(host, member.address("127.0.0.1"))
    found = await AdbPhone.open(host, one.attached, name="phone2", jar=jar)
    yield found
    await found.close()


@pytest.fixture
async def plain_phone(host: Host, phone: AdbPhone) -> AdbPhone:
    """The same without scrcpy."""
    return await AdbPhone.open(host, phone.attached, name="phone2")


@pytest.fixture
async def iphone(fleet: Fleet) -> AsyncIterator[WdaPhone]:
    member = members(fleet, "iphone")[0]
    assert isinstance(member.device, IPhone)
    address, video = f"http://127.0.0.1:{member.device.port}", f"http://127.0.0.1:{member.device.mjpeg_port}"
    found = WdaPhone(address, name="phone3", video=video)
    yield found
    await found.close()
    await member.trouble.clear()
    member.device.handset.phone.rotation = 0
    member.device.handset.key(3)
