"""When a phone is asked what it shows: every two seconds, and soon after something was done to it in any case."""

import asyncio
from typing import cast

import pytest

from greenroom.agent.drivers.channel import Channels
from greenroom.agent.liveness import Link
from greenroom.agent.phone import Phone
from greenroom.agent.phone_values import Glance, Info
from greenroom.agent.program import watcher as watching
from greenroom.agent.program.sources import Found
from greenroom.agent.program.watcher import Watcher
from tests.support.figures import Figures
from tests.support.wait import until_true

SLOW = 0.5  # seconds of an answer: longer than SOON


class Slow:
    """A phone that tells what was in front when it was asked."""

    channels = Channels()

    def __init__(self) -> None:
        self.front, self.asked = "com.example.launcher", 0

    async def glance(self) -> Glance:
        self.asked, front = self.asked + 1, self.front
        await asyncio.sleep(SLOW)
        return Glance(front, True)

    async def info(self) -> Info:
        return Info("android", "", "", "", "", (0, 0), 0, "", None, None)

    async def close(self) -> None:
        return


async def test_who_acts_while_the_phone_is_asked_is_looked_at_once_more(
    figures: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, clock = Slow(), asyncio.get_running_loop().time

    async def opened(_: Found) -> Phone:
        return cast(Phone, slow)

    watcher = Watcher(Found("X", "android", Link.UP, "1"), opened, lambda: None)
    running = asyncio.create_task(watcher.run())
    try:
        await until_true(lambda: watcher.glance.app != "")
        before = slow.asked
        await until_true(lambda: slow.asked > before)
        slow.front, began = "com.example.social", clock()
        monkeypatch.setattr(watching, "PROBE", 60.0)  # whose turn is far off from now on
        watcher.look_soon()  # it is over before the phone has answered
        await until_true(lambda: watcher.glance.app == "com.example.social")
        figures("agent", f"what was done while a phone was asked is seen {clock() - began:.2f} s later")
    finally:
        running.cancel()
        await asyncio.wait([running])
