"""Opens a phone, opens it again when it was away, and asks every two seconds whether it is there and what it shows."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from greenroom.agent.drivers.channel import Channels, State
from greenroom.agent.errors import PhoneError
from greenroom.agent.liveness import Alive, Link, Probe, Probes, Verdict, liveness
from greenroom.agent.phone import Phone
from greenroom.agent.phone_values import Glance, Info
from greenroom.agent.program.sources import NAME, Found
from greenroom.kit.errors import Problem

log = logging.getLogger(__name__)

PROBE = 2.0  # seconds between two questions
SOON = 0.3  # seconds after an input until what it changed is looked at
ABOUT = 30.0  # seconds between two questions about battery and storage
ANSWER = 8.0  # seconds for those
HUNG = 3  # questions in a row without an answer until the phone is opened anew
_ALIVE = {"offline": Alive.OFFLINE, "unauthorised": Alive.UNAUTHORISED, "timed_out": Alive.SILENT}
_NOTHING = Info("android", "", "", "", "", (0, 0), 0, "", None, None)


class Watcher:
    """`told` is called when what it knows may have changed. `phone` is None while there is none to be had."""

    def __init__(self, found: Found, open_phone: Callable[[Found], Awaitable[Phone]], told: Callable[[], None]) -> None:
        self._found, self._open, self._told = found, open_phone, told
        self._clock = asyncio.get_running_loop().time
        self._shell = Probe()
        self._error: Problem | None = None
        self._unanswered = 0
        self._about = 0.0
        self._look = asyncio.Event()
        self._looking: asyncio.TimerHandle | None = None
        self.phone: Phone | None = None
        self.info = replace(_NOTHING, platform=found.platform)
        self.glance = Glance()

    async def run(self) -> None:
        """Until cancelled. Nothing that the phone does ends it."""
        try:
            while True:
                self._look.clear()  # who wants a look while it is asked wants another one
                await self._ask()
                self._told()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(PROBE):
                        await self._look.wait()
        finally:
            if self._looking:
                self._looking.cancel()
            await self._close()

    def look_soon(self) -> None:
        """Something was done to it: what is in front may be another app."""
        if self._looking is None:
            self._looking = asyncio.get_running_loop().call_later(SOON, self._look_now)

    def verdict(self, picture: Probe, protected: bool, trouble: str = "") -> Verdict:
        """The worst that the probes prove; `picture`: whether a frame is due, `trouble`: why it is not sent."""
        error = self._error
        if self._found.link is Link.UNAUTHORISED or (isinstance(error, PhoneError) and error.kind == "unauthorised"):
            return Verdict(Alive.UNAUTHORISED, _clause(error.detail) if error else "it has not accepted this computer")
        if error is not None:
            kind = error.kind if isinstance(error, PhoneError) else ""
            return Verdict(_ALIVE.get(kind, Alive.SILENT), _clause(error.detail))
        dark = self.glance.awake is False
        found = liveness(Probes(Link.UP, self._shell, Probe() if dark else picture), self._clock())
        if found.alive is Alive.STALE and trouble:
            return Verdict(found.alive, trouble)
        if found.alive is not Alive.LIVE or self.phone is None:
            return found
        notes = [] if not protected or dark else [f"shows a black, protected screen ({self.glance.app})"]
        notes += ["its screen is off"] if dark else []
        notes += [trouble] if trouble else []
        return Verdict(Alive.LIVE, "; ".join([*notes, *_limps(self.phone.channels)]) or found.because)

    def answers(self) -> bool:
        """Whether it answered what it was last asked."""
        now = self._clock()
        return self._error is None and self._shell.answered is not None and self._shell.waits(now) < PROBE

    async def _ask(self) -> None:
        self._shell = self._shell.ask(self._clock())
        try:
            if self.phone is None:
                self.phone = await self._open(self._found)
            self.glance = await self.phone.glance()
            if self._about == 0.0:  # before it is shown it is known
                await self._ask_about(self.phone)
            self._shell, self._error, self._unanswered = self._shell.answer(self._clock()), None, 0
            if self._clock() >= self._about:
                await self._ask_about(self.phone)
        except Problem as error:
            await self._failed(error)
        except Exception as error:
            log.exception("%s: its watcher failed and goes on", self._found.serial)
            await self._failed(Problem(f"asking it failed ({type(error).__name__})"))

    async def _ask_about(self, phone: Phone) -> None:
        """What it is and how it is; a phone that answers and does not tell is there all the same."""
        self._about = self._clock() + ABOUT
        try:
            async with asyncio.timeout(ANSWER):
                self.info = await phone.info()
        except (PhoneError, TimeoutError) as error:
            self._about = self._clock() + 2 * PROBE
            log.info("%s did not tell what it is: %s", self._found.serial, error)

    async def _failed(self, error: Problem) -> None:
        """A phone that only does not answer is kept, and its picture with it, until it has not answered for long."""
        self._error, self._unanswered = error, self._unanswered + 1
        if not (isinstance(error, PhoneError) and error.kind == "timed_out") or self._unanswered >= HUNG:
            self._unanswered, self._about = 0, 0.0
            await self._close()

    def _look_now(self) -> None:
        self._looking = None
        self._look.set()

    async def _close(self) -> None:
        phone, self.phone = self.phone, None
        if phone is not None:
            with contextlib.suppress(Problem, OSError):
                await phone.close()


def _limps(channels: Channels) -> list[str]:
    """What of the three ways does not work as it should, each for itself."""
    named = {"picture": channels.video, "input": channels.input, "elements": channels.tree}
    bad = (State.LIMPING, State.DOWN)
    return [f"{name}: {_clause(health.reason)}" for name, health in named.items() if health.state in bad]


def _clause(sentence: str) -> str:
    """As it stands behind a colon: of whom it speaks is said there already."""
    return sentence.replace(NAME, "it")
