"""The agents that are connected to this process, and the way to a phone through them."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from greenroom.phones.agent_knocks import Knocks
from greenroom.phones.relay_wire import Ended
from greenroom.wire import binary, control
from greenroom.wire.binary import Input, KeyPress, Scroll, Touch
from greenroom.wire.limits import MOST_PHONES
from greenroom.wire.messages import (
    Ability,
    Alive,
    Done,
    InputDone,
    InputRefused,
    Lease,
    LeaseSeen,
    Message,
    Progress,
    Refused,
    Seen,
)

Heard = bytes | Done | Progress | InputDone | InputRefused | LeaseSeen
News = Callable[[UUID, Heard], None]
"""Hears of a phone: its picture as it came, what was done and how far it has come, which input reached it and which did
not, from which epoch on its agent takes input. Takes no time."""
Sign = Callable[[UUID], None]
"""Hears of every phone on this process: its way is another one, or what its agent sees of it is. Takes no time."""

OLD = 1.0
"""Seconds that an input may wait to be sent: what a person meant then is not what the phone shows now."""
MOST_WAITING = 20_000
"""Messages that an agent may leave unread; one that leaves more is gone."""
_TOO_MANY = Refused(
    "malformed", "This agent names more phones than one agent keeps; restart it, or upgrade it", again=True
)
_THERE = ("live", "stale", "unknown")


class Line:
    """One agent's connection. Phones have the numbers that the agent gave them."""

    def __init__(self, agent: UUID | None = None) -> None:
        self.agent = agent
        self.phones: Mapping[int, UUID] = {}
        self.seen: dict[UUID, Seen] = {}
        self.passed: dict[UUID, int] = {}
        """The epoch of which the agent said last that it takes nothing older."""
        self._waiting: asyncio.Queue[tuple[float, str | bytes | Input]] = asyncio.Queue()
        self._heard: dict[str, Seen] | None = None
        self._told: dict[int, tuple[UUID, int, bool, datetime | None]] = {}
        self.over = asyncio.Event()

    def put(self, message: Message) -> None:
        self._put(control.write(message))

    def pass_on(self, one: Input) -> None:
        """`one.phone` is the agent's own number."""
        self._put(one)

    def hear(self, phones: Iterable[Seen], *, all: bool) -> None:
        """What the agent says of its phones, before it is written down: what is in front of which counts at once.

        Raises Ended where it names more than an agent keeps.
        """
        heard = {} if all or self._heard is None else self._heard
        heard.update((one.serial, one) for one in phones)
        if len(heard) > MOST_PHONES:
            raise Ended(_TOO_MANY)
        self._heard = heard

    def heard(self, phone: UUID) -> Seen | None:
        """What was heard of it last; None where the agent lists it no longer."""
        seen = self.seen[phone]
        return seen if self._heard is None else self._heard.get(seen.serial)

    def tell_lease(
        self, number: int, phone: UUID, *, epoch: int, held: bool, expires_at: datetime | None, seconds: float
    ) -> None:
        """The lease as it was read just now; what is older than what was told, or the same, is left out."""
        now, known = (phone, epoch, held, expires_at), self._told.get(number)
        if known is not None and known[0] == phone:
            if epoch < known[1] or now == known:
                return
            if epoch == known[1] and expires_at and known[3] and expires_at < known[3]:
                return
        self._told[number] = now
        self.put(Lease(number, epoch, held=held, seconds=min(seconds, 86_400.0)))

    def epoch(self, number: int) -> int:
        """The newest that was told; nothing older is worth passing on."""
        known = self._told.get(number)
        return known[1] if known is not None and self.phones.get(number) == known[0] else 0

    async def next(self) -> str | bytes | InputRefused:
        """What is to be sent next. An input that waited too long is not sent: its refusal is given instead."""
        since, data = await self._waiting.get()
        if not isinstance(data, Touch | KeyPress | Scroll):
            return data
        if time.monotonic() - since > OLD:
            return InputRefused(data.phone, data.sequence, "lost", data.epoch)
        return binary.write_input(data)

    def _put(self, data: str | bytes | Input) -> None:
        if self._waiting.qsize() >= MOST_WAITING:
            self.over.set()
            return
        self._waiting.put_nowait((time.monotonic(), data))


class Lines:
    """All lines of a process. Walls ask here for the way to a phone, and listen for what comes from it."""

    def __init__(self) -> None:
        self._ways: dict[UUID, tuple[Line, int]] = {}
        self._listeners: dict[UUID, set[News]] = defaultdict(set)
        self._moved: list[Sign] = []
        self._fresh: list[Sign] = []
        self.knocks = Knocks()

    def follow(self, *, moved: Sign, fresh: Sign | None = None) -> None:
        """Tell this one of ways that change and of pictures that are still true, as long as the process lives."""
        self._moved.append(moved)
        if fresh is not None:
            self._fresh.append(fresh)

    @contextmanager
    def kept(self, line: Line) -> Iterator[None]:
        try:
            yield
        finally:
            self.place(line, {}, ())

    def place(self, line: Line, phones: Mapping[int, UUID], seen: tuple[Seen, ...]) -> None:
        """The line's phones from now on by their numbers, and what was seen of some or all of them."""
        before, line.phones = line.phones, dict(phones)
        said = {line.phones[one.number]: one for one in seen if one.number in line.phones}
        changed = {phone for phone, one in said.items() if line.seen.get(phone) != one}
        line.seen = {phone: said.get(phone) or line.seen[phone] for phone in line.phones.values()}
        for phone in set(before.values()) - set(line.phones.values()):
            if self._ways.get(phone, (None, 0))[0] is line:
                del self._ways[phone]
                changed.add(phone)
        for number, phone in line.phones.items():
            if self._ways.get(phone) != (line, number):
                self._ways[phone] = (line, number)
                changed.add(phone)
        for phone in changed:
            for sign in self._moved:
                sign(phone)

    def of(self, phone: UUID) -> tuple[Line, int] | None:
        """The line to a phone and its number there; None while its agent is not connected here."""
        return self._ways.get(phone)

    def has(self, agent: UUID, phone: UUID) -> bool:
        """Whether this agent is connected here and has this phone."""
        way = self._ways.get(phone)
        return way is not None and way[0].agent == agent

    def is_there(self, phone: UUID) -> bool:
        """Whether its picture can be true: its agent is connected and hears of it."""
        way = self._ways.get(phone)
        return way is not None and way[0].seen[phone].alive in _THERE

    def epoch(self, phone: UUID) -> int:
        """The newest that its agent was told of; 0 where it was told nothing."""
        way = self._ways.get(phone)
        return way[0].epoch(way[1]) if way is not None else 0

    def front(self, phone: UUID) -> str:
        """The app in front, as the agent saw it last; empty where nobody knows."""
        heard = self._heard(phone)
        return heard.front if heard is not None else ""

    def lacks(self, phone: UUID, ability: Ability) -> bool:
        """Whether its agent reaches it and told that it can't do that; False where nobody knows."""
        heard = self._heard(phone)
        return heard is not None and heard.alive == "live" and ability not in heard.abilities

    def alive(self, phone: UUID) -> Alive:
        """How it is, as far as its agent told; offline where that is not connected here."""
        heard = self._heard(phone)
        return heard.alive if heard is not None else "offline"

    def _heard(self, phone: UUID) -> Seen | None:
        way = self._ways.get(phone)
        return way[0].heard(phone) if way is not None else None

    def listen(self, phone: UUID, news: News) -> None:
        self._listeners[phone].add(news)

    def stop(self, phone: UUID, news: News) -> None:
        self._listeners[phone].discard(news)
        if not self._listeners[phone]:
            del self._listeners[phone]

    def tell(self, phone: UUID, what: Heard) -> None:
        for news in tuple(self._listeners.get(phone, ())):
            news(phone, what)

    def tell_fresh(self, phone: UUID) -> None:
        for sign in self._fresh:
            sign(phone)
