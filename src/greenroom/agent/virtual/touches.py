"""Which touches reached which phone, and when: written down only while somebody asks for it."""

import time
from collections import deque
from functools import partial

from greenroom.agent.virtual.contracts import Action
from greenroom.agent.virtual.handset import Handset

MOST = 20_000  # touches kept; the oldest go first

Touch = tuple[str, Action, int, int, int]  # serial, action, x, y, microseconds of the machine's monotonic clock


class Touches:
    """Off until `follow`; `take` empties it."""

    def __init__(self) -> None:
        self._kept: deque[Touch] = deque(maxlen=MOST)

    def follow(self, handsets: dict[str, Handset], *, on: bool) -> None:
        """Write down what reaches these phones from now on, or no more."""
        self._kept.clear()
        for serial, handset in handsets.items():
            handset.touched = partial(self._note, serial) if on else None

    def take(self) -> list[Touch]:
        found = list(self._kept)
        self._kept.clear()
        return found

    def _note(self, serial: str, action: Action, x: int, y: int) -> None:
        self._kept.append((serial, action, x, y, time.monotonic_ns() // 1000))
