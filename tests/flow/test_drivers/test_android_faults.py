"""What the Android driver says when a phone is away, unwilling, hidden, hung or full."""

from pathlib import Path

import pytest

from greenroom.agent.drivers.adb.devices import devices
from greenroom.agent.drivers.adb.host import Attached, Host
from greenroom.agent.drivers.adb.phone import AdbPhone
from greenroom.agent.errors import Busy, Offline, ProtectedScreen, Refused, Unauthorised
from greenroom.agent.phone_values import Glance
from greenroom.agent.virtual.android.device import Android
from greenroom.agent.virtual.contracts import Package
from greenroom.agent.virtual.fleet import Member, Plan, open_fleet
from greenroom.agent.virtual.packages import write_apk
from tests.flow.test_drivers.conftest import attached


async def test_a_phone_that_is_not_there(host: Host) -> None:
    with pytest.raises(Offline, match="phone9 is not connected: check its cable"):
        await AdbPhone.open(host, "NONE", name="phone9")
    with pytest.raises(Offline, match="phone9"):
        await AdbPhone.open(host, Attached("NONE", 4711), name="phone9")


async def test_a_phone_that_has_not_accepted_this_computer(host: Host) -> None:
    fleet = await open_fleet(Plan(androids=1, small=True, policy="ask"))
    try:
        member = next(iter(fleet.members.values()))
        one = await attached(host, member.address("127.0.0.1"), "unauthorised")
        with pytest.raises(Unauthorised, match="phone2 is unauthorised: accept the prompt on its screen"):
            await AdbPhone.open(host, one.attached, name="phone2")
        await host.disconnect(member.address("127.0.0.1"))
    finally:
        await fleet.close()


async def test_a_protected_screen_is_said_to_be_one_and_a_dark_one_is_not(phone: AdbPhone, member: Member) -> None:
    await member.trouble.set({"black": True})
    with pytest.raises(ProtectedScreen, match="phone2 shows a protected screen"):
        await phone.screenshot()
    member.device.handset.phone.screen_on = False
    try:
        assert (await phone.screenshot()).black()
        assert await phone.glance() == Glance("", awake=False)
    finally:
        member.device.handset.phone.screen_on = True


async def test_a_phone_that_goes_in_the_middle_and_comes_back_is_another_attachment(
    phone: AdbPhone, member: Member, host: Host
) -> None:
    before = phone.attached
    await member.trouble.set({"disconnect": True})
    with pytest.raises((Offline, Refused), match=r"^phone2 "):
        await phone.alive()
    await member.trouble.set({"disconnect": False})
    await phone.ready(within=20)
    assert await phone.alive() < 5
    assert phone.attached.serial == before.serial
    assert [one.state for one in await devices(host) if one.serial == before.serial] == ["device"]


async def test_a_restart_is_waited_for(phone: AdbPhone) -> None:
    await phone.reboot()
    await phone.ready(within=30)
    assert (await phone.info()).model == "Greenroom One"


async def test_no_room_left_is_said_with_what_to_do(phone: AdbPhone, member: Member, tmp_path: Path) -> None:
    await member.trouble.set({"full_storage": True})
    file = tmp_path / "a.apk"
    file.write_bytes(write_apk(Package("com.example.full", "Full"), padding=1_000_000))
    with pytest.raises(Refused, match="phone2 has no room left: delete something"):
        await phone.install([file])


async def test_two_programs_cannot_look_at_the_elements_at_once(phone: AdbPhone, member: Member) -> None:
    assert isinstance(member.device, Android)
    member.device.automated = True  # uiautomator2 runs on it
    try:
        with pytest.raises(Busy, match="phone2 is looked at by another test tool"):
            await phone.tree()
        assert phone.channels.tree.state == "down"
        assert phone.channels.video.state == "off"
    finally:
        member.device.automated = False
