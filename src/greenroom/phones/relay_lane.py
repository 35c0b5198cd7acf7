"""One viewer's way through one stream: what it is sent next, what it is spared, when it needs a key frame. Pure.

A viewer is sent each frame in its order, or begins anew with a key frame: never a frame whose predecessor it lacks.
"""

from collections import deque
from dataclasses import dataclass, field
from typing import Literal

from greenroom.phones.relay_chain import TAIL_FRAMES, TAIL_SIZE, Chain

WINDOW = 20
"""Frames of a phone that may be on their way to the glass; walls tell five times a second what got there."""
LATE = 0.5
"""Seconds that what was sent may wait to be shown until no more is sent, and that a frame may be older than the newest
to be worth sending: who can't keep up skips to a key frame instead of falling behind."""
PATIENCE, LONGEST = 2.0, 60.0
"""Seconds after which a viewer that shows nothing is sent a key frame again; twice as long each time it still shows
nothing, up to the longest: on a slow line what was sent before is still on its way, and more of it would bury it."""

NOWHERE = -1
Why = Literal["nothing", "full", "key"]
"""Nothing to send, enough on its way, or a key frame is needed."""


@dataclass(slots=True)
class Window:
    """What was sent of a phone and not shown yet, by the numbers that its frames have on the viewer's connection.

    Frames that go in one heap with their key frame do not count, so that a late joiner gets them all at once.
    """

    sequence: int = 0
    _away: deque[tuple[int, float]] = field(default_factory=deque)
    _patience: float = PATIENCE

    def send(self, now: float, *, heap: bool) -> int:
        """The number of the next frame."""
        self.sequence = (self.sequence + 1) % 2**32
        if not heap:
            self._away.append((self.sequence, now))
        return self.sequence

    def shown(self, sequence: int, now: float) -> None:
        """This frame and all before it."""
        while self._away and (sequence - self._away[0][0]) % 2**32 < 2**31:
            _, sent = self._away.popleft()
            if now - sent <= PATIENCE:
                self._patience = PATIENCE

    def is_full(self, now: float) -> bool:
        return len(self._away) >= WINDOW or (bool(self._away) and now - self._away[0][1] > LATE)

    def is_stuck(self, now: float) -> bool:
        return bool(self._away) and now - self._away[0][1] > self._patience

    def forget(self) -> None:
        self._away.clear()

    def give_up(self) -> None:
        """Forget what was sent, and be slower to do so again."""
        self.forget()
        self._patience = min(LONGEST, 2 * self._patience)


@dataclass(slots=True)
class Lane:
    """`place`: of the next frame; NOWHERE before the first. `heap`: where the frames end that go in one heap."""

    place: int = NOWHERE
    heap: int = 0

    def next(self, chain: Chain, window: Window, now: float) -> int | Why:
        """The place of the frame to send now, or why there is none."""
        if self.place == NOWHERE:
            return self._begin(chain) if chain.whole else "key"
        if self.place == chain.end:
            return "nothing"
        if self.place < self.heap:
            if self.place >= chain.start:
                return self.place
        elif window.is_full(now):
            if not window.is_stuck(now):
                return "full"
            return self._again(chain, window)
        if self.place < chain.start:
            return self._begin(chain) if chain.whole and self._is_short(chain, chain.start) else "key"
        near = self._is_short(chain, self.place) and chain.behind(self.place) <= LATE
        return self.place if near else "key"

    def sent(self) -> bool:
        """The frame went; whether it was one of a heap."""
        self.place += 1
        return self.place <= self.heap

    def _begin(self, chain: Chain) -> int:
        self.place = chain.start
        self.heap = chain.end if len(chain) > 1 else 0
        return self.place

    def _again(self, chain: Chain, window: Window) -> int | Why:
        """Nothing of what was sent is shown: whatever happened to it, a new key frame heals it."""
        if not chain.whole or self.place > chain.start or not self._is_short(chain, chain.start):
            return "key"
        window.give_up()
        return self._begin(chain)

    def _is_short(self, chain: Chain, place: int) -> bool:
        return chain.end - place <= TAIL_FRAMES and chain.size_from(place) <= TAIL_SIZE
