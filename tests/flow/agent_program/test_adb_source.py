"""The agent's shelf over a real adb server: phones come, go and come back, each with one watcher."""

import asyncio
import time

from greenroom.agent.drivers.adb.server import AdbServer
from greenroom.agent.program.gate import Gate
from greenroom.agent.program.known import Known
from greenroom.agent.program.shelf import Shelf
from greenroom.agent.program.sources import AdbSource
from greenroom.agent.virtual.fleet import Fleet, Member
from tests.support.figures import Figures
from tests.support.running_agent import plug
from tests.support.wait import until_true


async def test_phones_of_adb_come_go_and_come_back(androids: Fleet, adb: AdbServer, figures: Figures) -> None:
    first, second = (one for one in androids.members.values() if one.kind == "android")
    shelf = Shelf([Known(AdbSource(adb.start))], Gate())

    def alive(member: Member) -> str | None:
        return next((one.alive for one in shelf.seen if one.serial == member.serial), None)

    async def plugged(member: Member) -> None:
        await plug(adb, member)
        await until_true(lambda: alive(member) == "live")

    running = asyncio.create_task(shelf.run())
    try:
        for member in (first, second):
            await plugged(member)
        numbers = {one.serial: one.number for one in shelf.seen}
        assert len(set(numbers.values())) == 2
        assert {(one.platform, one.width > 0, one.battery is not None) for one in shelf.seen} == {
            ("android", True, True)
        }
        began = time.monotonic()
        await first.trouble.set({"disconnect": True})
        await until_true(lambda: alive(first) in (None, "offline"))
        figures("agent", f"a phone that is unplugged is noticed after {time.monotonic() - began:.2f} s")
        assert alive(second) == "live"
        began = time.monotonic()
        await plugged(first)
        figures("agent", f"a phone that is plugged in again is live after {time.monotonic() - began:.2f} s")
        assert {one.serial: one.number for one in shelf.seen} == numbers
    finally:
        running.cancel()
        await asyncio.wait([running])
    assert shelf.seen == ()
