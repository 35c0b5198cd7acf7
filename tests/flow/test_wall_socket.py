"""Pictures on the wall's socket: at once to who comes late, in order to who keeps up, and to nobody else's harm."""

import asyncio
import time

import pytest

from greenroom.phones import relay_hub
from greenroom.phones.relay_chain import TAIL_FRAMES
from greenroom.phones.relay_lane import PATIENCE, WINDOW
from greenroom.wire.binary import Flag
from greenroom.wire.messages import Fresh, Refresh, Watch
from tests.support.figures import Figures
from tests.support.phones import seen
from tests.support.walls import Stage, dialled, opened


async def test_who_comes_late_sees_a_picture_at_once(stage: Stage, figures: Figures) -> None:
    async with stage.wall(watch="thumbnail") as wall:
        sent, late_by = [], []
        for at in range(60):
            began = time.monotonic()
            sent.append(await stage.agent.frame(key=not at, size=10_000))
            await wall.has(at + 1)
            late_by.append(1000 * (wall.frames[at][1] - began))
        assert wall.moments() == sent
        late_by.sort()
        figures("wall", f"a frame of 10 kB from agent to wall {late_by[30]:.2f} ms (median), {late_by[57]:.2f} ms p95")
        took = []
        for _ in range(5):
            async with opened(stage.address, stage.cookie) as late:
                began = time.monotonic()
                await late.want(stage.phone)
                await late.watch(stage.phone)
                await late.has(60)
                took.append(1000 * (late.frames[0][1] - began))
                assert late.moments() == sent
        took.sort()
        figures("wall", f"a late joiner's first frame {took[2]:.0f} ms after it asked for the phone, 60 frames kept")
        assert took[0] < 1000
    assert stage.agent.keys() == 0


async def test_a_key_frame_is_asked_for_where_none_is_kept_and_not_time_and_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay_hub, "KEY_EVERY", 0.2)
    began = time.monotonic()
    async with stage.wall(watch="thumbnail") as wall:
        for _ in range(20):
            await stage.agent.frame()
        await stage.agent.until(lambda: stage.agent.keys() >= 3)
        assert time.monotonic() - began >= 0.4
        assert wall.frames == []
        moment = await stage.agent.frame(key=True)
        await wall.has(1)
        asked = stage.agent.keys()
        await wall.say(Refresh(wall.numbers[stage.phone]))
        await wall.has(2)
        assert wall.moments() == [moment, moment]
        await stage.agent.until(lambda: stage.agent.keys() > asked)


async def test_a_viewer_that_does_not_read_harms_nobody(stage: Stage, figures: Figures) -> None:
    async with stage.wall(watch="thumbnail", shows=False) as slow, stage.wall() as fast:
        slow.listening.clear()
        began = time.monotonic()
        await fast.watch(stage.phone)
        sent = []
        for at in range(400):
            sent.append(await stage.agent.frame(key=at % 100 == 0, size=60_000))
            await fast.has(at + 1)
        assert fast.moments() == sent
        slow.listening.set()
        await slow.has(1)
        await asyncio.sleep(0.2)
        got = slow.moments()
        figures("wall", f"of 400 frames a viewer that shows nothing was sent {len(got)}, one that keeps up all")
        # No more than may be on their way, and a key frame now and then; on a slow computer the patience with it ends.
        again = sum(time.monotonic() - began > PATIENCE * (2**times - 1) for times in range(1, 6))
        assert len(got) <= WINDOW + 4 + again * (WINDOW + TAIL_FRAMES)
        slow.shows = True
        await slow.show()
        newest = await stage.agent.frame(key=True)
        await slow.until(lambda: slow.moments()[-1] == newest)


async def test_who_looks_closer_keeps_the_small_picture_until_the_sharp_one_is_there(stage: Stage) -> None:
    agent = stage.agent
    async with stage.wall(watch="thumbnail") as wall:
        first = await agent.frame(key=True)
        await wall.watch(stage.phone, "focus")
        await agent.until(lambda: agent.wanted("focus"))
        assert agent.wanted("thumbnail")
        second = await agent.frame()
        await agent.frame(stream="focus")
        third = await agent.frame()
        await wall.has(3)
        sharp = await agent.frame(stream="focus", key=True)
        await agent.frame()
        after = await agent.frame(stream="focus")
        await wall.has(5)
        assert wall.moments() == [first, second, third, sharp, after]
        assert [bool(one.flags & Flag.FOCUS) for one, _ in wall.frames] == [False, False, False, True, True]
        assert [one.sequence for one, _ in wall.frames] == [1, 2, 3, 4, 5]


async def test_a_stream_ends_a_while_after_the_last_who_watched_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay_hub, "LINGER", 0.3)
    agent = stage.agent
    async with stage.wall(watch="thumbnail") as wall:
        async with stage.wall(watch="thumbnail"):
            await agent.frame(key=True)
        await wall.say(Watch(wall.numbers[stage.phone], "off", stills=False))
        await wall.watch(stage.phone)
        await asyncio.sleep(0.5)
        assert agent.wanted()
    await agent.until(lambda: not agent.wanted())
    async with stage.wall(watch="thumbnail") as wall:
        # Nothing of before is kept.
        assert wall.frames == []
        moment = await agent.frame(key=True)
        await wall.has(1)
        assert wall.moments() == [moment]


async def test_stills_are_a_stream_of_their_own(stage: Stage) -> None:
    async with stage.wall() as wall:
        await wall.watch(stage.phone, "focus", stills=True)
        await stage.agent.until(lambda: stage.agent.wanted("focus_stills"))
        for count in (1, 2, 3):
            await stage.agent.frame(stream="focus_stills")
            await stage.agent.frame(key=True)
            await wall.has(count)
        assert all(one.flags & Flag.JPEG for one, _ in wall.frames)


async def test_a_phone_that_falls_silent_is_marked_and_its_agent_comes_back_by_itself(stage: Stage) -> None:
    agent = stage.agent
    async with stage.wall(watch="thumbnail") as wall:
        number = wall.numbers[stage.phone]
        await agent.frame(key=True)
        last = await agent.frame()
        await agent.say(Fresh((1,)))
        assert await wall.hears(Fresh) == Fresh((number,))
        await agent.say(Fresh((1, 77)))
        await wall.hears(Fresh, 2)

        await agent.phone(seen(1, alive="silent", because="it does not answer"))
        await wall.has(3)
        marked = wall.frames[-1][0]
        assert (marked.moment, marked.sequence, marked.flags) == (last, 2, Flag.STALE)
        await agent.phone(seen(1))
        alive = await agent.frame()
        await wall.has(4)
        assert (wall.frames[-1][0].moment, wall.frames[-1][0].flags) == (alive, Flag(0))

        await agent.socket.close()
        await wall.has(5)
        assert Flag.STALE in wall.frames[-1][0].flags
        # Who comes while it is away sees what was there last, marked.
        async with stage.wall() as late:
            await late.watch(stage.phone)
            await late.has(4)
            assert [Flag.STALE in one.flags for one, _ in late.frames] == [False, False, False, True]
        await stage.gone()
        async with dialled(stage.address, stage.shelf, seen(4)) as back:
            await back.until(lambda: back.wanted(number=4))
            moment = await back.frame(4, key=True)
            await wall.until(lambda: wall.moments()[-1] == moment)
            assert wall.frames[-1][0].flags == Flag.KEY
            assert wall.frames[-1][0].phone == number
