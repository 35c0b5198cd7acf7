"""What a wall's person does to phones: judged here first, and at the last moment once more by the agent."""

import math
import time
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from greenroom.phones.attended_apps import is_attended
from greenroom.phones.lines import Lines
from greenroom.phones.relay_answers import Answer, Answers
from greenroom.phones.wall_fingers import Fingers
from greenroom.phones.wall_reach import Reach, Standing
from greenroom.wire.binary import Action, Input, Key, KeyPress, Touch
from greenroom.wire.limits import MOST_PHONES
from greenroom.wire.messages import Do, Done, InputRefused, NotTaken, Progress

LOOKED = 0.5
"""Seconds after a tap, Enter or a launch until its agent has told which app that led to: it looks 0.3 s after an act.
Until then a text, which nobody can take back, goes to one phone only; taps go on, for rapid work on many phones."""
TOGETHER = 0.3
"""Seconds within which acts on several phones count as one act on all of them, whatever a wall says."""

_WORDS: dict[NotTaken, str] = {
    "unknown": "This phone is not on this wall; load the page again",
    "nobody": "Nobody holds this phone; take it first",
    "stale": "You do not hold this phone; take it, or ask who holds it",
    "offline": "This phone is offline; see that it is plugged in and that its agent runs",
    "attended": "A person acts in this app on one phone at a time; choose one phone",
}
_UNKNOWN_FRONT = "It is not known yet which app is in front on this phone; wait a moment, or choose one phone"


class Acts:
    """One wall's. `reach` is what its person reaches now; `tell` says something to the wall."""

    def __init__(self, lines: Lines, answers: Answers, fingers: Fingers, tell: Callable[[Answer], None]) -> None:
        self._lines, self._answers, self._fingers, self._tell = lines, answers, fingers, tell
        self._led: dict[UUID, float] = {}
        self._lately: dict[UUID, float] = {}
        self.reach = Reach({}, frozenset())
        self.touched: set[UUID] = set()
        """Phones that took something since somebody asked last."""

    def is_new(self, phone: UUID | None, epoch: int) -> bool:
        """Whether the epoch is newer than what was read of this phone: then it is worth reading anew."""
        standing = self._standing(phone)
        return standing is not None and epoch > standing.epoch

    def press(self, phone: UUID | None, one: Input) -> None:
        """Give the input to its phone, or say why not."""
        standing = self._standing(phone)
        refused = self._closed(standing, one.epoch)
        if standing is not None and refused is None:
            many = self._many(standing.phone, one.many)
            if many > 1 and not self._takes_with_others(standing.phone, one):
                refused = "attended"
                if isinstance(one, Touch) and one.action is not Action.DOWN:
                    self._lift(standing.phone)  # of a stroke that lacks a part nothing may come
            elif isinstance(one, Touch) and not self._fingers.take(standing.phone, one, self):
                refused = "finger"
            elif self._answers.pass_on(standing.phone, replace(one, many=many), self, self._tell):
                self.touched.add(standing.phone)
                if (isinstance(one, Touch) and one.action is Action.UP) or (
                    isinstance(one, KeyPress) and one.key is Key.ENTER
                ):
                    self._led[standing.phone] = time.monotonic()
                return
            else:
                refused = "offline"
        epoch = standing.epoch if standing is not None else 0
        self._tell(InputRefused(one.phone, one.sequence, refused or "unknown", epoch))

    def judged(self, phone: UUID | None, order: Do) -> Do | None:
        """The order as it may be passed on; None where it was refused, and the wall told why."""
        standing = self._standing(phone)
        if standing is not None and not standing.operates:
            self.refuse(order, "forbidden", "Ask an administrator for the right to operate phones")
            return None
        refused, many = self._closed(standing, order.epoch), order.many
        if standing is not None and refused is None:
            many = self._many(standing.phone, order.many)
            launched = order.argument if order.verb == "launch" else ""
            if many > 1 and order.verb != "screenshot" and self._is_attended(standing.phone, launched):
                refused = "attended"
        if refused is not None:
            self.refuse(order, refused, _WORDS[refused])
            return None
        if standing is not None:
            if many > 1 and order.verb == "text" and not self._is_settled(standing.phone):
                self.refuse(order, "attended", _UNKNOWN_FRONT)
                return None
            if order.verb == "launch":
                self._led[standing.phone] = time.monotonic()
        return replace(order, many=many)

    def order(
        self, phone: UUID, order: Do, argument: str | None = None, tell: Callable[[Answer], None] | None = None
    ) -> None:
        """Have it done; it was judged before. `argument` is the agent's where that is another one."""
        self.touched.add(phone)
        argument, told = order.argument if argument is None else argument, tell or self._tell

        def hear(answer: Answer) -> None:
            if isinstance(answer, Progress):
                self.touched.add(phone)  # who waits for a long transfer is not idle
            told(answer)

        if not self._answers.order(phone, order, self, hear, argument):
            self.refuse(order, "offline", _WORDS["offline"])

    def close(self) -> None:
        """The wall is gone, and its fingers with it."""
        self._lift()
        self._answers.forget(self)

    def refuse(self, order: Do, kind: str, sentence: str) -> None:
        self._tell(Done(order.id, order.number, kind, sentence[:500], ""))

    def _lift(self, phone: UUID | None = None) -> None:
        for one, touch in self._fingers.lifted(self, phone):
            if self._closed(self._standing(one), touch.epoch) is None:
                self._answers.pass_on(one, touch, self, lambda _: None)

    def _closed(self, standing: Standing | None, epoch: int) -> NotTaken | None:
        if standing is None:
            return "unknown"
        if epoch == standing.epoch and standing.mine and standing.operates:
            # What another wall or the agent's socket read meanwhile counts here too.
            return "stale" if self._lines.epoch(standing.phone) > epoch else None
        return "stale" if standing.held else "nobody"

    def _takes_with_others(self, phone: UUID, one: Input) -> bool:
        """Whether the app in front, as far as it is known, is one for several phones at a time."""
        waking = isinstance(one, KeyPress) and one.key is Key.POWER
        return not self._is_attended(phone) and (waking or not self._is_unknown(phone))

    def _is_attended(self, phone: UUID, launched: str = "") -> bool:
        extra = self.reach.attended
        return is_attended(self._lines.front(phone), extra) or is_attended(launched, extra)

    def _is_settled(self, phone: UUID) -> bool:
        """Whether the app in front is known, whatever was done just now."""
        looked = time.monotonic() - self._led.get(phone, -math.inf) > LOOKED
        return looked and not self._is_unknown(phone)

    def _is_unknown(self, phone: UUID) -> bool:
        """Whether the phone could act though nobody knows in which app: it may be one that a person tends."""
        return not self._lines.front(phone) and self._lines.alive(phone) == "live"

    def _many(self, phone: UUID, said: int) -> int:
        """At least as many as this wall touched just now."""
        now = time.monotonic()
        self._lately.pop(phone, None)
        self._lately[phone] = now
        while now - next(iter(self._lately.values())) > TOGETHER:
            del self._lately[next(iter(self._lately))]
        return min(MOST_PHONES, max(said, len(self._lately)))

    def _standing(self, phone: UUID | None) -> Standing | None:
        return self.reach.standings.get(phone) if phone is not None else None
