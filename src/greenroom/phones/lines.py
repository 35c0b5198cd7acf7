"""The agents that are connected to this process, and the way to a phone through them."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol
from uuid import UUID

from greenroom.wire import binary, control
from greenroom.wire.binary import Input
from greenroom.wire.messages import Done, InputRefused, LeaseSeen, Message

Heard = bytes | Done | InputRefused | LeaseSeen
News = Callable[[UUID, Heard], None]
"""Hears of a phone: its picture as it came, what was done, which input did not reach it, from which epoch on its agent
takes input. Takes no time."""


class Wire(Protocol):
    async def send_text(self, data: str) -> None: ...

    async def send_bytes(self, data: bytes) -> None: ...


class Line:
    """One agent's connection. Phones have the numbers that the agent gave them."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._turn = asyncio.Lock()
        self.phones: dict[int, UUID] = {}

    async def say(self, message: Message) -> None:
        text = control.write(message)
        async with self._turn:
            await self._wire.send_text(text)

    async def press(self, one: Input) -> None:
        """`one.phone` is the agent's own number."""
        data = binary.write_input(one)
        async with self._turn:
            await self._wire.send_bytes(data)

    def number_of(self, phone: UUID) -> int | None:
        return next((number for number, one in self.phones.items() if one == phone), None)


class Lines:
    """All lines of a process. Walls ask here for the way to a phone, and listen for what comes from it."""

    def __init__(self) -> None:
        self._lines: set[Line] = set()
        self._listeners: dict[UUID, set[News]] = defaultdict(set)
        self.knocking = 0

    @contextmanager
    def at_the_door(self) -> Iterator[None]:
        """While a connection has not said yet who it is."""
        self.knocking += 1
        try:
            yield
        finally:
            self.knocking -= 1

    @contextmanager
    def kept(self, line: Line) -> Iterator[None]:
        self._lines.add(line)
        try:
            yield
        finally:
            self._lines.discard(line)

    def of(self, phone: UUID) -> tuple[Line, int] | None:
        """The line to a phone and its number there; None while its agent is not connected here."""
        for line in self._lines:
            number = line.number_of(phone)
            if number is not None:
                return line, number
        return None

    @contextmanager
    def listening(self, phone: UUID, news: News) -> Iterator[None]:
        self._listeners[phone].add(news)
        try:
            yield
        finally:
            self._listeners[phone].discard(news)
            if not self._listeners[phone]:
                del self._listeners[phone]

    def tell(self, phone: UUID, what: Heard) -> None:
        for news in tuple(self._listeners.get(phone, ())):
            news(phone, what)
