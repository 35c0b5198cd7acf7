"""The agent's shelf over a real adb server: phones come, go and come back, each with one watcher."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path

import adbutils
import pytest

from greenroom.agent.drivers.adb.server import AdbServer
from greenroom.agent.program.gate import Gate
from greenroom.agent.program.shelf import Shelf
from greenroom.agent.program.sources import AdbSource
from greenroom.agent.virtual.fleet import Fleet, Member, Plan, open_fleet
from tests.support.figures import Figures
from tests.support.wait import until_true


@pytest.fixture
async def androids() -> AsyncIterator[Fleet]:
    found = await open_fleet(Plan(androids=2, small=True))
    yield found
    await found.close()


@pytest.fixture
async def adb(tmp_path: Path) -> AsyncIterator[AdbServer]:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = int(one.getsockname()[1])
    server = AdbServer(Path(adbutils.adb_path()), port, tmp_path)
    yield server
    await server.stop()


async def test_phones_of_adb_come_go_and_come_back(androids: Fleet, adb: AdbServer, figures: Figures) -> None:
    host = await adb.start()
    first, second = androids.members.values()
    places = [one.address("127.0.0.1") for one in (first, second)]
    shelf = Shelf([AdbSource(adb.start)], Gate())

    def alive(place: str) -> str | None:
        return next((one.alive for one in shelf.seen if one.serial == place), None)

    async def plugged(member: Member, place: str) -> None:
        await member.trouble.clear()
        await host.disconnect(place)
        await host.connect(place)
        await until_true(lambda: alive(place) == "live")

    running = asyncio.create_task(shelf.run())
    try:
        for member, place in zip((first, second), places, strict=True):
            await plugged(member, place)
        numbers = {one.serial: one.number for one in shelf.seen}
        assert len(set(numbers.values())) == 2
        assert {(one.platform, one.width > 0, one.battery is not None) for one in shelf.seen} == {
            ("android", True, True)
        }
        began = time.monotonic()
        await first.trouble.set({"disconnect": True})
        await until_true(lambda: alive(places[0]) in (None, "offline"))
        figures("agent", f"a phone that is unplugged is noticed after {time.monotonic() - began:.2f} s")
        assert alive(places[1]) == "live"
        await plugged(first, places[0])
        assert {one.serial: one.number for one in shelf.seen} == numbers
    finally:
        running.cancel()
        await asyncio.wait([running])
    assert shelf.seen == ()
