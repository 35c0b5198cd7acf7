"""What a wall is still to be told: messages first, then one frame of each phone in turn. One writer empties it."""

import asyncio
import time
from collections import deque
from typing import Protocol

from greenroom.phones.wall_tile import Tile
from greenroom.wire import control
from greenroom.wire.messages import Fresh, Message

MOST_WAITING = 5_000
"""Messages that a wall may leave unread; one that leaves more is gone."""


ALIVE_EVERY = 0.5
"""Seconds that a sign of life waits for company while there are frames to send."""


class Wire(Protocol):
    async def send_text(self, data: str) -> None: ...

    async def send_bytes(self, data: bytes) -> None: ...


class Outbox:
    """Frames are not kept here: a phone that is ready is asked for its next frame when the wire can take it."""

    def __init__(self) -> None:
        self._messages: deque[str] = deque()
        self._alive: set[int] = set()
        self._told = 0.0
        self._ready: dict[Tile, None] = {}
        self._wake = asyncio.Event()
        self.over = asyncio.Event()

    def put(self, message: Message) -> None:
        if len(self._messages) >= MOST_WAITING:
            self.over.set()
            return
        self._messages.append(control.write(message))
        self._wake.set()

    def ready(self, tile: Tile) -> None:
        self._ready[tile] = None
        self._wake.set()

    def forget(self, tile: Tile) -> None:
        self._ready.pop(tile, None)
        self._alive.discard(tile.number)

    async def empty(self, wire: Wire) -> None:
        """Send what there is, for ever."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while (data := self._next()) is not None:
                if isinstance(data, bytes):
                    await wire.send_bytes(data)
                else:
                    await wire.send_text(data)

    def _next(self) -> str | bytes | None:
        if self._messages:
            return self._messages.popleft()
        now = time.monotonic()
        if self._alive and now - self._told >= ALIVE_EVERY:
            return self._fresh(now)
        while self._ready:
            tile = next(iter(self._ready))
            del self._ready[tile]
            frame = tile.next(now)
            if frame is not None:
                self._alive.discard(tile.number)
                self._ready[tile] = None
                return frame
            if tile.is_fresh():
                self._alive.add(tile.number)
        return self._fresh(now) if self._alive else None

    def _fresh(self, now: float) -> str:
        numbers, self._alive, self._told = tuple(sorted(self._alive)), set(), now
        return control.write(Fresh(numbers))
