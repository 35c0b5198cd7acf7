"""Who owns the sessions of one picture when its rate changes, when a call is cut off, when a phone runs one only."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, field, replace

import pytest

from greenroom.agent.drivers.adb.host import Host
from greenroom.agent.drivers.adb.phone import AdbPhone
from greenroom.agent.drivers.adb.scrcpy import live
from greenroom.agent.drivers.adb.scrcpy.jar import Jar, deliver
from greenroom.agent.drivers.adb.scrcpy.live import Live
from greenroom.agent.drivers.adb.scrcpy.session import Session
from greenroom.agent.drivers.adb.shell import Shell
from greenroom.agent.drivers.adb.sync import Files
from greenroom.agent.drivers.channel import Watch
from greenroom.agent.errors import Refused
from greenroom.agent.phone_values import THUMBNAIL, Quality
from tests.support.wait import until_true

SLOWER = replace(THUMBNAIL, fps=3)


@dataclass
class Stage:
    """Begins sessions on the virtual phone and remembers them; `alone`: the phone has one encoder."""

    host: Host
    phone: AdbPhone
    jar: Jar
    alone: bool = False
    once: bool = False  # it has another encoder from the second time on that one is asked for
    tries: int = 0
    begun: list[tuple[Session, Quality]] = field(default_factory=list)
    second: asyncio.Event = field(default_factory=asyncio.Event)  # has begun

    async def start(self, quality: Quality) -> Session:
        self.tries += 1
        if self.alone and self.running:
            self.alone = not self.once
            raise Refused("phone2", "has no second encoder")
        shell = Shell(self.host, self.phone.attached, "phone2")
        place = await deliver(self.jar, shell, Files(self.host, self.phone.attached, "phone2", frozenset()))
        session = await Session.start(shell, place, self.jar.version, quality)
        self.begun.append((session, quality))
        if len(self.begun) == 2:
            self.second.set()
        return session

    @property
    def running(self) -> list[Session]:
        return [session for session, _ in self.begun if not session.over]

    def live(self, **options: float) -> Live:
        async def awake() -> bool:
            return True

        return Live(self.start, THUMBNAIL, Watch(asyncio.get_running_loop().time), awake=awake, **options)


@pytest.fixture
async def stage(host: Host, phone: AdbPhone, jar: Jar) -> AsyncIterator[Stage]:
    found = Stage(host, phone, jar)
    yield found
    for session in found.running:
        await session.close()


@pytest.mark.parametrize("turns", range(8))
async def test_a_picture_that_is_closed_while_its_rate_changes_leaves_no_session_open(stage: Stage, turns: int) -> None:
    picture = stage.live()
    async with asyncio.timeout(30):
        await picture.hold()
        picture.retune(SLOWER)
        await stage.second.wait()
        for _ in range(turns):
            await asyncio.sleep(0)
        await picture.close()
    assert stage.running == []


async def test_a_phone_that_runs_one_session_only_begins_anew_for_another_rate(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "PAUSE", 0.1)
    stage.alone = True
    picture = stage.live()
    async with asyncio.timeout(30), aclosing(picture.frames()) as frames:
        await anext(frames)
        picture.retune(SLOWER)
        while len(stage.begun) < 2:  # its readers stay
            await anext(frames)
        assert [quality for _, quality in stage.begun] == [THUMBNAIL, SLOWER]
        assert stage.tries == 1 + live.BESIDE + 1
    await picture.close()


async def test_a_rate_that_failed_once_is_tried_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "PAUSE", 0.1)
    stage.alone = stage.once = True
    picture = stage.live()
    async with asyncio.timeout(30):
        await picture.hold()
        picture.retune(SLOWER)
        await until_true(lambda: len(stage.begun) == 2)
        assert stage.begun[1][1] == SLOWER
        first = stage.begun[0][0]
        assert not first.over  # until what is pressed on it is done
        await until_true(lambda: first.over)
    await picture.close()


async def test_a_session_whose_asker_gave_up_ends_like_any_that_nobody_reads(stage: Stage) -> None:
    picture = stage.live(linger=0.2)
    asking = asyncio.create_task(picture.hold())
    await asyncio.sleep(0)
    asking.cancel()
    await asyncio.wait([asking])
    assert picture.running
    await until_true(lambda: not picture.running)
    await picture.close()
    assert stage.running == []
