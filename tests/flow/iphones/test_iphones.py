"""Real iPhones' way up, from a cable to a picture, over a fake go-ios and a fake usbmuxd with virtual iPhones behind.

No real iPhone was there. The fakes print and answer what go-ios 1.2.0 prints and usbmuxd answers.
"""

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest

from greenroom.agent.errors import HostBroken, PhoneError
from greenroom.agent.iphones.child import Ledger
from greenroom.agent.iphones.goios import GoIos, go_ios_program
from greenroom.agent.iphones.source import IphoneSource
from greenroom.agent.program.gate import Gate
from greenroom.agent.program.shelf import Shelf
from greenroom.agent.program.sources import Found
from tests.flow.iphones.desk import FINE, Desk, following
from tests.support.figures import Figures
from tests.support.wait import until, until_true


def ready(now: dict[str, Found], udid: str) -> bool:
    return udid in now and now[udid].place.startswith("http://127.0.0.1:")


def listening_on(port: int) -> set[str]:
    """The addresses on which this computer takes connections to the port, as Linux writes them."""
    lines = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()]
    return {one[1].partition(":")[0] for one in lines if one[1].endswith(f":{port:04X}") and one[3] == "0A"}


async def said(source: IphoneSource, found: Found | None) -> str:
    """What is said of a phone that can't be opened yet."""
    if found is None:
        return ""
    try:
        phone = await source.open(found)
    except PhoneError as error:
        return error.detail
    await phone.close()
    return "ready"


async def test_an_iphone_comes_up_and_is_driven_through_the_agents_own_shelf(desk: Desk, figures: Figures) -> None:
    udid = desk.udids[0]
    source = desk.source()
    shelf = Shelf([source], Gate())
    running = asyncio.create_task(shelf.run())
    try:
        began = time.monotonic()
        await desk.plug(udid)
        await until_true(lambda: any(one.alive == "live" for one in shelf.seen), within=40)
        figures("iphones", f"from the cable to a live phone over the fakes: {time.monotonic() - began:.2f} s")
        (seen,) = shelf.seen
        assert (seen.serial, seen.platform, seen.width > 0) == (udid, "ios", True)
        began = time.monotonic()
        await desk.unplug(udid)
        await until_true(lambda: not shelf.seen)
        figures("iphones", f"unplugged to gone: {time.monotonic() - began:.2f} s")
        await until_true(lambda: desk.running(f"runwda-{udid}") is None)
    finally:
        running.cancel()
        await asyncio.wait([running])
        await source.close()
    assert desk.left() == []


TRUST, DEVELOPER, TUNNEL = "2 of 9, trusts this computer", "3 of 9, developer mode is on", "4 of 9, tunnel is up"
IMAGE, INSTALLED = "5 of 9, developer image is mounted", "6 of 9, WebDriverAgent is installed"
RUNS = "7 of 9, WebDriverAgent runs"


STEPS: tuple[tuple[dict[str, object], str, str], ...] = (
    ({"pairing": "pending"}, TRUST, "unlock the iPhone and tap Trust on its screen"),
    ({"pairing": "denied"}, TRUST, "somebody tapped Don't Trust; unplug the iPhone, plug it in again and tap Trust"),
    ({"pairing": "locked"}, TRUST, "unlock the iPhone with its code, then tap Trust"),
    ({"developer": False}, DEVELOPER, "switch on Settings > Privacy & Security > Developer Mode"),
    ({"version": "17.2"}, TUNNEL, "iOS 17.0 to 17.3 needs a tunnel that only root can open; update the iPhone"),
    ({"tunnel": "lockdown is busy"}, TUNNEL, "unlock the iPhone and look at its cable (go-ios: failed to start"),
    ({"image": "dial tcp: lookup gs.apple.com"}, IMAGE, "its developer image is fetched once and signed by Apple"),
    ({"bundle": None}, INSTALLED, "sign WebDriverAgent for this iPhone and install it"),
    ({"runner": "launchApp: failed to get PID"}, RUNS, "sign WebDriverAgent anew, or trust its developer"),
    ({"runner": "device was locked"}, RUNS, "unlock the iPhone, and set Settings > Display"),
    ({"runner": "failed enabling automation mode"}, RUNS, "unlock the iPhone and enter its code where it asks"),
)
"""What is wrong with the iPhone, at which step that is seen, and what is said about it."""


async def test_each_step_that_does_not_pass_says_what_to_do_until_it_does(desk: Desk) -> None:
    udid, source = desk.udids[0], desk.source()
    desk.change(udid, **STEPS[0][0])
    await desk.plug(udid)
    async with following(source) as now:
        for what, step, says in STEPS:
            desk.change(udid, **(FINE | what))
            await heard(source, now, udid, f"is at step {step}: {says}")
            assert not ready(now, udid)
            with pytest.raises(PhoneError) as refused:
                await source.open(now[udid])
            assert refused.value.kind == ("unauthorised" if step == TRUST else "offline")
            assert len(refused.value.detail) <= 200  # as much as is shown of it
        desk.change(udid, **FINE)
        await until_true(lambda: ready(now, udid), within=40)
    assert desk.left() == []


async def test_webdriveragent_that_does_not_answer_or_show_is_told_apart(desk: Desk) -> None:
    udid, source = desk.udids[0], desk.source()
    member = desk.fleet.members[udid]
    await member.trouble.set({"hang": True})
    await desk.plug(udid)
    async with following(source) as now:
        await heard(source, now, udid, "step 8 of 9, WebDriverAgent answers: look at the iPhone's screen")
        await member.trouble.clear()
        await until_true(lambda: ready(now, udid), within=40)


async def test_what_is_killed_is_started_again_and_never_twice(desk: Desk, figures: Figures) -> None:
    udid, source = desk.udids[0], desk.source()
    runner = f"runwda-{udid}"
    await desk.plug(udid)
    async with following(source) as now:
        for name in (runner, "tunnel", runner):
            await until_true(lambda: ready(now, udid), within=40)
            pid, began = desk.running(name), time.monotonic()
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
            await until_true(lambda name=name, pid=pid: desk.running(name) not in (None, pid))
            figures(
                "iphones", f"{name.partition('-')[0]} killed with -9: runs again after {time.monotonic() - began:.2f} s"
            )
        await until_true(lambda: ready(now, udid), within=40)
        for name in (runner, "tunnel"):
            alive = [pid for pid in desk.started(name) if pid in desk.left()]
            assert alive == [desk.running(name)]
    assert desk.left() == []


async def test_iphones_whose_processes_do_not_end_are_gone_at_once_and_come_back_only_after_them(desk: Desk) -> None:
    source = desk.source()
    for udid in desk.udids:
        desk.change(udid, stubborn=True, version="16.1")
        await desk.plug(udid)
    async with following(source) as now:
        await until_true(lambda: all(ready(now, udid) for udid in desk.udids), within=40)
        for udid in desk.udids:
            await desk.unplug(udid)
        await until_true(lambda: not now)
        first = desk.udids[0]
        (old,) = desk.started(f"runwda-{first}")
        assert old in desk.left()
        await desk.plug(first)
        await until_true(lambda: len(desk.started(f"runwda-{first}")) == 2, within=40)
        assert old not in desk.left()
    assert desk.left() == []


async def test_two_iphones_have_ports_of_their_own_which_only_this_computer_reaches(desk: Desk) -> None:
    source = desk.source()
    for udid in desk.udids:
        await desk.plug(udid)
    async with following(source) as now:
        await until_true(lambda: all(ready(now, udid) for udid in desk.udids), within=40)
        ports = {int(one.place.rpartition(":")[2]) for one in now.values()}
        assert len(ports) == 2
        assert {address for port in ports for address in listening_on(port)} == {"0100007F"}  # 127.0.0.1
        assert len(desk.started("tunnel")) == 1


async def test_an_older_iphone_needs_no_tunnel_and_no_developer_mode(desk: Desk) -> None:
    udid, source = desk.udids[0], desk.source()
    desk.change(udid, version="15.8.3", developer=False, tunnel="none")
    await desk.plug(udid)
    async with following(source) as now:
        await until_true(lambda: ready(now, udid), within=40)
        assert desk.started("tunnel") == []


async def test_what_a_killed_agent_left_is_ended_and_a_number_used_again_is_not(desk: Desk) -> None:
    ledger = Ledger(desk.goios().home / "running")
    left, other = [
        await asyncio.create_subprocess_exec("sleep", "60", start_new_session=True) for _ in range(2)
    ]  # fmt: skip
    ledger.write("runwda-x", left.pid)
    ledger.write("runwda-y", other.pid)
    file = ledger.folder / "runwda-y"
    file.write_text(file.read_text() + "1")  # born at another moment
    try:
        async with following(desk.source()):
            assert await asyncio.wait_for(left.wait(), 30) != 0
            assert other.returncode is None
            await until_true(lambda: not list(ledger.folder.glob("runwda-*")))
    finally:
        other.kill()
        await other.wait()


async def test_a_program_that_is_no_go_ios_or_too_old_is_refused_with_what_to_do(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await desk.goios().checked()).binary == desk.folder / "ios"
    monkeypatch.setenv("PATH", str(desk.folder))
    assert go_ios_program() == desk.folder / "ios"
    world = desk.folder / "world.json"
    world.write_text(world.read_text().replace("{", '{"go-ios": "1.0.182", ', 1))
    with pytest.raises(HostBroken, match=r"too old; install 1\.2\.0 or newer: npm install -g go-ios"):
        await desk.goios().checked()
    assert go_ios_program() is None
    for binary, word in (("/bin/echo", "does not look like go-ios"), ("/nowhere/ios", "cannot be started")):
        with pytest.raises(HostBroken, match=word):
            await GoIos(Path(binary), tmp_path / "home").checked()


async def heard(source: IphoneSource, now: dict[str, Found], udid: str, expected: str) -> None:
    """Waits until this is said of the phone."""

    async def look() -> bool:
        return expected in await said(source, now.get(udid))

    await until(look, within=40)
