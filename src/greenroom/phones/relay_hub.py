"""One stream of one phone: who watches it, what is kept of it, and whether its agent sends it."""

import asyncio
from typing import Protocol
from uuid import UUID

from greenroom.phones.lines import Line, Lines
from greenroom.phones.relay_chain import Chain
from greenroom.wire.messages import KeyFrame, Send, Stream

LINGER = 20.0
"""Seconds that a stream goes on after the last who watched it has left."""
KEY_EVERY = 2.0
"""Seconds between two wishes for a key frame."""


class Watcher(Protocol):
    def moved(self) -> None:
        """There is a new frame, or whether the picture is true has changed. Takes no time."""

    def fresh(self) -> None:
        """What was last sent is what the phone shows now. Takes no time."""


class Hub:
    """`kept` counts the bytes of all chains of the process."""

    def __init__(self, phone: UUID, stream: Stream, lines: Lines, kept: "Kept") -> None:
        self.phone, self.stream, self.chain = phone, stream, Chain()
        self._lines, self._kept = lines, kept
        self._watchers: set[Watcher] = set()
        self._sender: Line | None = None
        self._leaving: asyncio.TimerHandle | None = None
        self._asked, self._needed = -KEY_EVERY, False
        self._asking: asyncio.TimerHandle | None = None

    @property
    def is_wanted(self) -> bool:
        return bool(self._watchers) or self._leaving is not None

    @property
    def is_true(self) -> bool:
        """Whether what was last sent can still be what the phone shows."""
        return self._lines.is_there(self.phone)

    def join(self, watcher: Watcher) -> None:
        self._watchers.add(watcher)
        if self._leaving is not None:
            self._leaving.cancel()
            self._leaving = None
        self.place()

    def leave(self, watcher: Watcher) -> None:
        if watcher in self._watchers:
            self._watchers.discard(watcher)
            if not self._watchers:
                self._leaving = asyncio.get_running_loop().call_later(LINGER, self._left)

    def place(self) -> None:
        """The way to the phone may be another one: see that the stream is sent on it."""
        way = self._lines.of(self.phone)
        line = way[0] if way is not None else None
        if line is not self._sender:
            self._sender = None
            if way is not None and self.is_wanted:
                way[0].put(Send(way[1], self.stream, on=True))
                self._sender = line
                self._asked = asyncio.get_running_loop().time()  # a stream begins with a key frame
        self._tell()

    def take(self, frame: bytes) -> None:
        before = self.chain.size
        self.chain.add(frame)
        self._kept.add(self.chain.size - before)
        if self._kept.is_too_much:
            before = self.chain.size
            self.chain.shorten()
            self._kept.add(self.chain.size - before)
        if self.chain.whole and len(self.chain) == 1:
            self._needed = False
        elif self.chain.is_long and self._watchers:
            self.ask_key()
        self._tell()

    def forget(self) -> None:
        """What was sent so far is nobody's any more; who watches goes on with a new key frame."""
        self._kept.add(-self.chain.size)
        self.chain.clear()
        if self._watchers:
            self.ask_key()
        self._tell()

    def fresh(self) -> None:
        for watcher in self._watchers:
            watcher.fresh()

    def ask_key(self) -> None:
        """Somebody needs a key frame: asked for now, or as soon as it may be again, until one comes."""
        self._needed = True
        if self._asking is None:
            loop = asyncio.get_running_loop()
            self._asking = loop.call_at(max(loop.time(), self._asked + KEY_EVERY), self._ask)

    def close(self) -> None:
        for timer in (self._leaving, self._asking):
            if timer is not None:
                timer.cancel()
        self._leaving = self._asking = None
        self._kept.add(-self.chain.size)
        way = self._lines.of(self.phone)
        if way is not None and way[0] is self._sender:
            way[0].put(Send(way[1], self.stream, on=False))
        self._sender = None

    def _ask(self) -> None:
        self._asking = None
        way = self._lines.of(self.phone)
        if not self._needed or not self._watchers or way is None or way[0] is not self._sender:
            return
        self._asked = asyncio.get_running_loop().time()
        way[0].put(KeyFrame(way[1], self.stream))
        self.ask_key()

    def _left(self) -> None:
        self._leaving = None
        self._kept.drop(self)

    def _tell(self) -> None:
        for watcher in self._watchers:
            watcher.moved()


class Kept(Protocol):
    """What all hubs keep together."""

    @property
    def is_too_much(self) -> bool: ...

    def add(self, size: int) -> None: ...

    def drop(self, hub: Hub) -> None: ...
