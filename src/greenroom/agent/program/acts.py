"""What its holder does to a phone: judged when it comes and when its turn is there, answered once in any case."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Protocol

from greenroom.agent.errors import plain
from greenroom.agent.phone import Phone
from greenroom.agent.program.gate import Closed
from greenroom.agent.program.hands import act
from greenroom.agent.program.lanes import FREIGHT as MOST_FREIGHT
from greenroom.agent.program.lanes import HANDS, Full, Lane
from greenroom.agent.program.orders import FREIGHT, carry_out
from greenroom.agent.program.strokes import Gesture, Strokes
from greenroom.agent.program.transfers import Transfers
from greenroom.kit.errors import Problem
from greenroom.wire.binary import Action, Input, KeyPress, Scroll, Touch
from greenroom.wire.messages import Do, Done, InputDone, InputRefused, Message, NotTaken, Progress, Verb

log = logging.getLogger(__name__)

OLD = 2.0  # seconds after which an input that waits is not done any more: the screen is another one by then
WAITS = 10.0
WAITS_FREIGHT: dict[Verb, float | None] = {"screenshot": 60.0, "reboot": 60.0, "install": None, "push": None}
"""Seconds that an order may wait for its turn, fewer than whoever gave it waits; files may wait for long."""
_NOT_TAKEN: dict[str, NotTaken] = {"lost": "lost", "offline": "offline", "timed_out": "timed_out"}
_WHY = {
    "stale": "Somebody else holds the phone by now",
    "nobody": "Nobody holds the phone: take it first",
    "expired": "Your hold on the phone has ended: take it again",
    "unknown": "The phone is not known here yet: wait a moment",
    "offline": "The phone is not there: look at its cable",
    "timed_out": "It was cut off in the middle: look at the phone's screen to see how far it came",
    "busy": "So much waits to be done on the phone that this was not taken: wait a moment",
    "lost": "It waited too long behind other things on the phone and was not done: do it again",
}
_CUT = object()

Say = Callable[[Message], None]


@dataclass(slots=True)
class _Owed:
    """What is said where the phone is taken away before it was begun, and in the middle of it."""

    gone: Message
    cut: Message
    begun: bool = False
    over: bool = False


class Judge(Protocol):
    """Why an epoch may not pass, or None; and the one that may."""

    def judge(self, number: int, epoch: int) -> Closed | None: ...

    def epoch(self, number: int) -> int: ...


class Acts:
    """`phone` is the phone as it is opened now, or None; `touched` is called after whatever was done to it."""

    def __init__(
        self, number: int, gate: Judge, phone: Callable[[], Phone | None], touched: Callable[[], None], who: str
    ) -> None:
        self._number, self._gate, self._phone, self._touched, self._who = number, gate, phone, touched, who
        self._hands, self._freight = Lane(HANDS, who), Lane(MOST_FREIGHT, who)
        self._strokes = Strokes()
        self._working: dict[asyncio.Task[Any], int] = {}
        self._owed: dict[int, Callable[[], None]] = {}
        self._asked = 0
        self._clock = asyncio.get_running_loop().time

    async def run(self) -> None:
        """Until cancelled."""
        try:
            async with asyncio.TaskGroup() as tasks:
                for lane in (self._hands, self._freight):
                    tasks.create_task(lane.run())
        finally:
            for answer in list(self._owed.values()):
                answer()

    def take(self, one: Input, say: Say, *, late: bool = False) -> None:
        """Do this in its turn. It is judged now, and again at the last moment before the phone is touched.

        `late`: it may have been on its way for so long that the screen is another one by now.
        """
        came = self._clock()
        self._strokes.follow(one.sequence)
        refused: NotTaken | None = self._gate.judge(self._number, one.epoch) or ("lost" if late else None)
        if refused is not None:
            self._strokes.lift(one.epoch)
            say(self._refused(one, refused))
            return
        meant = self._strokes.feed(one) if isinstance(one, Touch) else one
        if meant is None:
            if isinstance(one, Touch) and one.action is Action.UP:  # of a stroke of which something was lost
                say(self._refused(one, "lost"))
            return

        async def work() -> None:
            owed.begun = True
            closed = await self._pressed(one, meant, came)
            took = round((self._clock() - came) * 1e6)
            done = InputDone(self._number, one.sequence, min(took, 2**32 - 1))
            answer(self._refused(one, closed) if closed else done)

        owed = _Owed(self._refused(one, "offline"), self._refused(one, "timed_out"))
        answer = self._owing(say, owed)
        try:
            self._hands.put(work)
        except Full:
            answer(self._refused(one, "busy"))

    def leased(self) -> None:
        """The lease may be another one: what goes on under one that is over ends, with the finger lifted."""
        for task, epoch in self._working.items():
            if self._gate.judge(self._number, epoch) is not None:
                task.cancel()

    def do(self, order: Do, transfers: Transfers, say: Say) -> None:
        """Something done whole, in its turn; the answer says how it went."""
        before = self._hands.last if order.verb in FREIGHT else None

        async def work() -> None:
            if before is not None:
                await before.wait()
            if owed.over:
                return
            owed.begun = True
            kind, sentence, said = await self._ordered(order, transfers, say)
            answer(Done(order.id, self._number, kind[:40], plain(sentence, 500), said))

        gone = "" if order.verb == "reboot" else "offline"  # that it goes is what was asked for
        cut = gone and "timed_out"
        left, stopped = (Done(order.id, self._number, one, _WHY.get(one, ""), "") for one in (gone, cut))
        owed = _Owed(left, stopped)
        answer = self._owing(say, owed)
        try:
            (self._freight if order.verb in FREIGHT else self._hands).put(work)
        except Full:
            return answer(Done(order.id, self._number, "busy", _WHY["busy"], ""))

        def give_up() -> None:
            if not owed.begun:
                answer(Done(order.id, self._number, "lost", _WHY["lost"], ""))

        waits = WAITS_FREIGHT.get(order.verb, WAITS)
        if waits is not None:
            asyncio.get_running_loop().call_later(waits, give_up)

    def _owing(self, say: Say, owed: "_Owed") -> Say:
        """What is called with the answer; `owed` tells what is said where the phone is taken away before."""
        self._asked += 1
        key = self._asked

        def answer(message: Message) -> None:
            if self._owed.pop(key, None) is not None:
                owed.over = True
                say(message)
                self._touched()

        self._owed[key] = lambda: answer(owed.cut if owed.begun else owed.gone)
        return answer

    async def _pressed(self, one: Input, meant: Gesture | KeyPress | Scroll, came: float) -> NotTaken | None:
        closed, phone = self._gate.judge(self._number, one.epoch), self._phone()
        if closed is not None or phone is None:
            return closed or "offline"
        if self._clock() - came > OLD:
            return "lost"
        try:
            if await self._while_held(one.epoch, act(phone, meant)) is _CUT:
                return "timed_out"
        except Problem as error:
            return _NOT_TAKEN.get(getattr(error, "kind", ""), "failed")
        except Exception:
            log.exception("%s: an input failed", self._who)
            return "failed"
        return None

    async def _ordered(self, order: Do, transfers: Transfers, say: Say) -> tuple[str, str, str]:
        closed, phone = self._gate.judge(self._number, order.epoch), self._phone()
        if closed is not None or phone is None:
            return closed or "offline", _WHY[closed or "offline"], ""

        def percent(done: int) -> None:
            say(Progress(order.id, self._number, done))

        try:
            answer = await self._while_held(order.epoch, carry_out(phone, order, transfers, percent))
            if answer is not _CUT:
                return "", "", str(answer)
            return "timed_out", _WHY["timed_out"], ""
        except Problem as error:
            return getattr(error, "kind", error.slug), error.detail, ""
        except Exception as error:
            log.exception("%s: %s failed", self._who, order.verb)
            return "failed", f"The agent failed at it ({type(error).__name__}); its log says more", ""

    async def _while_held(self, epoch: int, work: Coroutine[Any, Any, object]) -> object:
        """What `work` gives; _CUT where the lease ended before it did."""
        task = asyncio.ensure_future(work)
        self._working[task] = epoch
        try:
            await asyncio.wait([task])
        finally:
            self._working.pop(task, None)
            task.cancel()
        return _CUT if task.cancelled() else task.result()

    def _refused(self, one: Input, kind: NotTaken) -> InputRefused:
        return InputRefused(self._number, one.sequence, kind, self._gate.epoch(self._number))
