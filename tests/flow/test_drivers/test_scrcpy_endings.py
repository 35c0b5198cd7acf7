"""What is under way when a session or a call ends: the finger, a long text, the setting that keeps the screen on."""

import asyncio
import contextlib
import hashlib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from greenroom.agent.drivers.adb.host import Host
from greenroom.agent.drivers.adb.phone import AdbPhone
from greenroom.agent.drivers.adb.scrcpy import hands
from greenroom.agent.drivers.adb.scrcpy.jar import Jar
from greenroom.agent.drivers.adb.scrcpy.session import CARRIED
from greenroom.agent.errors import Lost, Offline
from greenroom.agent.phone_values import FOCUS, THUMBNAIL, Point, Stop
from greenroom.agent.virtual.android.device import Android
from greenroom.agent.virtual.fleet import Member
from greenroom.agent.virtual.touches import Touches
from tests.flow.test_drivers.test_scrcpy import first
from tests.support.wait import until_true

STAY_ON = ("global", "stay_on_while_plugged_in")


@pytest.fixture
def touches(member: Member) -> Touches:
    found = Touches()
    found.follow({"phone": member.device.handset}, on=True)
    return found


@pytest.fixture
def android(member: Member) -> Android:
    assert isinstance(member.device, Android)
    return member.device


async def pressed(touches: Touches) -> list[str]:
    """Downs and ups from now on, once the first is there."""
    found: list[str] = []

    def look() -> bool:
        found.extend(action for _, action, *_ in touches.take() if action != "move")
        return bool(found)

    await until_true(look)
    return found


async def test_a_session_that_is_closed_in_a_swipe_lifts_the_finger_and_says_so(
    phone: AdbPhone, touches: Touches
) -> None:
    frame = await first(phone.live(THUMBNAIL))
    swiping = asyncio.create_task(phone.swipe([Stop(100, 400, 0.0), Stop(110, 100, 8.0)], frame.size))
    assert await pressed(touches) == ["down"]
    await phone.close()
    assert await pressed(touches) == ["up"]
    with pytest.raises(Offline, match="phone2 was cut off in the middle"):
        await swiping
    assert touches.take() == []


async def test_a_finger_that_stays_is_lifted_too(phone: AdbPhone, touches: Touches) -> None:
    frame = await first(phone.live(THUMBNAIL))
    holding = asyncio.create_task(phone.long_tap(Point(100, 400, frame.size), held=2.0))
    assert await pressed(touches) == ["down"]
    await phone.close()
    assert await pressed(touches) == ["up"]
    with pytest.raises(Offline, match="cut off"):
        await holding


async def test_a_turn_below_a_finger_that_is_down_does_not_claim_that_nothing_was_pressed(
    phone: AdbPhone, touches: Touches
) -> None:
    frame = await first(phone.live(THUMBNAIL))
    swiping = asyncio.create_task(phone.swipe([Stop(100, 400, 0.0), Stop(110, 100, 3.0)], frame.size))
    assert await pressed(touches) == ["down"]
    await phone.rotate(1)
    with pytest.raises(Lost, match=r"so the gesture was broken off") as lost:
        await swiping
    assert "nothing was pressed" not in str(lost.value)


async def test_a_long_text_goes_no_further_once_it_is_given_up(
    phone: AdbPhone, android: Android, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed: list[str] = []
    monkeypatch.setattr(android.handset, "text", typed.append)
    monkeypatch.setattr(hands, "BREATH", 1.0)
    writing = asyncio.create_task(phone.text("a" * 1500))
    await until_true(lambda: bool(typed))
    writing.cancel()
    await asyncio.wait([writing])
    await phone.text("end")
    await until_true(lambda: typed[-1] == "end")
    assert Counter("".join(typed))["a"] <= 600


async def test_text_is_typed_whole_and_what_is_very_long_is_pasted(
    phone: AdbPhone, android: Android, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed: list[str] = []
    monkeypatch.setattr(android.handset, "text", typed.append)
    await phone.text("short")
    long = "".join(f"{number}," for number in range(200))
    await phone.text(long)
    await until_true(lambda: "".join(typed) == f"short{long}")
    await phone.text("b" * 9000)
    assert android.handset.phone.clipboard == "b" * 9000
    assert "b" not in "".join(typed)


async def test_the_screen_stays_on_until_the_last_session_has_ended_and_is_then_as_it_was(
    phone: AdbPhone, android: Android, monkeypatch: pytest.MonkeyPatch
) -> None:
    android.put_setting(*STAY_ON, "2")
    put, told = android.put_setting, []

    def note(table: str, name: str, value: str) -> None:
        told.append((name, value))
        put(table, name, value)

    monkeypatch.setattr(android, "put_setting", note)
    async with contextlib.aclosing(phone.live(THUMBNAIL)) as small, contextlib.aclosing(phone.live(FOCUS)) as large:
        await anext(small)
        await anext(large)
        await until_true(lambda: android.setting(*STAY_ON) == "7")
        phone.retune(replace(THUMBNAIL, fps=2))  # another session follows the first, which ends
        while (await anext(small)).number > 0:
            pass
        await asyncio.sleep(CARRIED + 0.3)
        assert android.setting(*STAY_ON) == "7"
    await phone.close()
    assert [value for name, value in told if name == STAY_ON[1]] == ["7", "2"]
    android.put_setting(*STAY_ON, "0")


async def test_a_setting_that_an_agent_left_behind_is_put_back_by_the_next(
    host: Host, phone: AdbPhone, android: Android, jar: Jar, member: Member
) -> None:
    await first(phone.live(THUMBNAIL))
    await until_true(lambda: android.setting(*STAY_ON) == "7")
    await member.trouble.set({"disconnect": True})
    await phone.close()
    assert android.setting(*STAY_ON) == "7"
    await member.trouble.set({"disconnect": False})
    await phone.ready(within=20)
    other = await AdbPhone.open(host, phone.attached, name="phone2", jar=jar)
    await first(other.live(THUMBNAIL))
    await other.close()
    assert android.setting(*STAY_ON) == "0"


async def test_two_sizes_at_once_put_the_servers_file_on_the_phone_once(
    host: Host, phone: AdbPhone, android: Android, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "server.jar"
    file.write_bytes(b"another stand-in " * 100_000)
    stored: list[str] = []
    monkeypatch.setattr(android, "stored", stored.append)
    jar = Jar(file, hashlib.sha256(file.read_bytes()).hexdigest())
    other = await AdbPhone.open(host, phone.attached, name="phone2", jar=jar)
    await asyncio.gather(first(other.live(THUMBNAIL)), first(other.live(FOCUS)))
    await other.close()
    assert stored == [jar.place]
