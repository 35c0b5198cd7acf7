"""Frames for many readers: the slow drop to the newest key frame, the late begin with one, nobody waits for anybody."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.agent.drivers.relay import KEPT_FRAMES, PATIENCE, Reader, Relay
from greenroom.agent.errors import Offline
from greenroom.agent.phone_values import VideoFrame


class Stage:
    def __init__(self, backlog: int = 8) -> None:
        self.time, self.asked, self.number = 100.0, 0, 0
        self.relay = Relay(self._ask, lambda: self.time, backlog=backlog)

    def _ask(self) -> None:
        self.asked += 1

    def put(self, *, key: bool = False, size: int = 10) -> int:
        frame = VideoFrame("avc1.42c015", (216, 480), key, self.number, self.number, bytes(size))
        self.relay.put(frame)
        self.number += 1
        return frame.number


def taken(reader: Reader, most: int = 1000) -> list[VideoFrame]:
    """What a reader has without waiting."""
    return [reader._queue.popleft() for _ in range(min(most, len(reader._queue)))]


def test_a_late_reader_begins_with_the_last_key_frame_and_what_followed() -> None:
    stage = Stage()
    for key in (True, False, True, False, False):
        stage.put(key=key)
    assert [frame.number for frame in taken(stage.relay.join())] == [2, 3, 4]
    assert stage.asked == 0


def test_where_nothing_is_kept_a_key_frame_is_asked_for_once_a_second() -> None:
    stage = Stage()
    readers = [stage.relay.join() for _ in range(5)]
    assert stage.asked == 1
    stage.time += PATIENCE
    stage.relay.join()
    assert stage.asked == 2
    stage.put()
    stage.put(key=True)
    assert [frame.number for frame in taken(readers[0])] == [1]  # never a frame that cannot be shown


def test_a_slow_reader_loses_frames_up_to_a_key_frame_and_the_quick_one_none() -> None:
    stage = Stage(backlog=8)
    stage.put(key=True)
    slow, quick = stage.relay.join(), stage.relay.join()
    seen = []
    for _ in range(40):
        stage.put()
        seen += taken(quick)
    assert [frame.number for frame in seen] == list(range(41))
    assert stage.asked == 1
    last = stage.put(key=True)
    stage.put()
    assert [frame.number for frame in taken(slow)] == [last, last + 1]
    assert slow.dropped == 41  # the first, and the forty that it never took


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=200))
def test_whatever_comes_a_reader_never_sees_a_frame_without_those_it_builds_on(acts: list[tuple[bool, int]]) -> None:
    stage = Stage(backlog=8)
    reader = stage.relay.join()
    seen: list[VideoFrame] = []
    for key, reads in acts:
        stage.put(key=key)
        seen += taken(reader, reads)
        assert len(reader._queue) <= 8
    last = None
    for frame in seen:
        assert frame.key or (last is not None and frame.number == last + 1)
        last = frame.number


def test_what_is_kept_is_bounded() -> None:
    stage = Stage()
    stage.put(key=True)
    for _ in range(KEPT_FRAMES + 5):
        stage.put()
    assert stage.relay.kept == []
    stage.put(key=True, size=9 << 20)
    assert stage.relay.kept == []


async def test_readers_take_what_they_have_and_then_get_the_error() -> None:
    stage = Stage()
    stage.put(key=True)
    reader = stage.relay.join()
    stage.relay.end(Offline("phone2", "is gone"))
    assert (await anext(reader)).number == 0
    with pytest.raises(Offline, match="phone2 is gone"):
        await anext(reader)


async def test_a_reader_wakes_when_a_frame_comes_and_leaves_when_closed() -> None:
    stage = Stage()
    with stage.relay.join() as reader:
        waiting = asyncio.ensure_future(anext(reader))
        await asyncio.sleep(0)
        stage.put(key=True)
        assert (await waiting).key
        assert stage.relay.readers == 1
    assert stage.relay.readers == 0
