"""What an agent sends of its phones: several streams at once, stills, signs of life, nothing queued, nothing late."""

import asyncio
import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from greenroom.agent.drivers.decode import Decoder
from greenroom.agent.phone_values import VideoFrame
from greenroom.agent.program import load, streams
from greenroom.wire import binary
from greenroom.wire.binary import STREAMS, Flag, Video
from greenroom.wire.messages import Fresh, KeyFrame, Send
from tests.flow.agent_program.bench import Bench
from tests.support.figures import Figures
from tests.support.wait import until, until_true

THUMBNAIL, FOCUS = (216, 480), (576, 1280)


async def test_streams_of_one_phone_come_side_by_side_and_end_each_for_itself(bench: Bench) -> None:
    peer = bench.peer
    number = await bench.plug(bench.members("android")[0])
    for name in STREAMS:
        await peer.say(Send(number, name, on=True))
        await peer.shows(name)
        assert Flag.KEY in peer.stream(name)[0].flags
    small, large = peer.stream("thumbnail"), peer.stream("focus")
    assert {(one.width, one.height) for one in small} == {THUMBNAIL}
    assert {(one.width, one.height) for one in large} == {FOCUS}
    for still, size in ((peer.stream("thumbnail_stills")[0], THUMBNAIL), (peer.stream("focus_stills")[0], FOCUS)):
        assert Flag.JPEG in still.flags
        assert Image.open(io.BytesIO(still.data)).size == size == (still.width, still.height)
    assert len({one.sequence for one in peer.frames}) == len(peer.frames)

    for name in set(STREAMS) - {"thumbnail"}:
        await peer.say(Send(number, name, on=False))
    before = len(peer.frames)  # what is on its way still comes; streams that go on would come between
    await until_true(lambda: len(peer.frames) >= before + 4 and peer.frames[-4:] == peer.stream("thumbnail")[-4:])


async def test_stills_show_what_the_video_shows_and_no_more_often_than_five_times_a_second(bench: Bench) -> None:
    peer, member = bench.peer, bench.members("android")[0]
    number = await bench.plug(member)
    await peer.say(Send(number, "thumbnail", on=True))
    clock = asyncio.get_running_loop().time
    asked = clock()
    await peer.say(Send(number, "thumbnail_stills", on=True))
    await until_true(lambda: peer.stream("thumbnail") != [] and peer.stream("thumbnail_stills") != [])
    began, count = clock(), len(peer.stream("thumbnail_stills"))
    async with asyncio.timeout(30):
        while (passed := clock() - began) < 1.5 or len(peer.stream("thumbnail_stills")) < count + 2:
            member.device.handset.key(187 if int(passed * 8) % 2 else 3)  # recents and home: something moves
            await asyncio.sleep(0.05)
    assert len(peer.stream("thumbnail_stills")) <= 2 + 5 * (clock() - asked)
    await until_true(lambda: difference(peer.stream("thumbnail"), peer.stream("thumbnail_stills")[-1]) < 6)


def difference(video: list[Video], still: Video) -> float:
    """Of the brightness of a picture's points, on average, between what the video shows last and a still."""
    decoder, grey = Decoder(), None
    for one in video:
        size = (one.width, one.height)
        grey = decoder.grey(VideoFrame("avc1", size, Flag.KEY in one.flags, one.moment, one.sequence, one.data))
    assert grey is not None
    seen = np.asarray(Image.open(io.BytesIO(still.data)).convert("L"), float)
    shown = np.clip((grey.astype(float) - 16) * 255 / 219, 0, 255)
    return float(np.abs(seen - shown).mean())


async def test_who_asks_for_a_key_frame_gets_it_in_the_same_stream(bench: Bench) -> None:
    peer = bench.peer
    number = await bench.plug(bench.members("android")[0])
    await peer.say(Send(number, "thumbnail", on=True))
    await until_true(lambda: len(peer.stream("thumbnail")) >= 2)
    await asyncio.sleep(1.1)  # a phone is asked once a second at most

    def keys() -> list[Video]:
        return [one for one in peer.stream("thumbnail") if Flag.KEY in one.flags]

    before, sequences = len(keys()), len(peer.frames)
    began = asyncio.get_running_loop().time()
    await peer.say(KeyFrame(number, "thumbnail"))
    await until_true(lambda: len(keys()) > before)
    assert asyncio.get_running_loop().time() - began < 5
    assert [one.sequence for one in peer.frames] == list(range(1, len(peer.frames) + 1))
    assert len(peer.frames) > sequences


async def test_a_key_frame_too_large_to_be_sent_is_left_out_and_the_picture_comes_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    peer, member = bench.peer, bench.members("android")[0]
    number = await bench.plug(member)
    monkeypatch.setattr(binary, "LARGEST_VIDEO", 200)
    monkeypatch.setattr(streams, "QUIET", 0.3)
    await peer.say(Send(number, "thumbnail", on=True))
    await until_true(lambda: "can't be sent" in peer.phones[number].because)
    await asyncio.sleep(2.5)  # more than one is asked for
    assert peer.frames == []
    assert sum("is left out" in one.message for one in caplog.records) == 1
    assert not any("its picture ended" in one.message for one in caplog.records)
    monkeypatch.setattr(binary, "LARGEST_VIDEO", 1_000_000)
    await peer.shows("thumbnail", number)
    assert Flag.KEY in peer.frames[0].flags
    await until_true(lambda: "can't be sent" not in peer.phones[number].because)


async def test_an_iphones_one_picture_is_as_good_as_the_best_that_is_wanted(bench: Bench) -> None:
    peer, member = bench.peer, bench.members("iphone")[0]
    number = await bench.plug(member)
    await peer.say(Send(number, "thumbnail", on=True))
    await until_true(lambda: any(max(one.width, one.height) < 600 for one in peer.stream("thumbnail")))
    assert all(Flag.JPEG | Flag.KEY in one.flags for one in peer.frames)
    await peer.say(Send(number, "focus", on=True))
    await until_true(lambda: any(max(one.width, one.height) > 1000 for one in peer.stream("focus")))
    await peer.say(Send(number, "focus", on=False))
    before = len(peer.frames)  # what is on its way still comes
    await until_true(lambda: len(peer.frames) >= before + 4 and peer.frames[-4:] == peer.stream("thumbnail")[-4:])
    await until_true(lambda: max(peer.frames[-1].width, peer.frames[-1].height) < 600)


async def test_a_still_phone_is_fresh_and_one_whose_picture_hangs_is_not(bench: Bench) -> None:
    peer, (member, other) = bench.peer, bench.members("android")
    number, second = await bench.plug(member), await bench.plug(other)
    for one in (number, second):
        await peer.say(Send(one, "thumbnail", on=True))
        await peer.fresh(one)
    await member.trouble.set({"half_open": True})
    await until_true(lambda: peer.phones[number].alive == "silent")
    assert "has not answered" in peer.phones[number].because
    said = len(peer.heard)
    await peer.fresh(second)
    await peer.fresh(second)
    assert all(number not in one.numbers for one in peer.heard[said:] if isinstance(one, Fresh))
    await member.trouble.clear()
    await peer.fresh(number)
    assert peer.phones[number].alive == "live"


async def test_a_protected_screen_is_said_to_be_one(bench: Bench) -> None:
    peer, member = bench.peer, bench.members("android")[0]
    number = await bench.plug(member)
    await peer.say(Send(number, "thumbnail", on=True))
    await peer.shows("thumbnail")
    await member.trouble.set({"black": True})
    await asyncio.sleep(1.1)  # a phone is asked for a key frame once a second at most
    await peer.say(KeyFrame(number, "thumbnail"))
    await until_true(lambda: "protected screen (com.greenroom.launcher)" in peer.phones[number].because)
    assert peer.phones[number].alive == "live"
    await member.trouble.clear()
    await until_true(lambda: "protected" not in peer.phones[number].because)


async def test_pictures_that_nobody_takes_are_dropped_and_hold_up_nothing(bench: Bench, figures: Figures) -> None:
    """A server that does not read for a while: nothing piles up, and what comes then is the present."""
    peer, members = bench.peer, bench.members("android")
    number, other = [await bench.plug(one) for one in members]
    for one in (number, other):
        await peer.say(Send(one, "thumbnail", on=True))
    await peer.say(Send(number, "focus", on=True))
    await until_true(lambda: bool(peer.stream("focus") and peer.stream("thumbnail", other)))
    loop = asyncio.get_running_loop()

    async def move(done: Callable[[], bool]) -> None:
        """The screens change until it is done: a phone that stands still sends nothing."""
        while not done():
            for member in members:
                member.device.handset.key(187 if int(loop.time() * 2) % 2 else 3)
            await asyncio.sleep(0.05)

    peer.reading.clear()
    ends = loop.time() + 4
    await move(lambda: loop.time() > ends)
    peer.frames.clear()
    peer.came.clear()
    caught = loop.time()
    peer.reading.set()
    async with asyncio.timeout(30):
        await move(lambda: sum(came > caught + 0.5 for came in peer.came) >= 4)
    late = [came - one.moment / 1e6 for came, one in zip(peer.came, peer.frames, strict=True) if came > caught + 0.5]
    old = sum(one.moment / 1e6 < caught - 0.5 for one in peer.frames)
    figures("agent", f"after 4 s in which nobody read: {old} frames from before, then at most {max(late):.2f} s late")
    assert old < 110  # what the two ends of the socket hold, of some 180
    assert max(late) < 2


async def test_an_overloaded_computer_sends_small_pictures_less_often_and_takes_every_input(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    peer, member = bench.peer, bench.members("android")[0]
    number = await bench.plug(member)
    await peer.lease(number, 3)
    await peer.say(Send(number, "thumbnail", on=True))
    await peer.fresh(number)
    clock = asyncio.get_running_loop().time
    monkeypatch.setattr(load, "LATE", 1000.0)  # nothing counts as late yet, whatever else this computer does
    monkeypatch.setattr(load, "EARLY", 1000.0)
    monkeypatch.setattr(load, "CALM", 2)
    await until_true(lambda: bench.shelf.share == 1)

    async def rate() -> float:
        """Frames a second while something moves."""
        began, before = clock(), len(peer.frames)
        while (passed := clock() - began) < 2:
            member.device.handset.key(187 if int(passed * 4) % 2 else 3)
            await asyncio.sleep(0.05)
        return (len(peer.frames) - before) / passed

    full, before = await rate(), len(peer.frames)
    monkeypatch.setattr(load, "EARLY", -1000.0)
    monkeypatch.setattr(load, "LATE", -1000.0)  # each tick counts as late
    await until_true(lambda: bench.shelf.share == load.MOST)
    await until_true(lambda: any(Flag.KEY in one.flags for one in peer.frames[before:]))

    async def slower() -> bool:
        return await rate() < full / 2

    await until(slower)  # phones are told one after the other
    assert (await peer.do(number, 3, "launch", "com.greenroom.notes")).kind == ""
    monkeypatch.setattr(load, "LATE", 1000.0)
    monkeypatch.setattr(load, "EARLY", 1000.0)
    await until_true(lambda: bench.shelf.share == 1)
