"""A phone that lives: its clock runs, acts go to it in order, and everybody who watches hears of a change."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from greenroom.agent.virtual.contracts import Action
from greenroom.agent.virtual.model.phone import Phone

STEP = 1 / 60  # seconds between two points of a gesture
PATIENCE = 0.05  # how often a hanging phone is looked at


class Handset:
    """One phone with its clock; made inside the event loop that serves it."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()
        self._timer: asyncio.TimerHandle | None = None
        self._due = 0.0  # when it rings; uvloop's handles do not say
        self._watchers: set[asyncio.Event] = set()
        self.touched: Callable[[Action, int, int], None] | None = None  # hears of each touch as it comes in
        phone.changed = self.stirred
        self.stirred()

    def now(self) -> float:
        """Seconds of the phone's own clock."""
        return self._loop.time() - self._began

    @contextmanager
    def watched(self) -> Iterator[asyncio.Event]:
        """An event that is set after each visible change; whoever waits clears it."""
        event = asyncio.Event()
        self._watchers.add(event)
        try:
            yield event
        finally:
            self._watchers.discard(event)

    def stirred(self) -> None:
        """Something was done to the phone or changed on it: tell, and let its clock go on soon."""
        for event in self._watchers:
            event.set()
        if self._timer is None or self._due > self._loop.time() + STEP:
            self._call_at(self._loop.time())

    def rest(self) -> None:
        """Stop the clock."""
        if self._timer:
            self._timer.cancel()
        self.phone.changed = None

    # -- what clients do ------------------------------------------------------------------------------------------

    async def ready(self) -> None:
        """Returns when the phone takes an act: at once, but not while it hangs."""
        while self.phone.faults.hang:  # noqa: ASYNC110 - the switch is a plain value that anybody may set
            await asyncio.sleep(PATIENCE)

    async def slowly(self) -> None:
        """A slow phone lets everybody wait."""
        if self.phone.faults.slow_s:
            await asyncio.sleep(self.phone.faults.slow_s)

    def touch(self, action: Action, x: int, y: int, pointer: int = 0) -> None:
        if self.touched is not None:
            self.touched(action, x, y)
        self.phone.touch(action, x, y, self.now(), pointer)
        self.stirred()

    def tap(self, x: int, y: int) -> None:
        self.touch("down", x, y)
        self.touch("up", x, y)

    async def press(self, x: int, y: int, seconds: float) -> None:
        """Hold a finger on a point."""
        self.touch("down", x, y)
        try:
            await asyncio.sleep(seconds)
        finally:
            self.touch("up", x, y)

    async def swipe(
        self, start: tuple[int, int], end: tuple[int, int], seconds: float, *, hold: float = 0.0, linger: float = 0.0
    ) -> None:
        """Draw a finger along a line in real time; `hold` before it moves, `linger` before it is lifted."""
        x, y = start
        self.touch("down", x, y)
        try:
            await asyncio.sleep(hold)
            begin = self._loop.time()
            while (part := (self._loop.time() - begin) / seconds if seconds > 0 else 1.0) < 1.0:
                x, y = _between(start, end, part)
                self.touch("move", x, y)
                await asyncio.sleep(STEP)
            x, y = end
            self.touch("move", x, y)
            await asyncio.sleep(linger)
        finally:
            self.touch("up", x, y)

    def key(self, code: int, *, long: bool = False) -> None:
        self.phone.key(code, long=long)
        self.stirred()

    def text(self, text: str) -> None:
        self.phone.text(text)
        self.stirred()

    async def idle(self, *, within: float) -> bool:
        """Wait until nothing moves; False when it still does after `within` seconds."""
        deadline = self._loop.time() + within
        while self.phone.moving():
            if self._loop.time() > deadline:
                return False
            await asyncio.sleep(STEP)
        return True

    # -- the clock ------------------------------------------------------------------------------------------------

    def _tick(self) -> None:
        self._timer = None
        wake = self.phone.advance(self.now())
        if wake is not None:
            self._call_at(max(self._began + wake, self._loop.time() + 0.001))

    def _call_at(self, when: float) -> None:
        if self._timer:
            self._timer.cancel()
        self._due, self._timer = when, self._loop.call_at(when, self._tick)


def _between(start: tuple[int, int], end: tuple[int, int], part: float) -> tuple[int, int]:
    return round(start[0] + (end[0] - start[0]) * part), round(start[1] + (end[1] - start[1]) * part)
