"""What a viewer is sent: always something that can be decoded, never too much, and the newest when it can take it."""

from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.phones.relay_chain import MOST_FRAMES, MOST_SIZE, RENEW_FRAMES, TAIL_FRAMES, TAIL_SIZE, Chain
from greenroom.phones.relay_lane import LATE, PATIENCE, WINDOW, Lane, Window
from greenroom.wire.binary import Flag


def frame(count: int, *, key: bool = False, jpeg: bool = False, size: int = 50, taken: float = 0.0) -> bytes:
    flags = Flag.KEY | Flag.JPEG if jpeg else Flag.KEY if key else Flag(0)
    head = bytes((1, flags)) + count.to_bytes(4, "big") + bytes(2) + round(taken * 1e6).to_bytes(8, "big")
    return head + bytes(max(0, size - 16))


def count_of(data: bytes) -> int:
    return int.from_bytes(data[2:6], "big")


@dataclass
class Viewer:
    """A stream and one who watches it; `got` has the frames' counts in the order in which they were sent."""

    chain: Chain = field(default_factory=Chain)
    lane: Lane = field(default_factory=Lane)
    window: Window = field(default_factory=Window)
    came: int = 0
    now: float = 0.0
    got: list[tuple[int, bool]] = field(default_factory=list)

    def comes(self, *, key: bool = False, jpeg: bool = False, size: int = 50) -> None:
        self.chain.add(frame(self.came, key=key, jpeg=jpeg, size=size, taken=self.now))
        self.came += 1

    def pull(self) -> str:
        """Send one frame if there is one to send; else why not."""
        step = self.lane.next(self.chain, self.window, self.now)
        if not isinstance(step, int):
            return step
        data = self.chain[step]
        heap = self.lane.sent()
        self.got.append((count_of(data), bool(data[1] & Flag.KEY)))
        self.window.send(self.now, heap=heap)
        return "sent"

    def pull_all(self) -> str:
        while (why := self.pull()) == "sent":
            pass
        return why

    def shows_all(self) -> None:
        self.window.shown(self.window.sequence, self.now)


def test_a_late_joiner_gets_all_since_the_key_frame_at_once() -> None:
    viewer = Viewer()
    assert viewer.pull() == "key"
    viewer.comes()
    assert viewer.pull() == "key"
    viewer.comes(key=True)
    for _ in range(RENEW_FRAMES):
        viewer.comes()
    assert viewer.pull_all() == "nothing"
    assert [count for count, _ in viewer.got] == list(range(1, RENEW_FRAMES + 2))


def test_who_shows_what_it_gets_gets_every_frame() -> None:
    viewer = Viewer()
    for count in range(1000):
        viewer.comes(key=count % 120 == 0, size=3_000)
        viewer.pull_all()
        if count % 6 == 5:
            viewer.shows_all()
    assert [count for count, _ in viewer.got] == list(range(1000))


def test_who_shows_nothing_is_sent_a_window_and_then_a_key_frame_now_and_then() -> None:
    viewer = Viewer()
    viewer.comes(key=True)
    viewer.pull_all()
    for _ in range(WINDOW + 5):
        viewer.comes()
    assert viewer.pull_all() == "full"
    assert len(viewer.got) == WINDOW
    viewer.now += PATIENCE + 0.1
    assert viewer.pull() == "key"
    viewer.comes(key=True)
    assert viewer.pull() == "sent"
    assert viewer.got[-1] == (WINDOW + 6, True)


def test_who_is_far_behind_waits_for_a_newer_key_frame_and_skips_to_it() -> None:
    viewer = Viewer()
    viewer.comes(key=True)
    viewer.pull_all()
    for _ in range(TAIL_FRAMES + 1):
        viewer.comes()
    assert viewer.pull() == "key"
    viewer.comes(key=True)
    viewer.comes()
    assert viewer.pull_all() == "nothing"
    assert viewer.got[-2:] == [(viewer.came - 2, True), (viewer.came - 1, False)]


def test_who_is_a_little_behind_catches_up_in_order() -> None:
    viewer = Viewer()
    viewer.comes(key=True)
    viewer.pull_all()
    for _ in range(TAIL_FRAMES):
        viewer.comes()
    assert viewer.pull_all() == "full"
    viewer.shows_all()
    assert viewer.pull_all() == "nothing"
    assert [count for count, _ in viewer.got] == list(range(TAIL_FRAMES + 1))


def test_who_shows_less_than_comes_is_never_sent_what_is_old() -> None:
    """24 frames a second, all shown every 1.7 seconds; a key frame comes 0.3 seconds after the wish for one."""
    viewer, ages, due = Viewer(), [], 0.0
    for count in range(600):
        viewer.now = count / 24
        viewer.comes(key=viewer.now >= due)
        due = due if viewer.now < due else 1e9
        while (why := viewer.pull()) == "sent":
            ages.append(viewer.now - viewer.got[-1][0] / 24)
        if why == "key":
            due = min(due, viewer.now + 0.3)
        if count % 40 == 39:
            viewer.shows_all()
    assert max(ages) <= LATE
    assert len(ages) > 150


def test_a_viewer_of_stills_gets_the_newest_and_no_more_than_it_shows() -> None:
    viewer = Viewer()
    for _ in range(5):
        viewer.comes(jpeg=True)
    assert viewer.pull_all() == "nothing"
    assert viewer.got == [(4, True)]
    for _ in range(3 * WINDOW):
        viewer.comes(jpeg=True)
        viewer.pull_all()
    assert len(viewer.got) == WINDOW
    viewer.shows_all()
    assert viewer.pull_all() == "nothing"
    assert viewer.got[-1] == (viewer.came - 1, True)


def test_shown_frames_leave_the_window_when_the_numbers_begin_anew() -> None:
    window = Window(sequence=2**32 - 3)
    for _ in range(WINDOW):
        window.send(0.0, heap=False)
    assert window.is_full(0.0)
    window.shown(2**32 - 1, 0.1)
    assert not window.is_full(0.0)
    window.shown(window.sequence, 0.1)
    assert not window.is_stuck(100.0)


def test_a_slow_line_is_not_buried_under_what_it_has_not_carried_yet() -> None:
    viewer = Viewer()
    viewer.comes(key=True)
    sent = list[float]()
    for _ in range(4 * 120):
        viewer.now += 0.25
        viewer.comes(key=True)
        before = len(viewer.got)
        viewer.pull_all()
        if len(viewer.got) > before:
            sent.append(viewer.now)
    waits = [later - sooner for sooner, later in pairwise(sent) if later - sooner > PATIENCE / 2]
    assert len(waits) <= 6
    assert all(later > 1.5 * sooner for sooner, later in pairwise(waits)), waits
    viewer.shows_all()
    viewer.window.send(viewer.now, heap=False)
    viewer.shows_all()
    viewer.window.send(viewer.now, heap=False)
    assert viewer.window.is_stuck(viewer.now + PATIENCE + 0.1), "who shows at once is trusted at once"


STEP = st.one_of(
    st.tuples(st.just("key"), st.integers(1, 90_000)),
    st.tuples(st.just("delta"), st.integers(1, 60_000)),
    st.tuples(st.just("delta"), st.integers(1, 900)),
    st.tuples(st.just("jpeg"), st.integers(1, 60_000)),
    st.tuples(st.just("pull"), st.integers(1, 40)),
    st.tuples(st.just("shown"), st.integers(0, 30)),
    st.tuples(st.just("time"), st.integers(1, 3)),
    st.tuples(st.just("shorten"), st.just(0)),
)


@given(st.lists(st.tuples(STEP, st.integers(1, 30)), max_size=60))
def test_whatever_happens_it_can_be_decoded_and_is_bounded(steps: list[tuple[tuple[str, int], int]]) -> None:
    viewer = Viewer()
    for (what, much), times in steps:
        match what:
            case "key" | "jpeg" | "delta":
                for _ in range(times if what == "delta" else 1):
                    viewer.comes(key=what == "key", jpeg=what == "jpeg", size=much)
            case "pull":
                for _ in range(much):
                    viewer.pull()
            case "shown":
                viewer.window.shown(max(0, viewer.window.sequence - much), viewer.now)
            case "time":
                viewer.now += much
            case "shorten":
                viewer.chain.shorten()
        assert len(viewer.chain) <= MOST_FRAMES
        assert viewer.chain.size <= max(MOST_SIZE, 90_000)
        assert viewer.chain.size == viewer.chain.size_from(viewer.chain.start)
        assert len(viewer.window._away) <= WINDOW
    for (before, _), (after, key) in zip(viewer.got, viewer.got[1:], strict=False):
        assert after > before
        assert key or after == before + 1, "a frame whose predecessor was not sent"
    if viewer.got:
        assert viewer.got[0][1], "the first is a key frame"
    # And whoever takes everything again is up to date with the next key frame.
    viewer.shows_all()
    viewer.pull_all()
    viewer.comes(key=True)
    viewer.shows_all()
    viewer.pull_all()
    assert viewer.got[-1] == (viewer.came - 1, True)


@pytest.mark.parametrize("size", [1, TAIL_SIZE + 1])
def test_a_chain_without_its_key_frame_keeps_a_tail(size: int) -> None:
    chain = Chain()
    chain.add(frame(0, key=True))
    for count in range(TAIL_FRAMES + 10):
        chain.add(frame(count + 1, size=size))
    chain.shorten()
    assert not chain.whole
    assert chain.end == TAIL_FRAMES + 11
    assert 1 <= len(chain) <= TAIL_FRAMES
    assert chain.is_long
    chain.add(frame(99, key=True))
    assert (chain.whole, len(chain), chain.is_long) == (True, 1, False)
