"""Which wall is told what became of an input or an order. Walls and agents count for themselves; this translates."""

import asyncio
import itertools
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from greenroom.phones.lines import Heard, Line, Lines
from greenroom.wire.binary import Input
from greenroom.wire.messages import Do, Done, InputDone, InputRefused, Progress, Verb

MOST_INPUTS = 4_096
"""Inputs of one phone of which nothing was heard yet; the oldest are forgotten first."""
MOST_ORDERS = 128
"""Orders of one phone that are under way."""
WITHIN = 90.0
WITHIN_FILES = 3_900.0
"""Seconds after which an order is given up: later than the agent does, which says more."""
_GONE = "The phone's agent went away while this was under way; look at the phone to see whether it was done"
_LATE = "The phone did not answer in time; look at it to see whether it was done"

Answer = Done | Progress | InputDone | InputRefused
Tell = Callable[[Answer], None]


@dataclass(frozen=True, slots=True)
class _Order:
    """`do` as the wall said it."""

    phone: UUID
    line: Line
    do: Do
    owner: object
    tell: Tell
    timer: asyncio.TimerHandle


@dataclass(frozen=True, slots=True)
class _Sent:
    line: Line
    number: int
    sequence: int
    owner: object
    tell: Tell


class Answers:
    """All of a process. Phones are listened to from their first input or order on, until their agent goes."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._inputs: dict[UUID, OrderedDict[int, _Sent]] = {}
        self._counts: dict[UUID, int] = {}
        self._orders: dict[tuple[UUID, int], _Order] = {}
        self._last = 0
        lines.follow(moved=self._moved)

    def pass_on(self, phone: UUID, one: Input, owner: object, tell: Tell) -> bool:
        """Give the input to the phone's agent at once; False where it has none here. `owner`: see `forget`."""
        way = self._lines.of(phone)
        if way is None:
            return False
        sent = self._begin(phone)
        count = self._counts[phone] = (self._counts.get(phone, 0) + 1) % 2**32
        sent[count] = _Sent(way[0], one.phone, one.sequence, owner, tell)
        if len(sent) > MOST_INPUTS:
            sent.popitem(last=False)
        way[0].pass_on(replace(one, phone=way[1], sequence=count))
        return True

    def order(self, phone: UUID, do: Do, owner: object, tell: Tell, argument: str) -> bool:
        """Have it done, with an argument that may be another one for the agent; False where it has none here."""
        way = self._lines.of(phone)
        if way is None:
            return False
        self._begin(phone)
        if sum(one == phone for one, _ in self._orders) >= MOST_ORDERS:
            tell(Done(do.id, do.number, "busy", "Too much is under way on this phone; wait until it is done", ""))
            return True
        self._last = id = (self._last + 1) % 2**32
        timer = asyncio.get_running_loop().call_later(within(do.verb), self._give_up, (phone, id), _LATE)
        self._orders[phone, id] = _Order(phone, way[0], do, owner, tell, timer)
        way[0].put(replace(do, id=id, number=way[1], argument=argument))
        return True

    def forget(self, owner: object) -> None:
        """A wall is gone; it is told no more. What is under way goes on."""
        for sent in self._inputs.values():
            for count in [count for count, one in sent.items() if one.owner is owner]:
                del sent[count]
        for key in [key for key, one in self._orders.items() if one.owner is owner]:
            self._orders.pop(key).timer.cancel()

    def _begin(self, phone: UUID) -> "OrderedDict[int, _Sent]":
        if phone not in self._inputs:
            self._inputs[phone] = OrderedDict()
            self._lines.listen(phone, self._hear)
        return self._inputs[phone]

    def _moved(self, phone: UUID) -> None:
        way = self._lines.of(phone)
        for key in [key for key, one in self._orders.items() if one.phone == phone and (not way or way[0] != one.line)]:
            self._give_up(key, _GONE)
        if phone in self._inputs:
            self._lose(self._inputs[phone], None if way is None else way[0])
        if way is None and self._inputs.pop(phone, None) is not None:
            self._lines.stop(phone, self._hear)

    def _lose(self, sent: "OrderedDict[int, _Sent]", line: Line | None) -> None:
        """Nothing is heard any more of what went another way than this one; a gesture is answered once."""
        lost = [count for count, one in sent.items() if one.line is not line]
        last = {id(one.owner): one for one in map(sent.pop, lost)}
        for one in last.values():
            one.tell(InputRefused(one.number, one.sequence, "lost", 0))

    def _give_up(self, key: tuple[UUID, int], sentence: str) -> None:
        order = self._orders.pop(key, None)
        if order is not None:
            order.timer.cancel()
            order.tell(Done(order.do.id, order.do.number, "timed_out", sentence, ""))

    def _hear(self, phone: UUID, what: Heard) -> None:
        match what:
            case InputDone(_, sequence) | InputRefused(_, sequence):
                sent = self._inputs[phone]
                if (one := sent.pop(sequence, None)) is None:
                    return
                if isinstance(what, InputDone):  # it did what came before as well: a gesture is answered once
                    for before in list(itertools.takewhile(lambda count: _is_before(count, sequence), sent)):
                        del sent[before]
                one.tell(replace(what, number=one.number, sequence=one.sequence))
            case Progress(id):
                order = self._orders.get((phone, id))
                if order is not None:
                    order.tell(replace(what, id=order.do.id, number=order.do.number))
            case Done(id):
                order = self._orders.pop((phone, id), None)
                if order is not None:
                    order.timer.cancel()
                    order.tell(replace(what, id=order.do.id, number=order.do.number))


def within(verb: Verb) -> float:
    """Seconds that an order of this kind is waited for."""
    return WITHIN_FILES if verb in ("install", "push") else WITHIN


def _is_before(count: int, other: int) -> bool:
    return 0 < (other - count) % 2**32 < 2**31
