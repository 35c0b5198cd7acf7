"""Virtual phones in this process, and Greenroom's own adb server in front of them."""

import contextlib
from collections.abc import AsyncIterator

import pytest

from greenroom.agent.drivers.adb.devices import Device, devices
from greenroom.agent.drivers.adb.host import Host
from greenroom.agent.drivers.adb.phone import AdbPhone
from greenroom.agent.drivers.adb.scrcpy.jar import Jar
from greenroom.agent.drivers.adb.server import AdbServer
from greenroom.agent.drivers.wda.phone import WdaPhone
from greenroom.agent.virtual.android.device import Android
from greenroom.agent.virtual.fleet import Fleet, Member, Plan, open_fleet
from greenroom.agent.virtual.iphone.device import IPhone
from tests.support.adb import own_adb, stand_in_jar
from tests.support.wait import until


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
    """Dial the phone until the server's list shows it so: its answer to the call promises nothing."""

    async def listed() -> Device | None:
        return next((one for one in await devices(host) if (one.serial, one.state) == (address, state)), None)

    for _ in range(5):
        await host.disconnect(address)
        await host.connect(address)
        with contextlib.suppress(AssertionError):
            found = await until(listed, within=6)
            assert found is not None
            return found
    raise AssertionError(f"adb does not list {address}: {await devices(host)}")


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
