"""Frames of one stream to many readers: a slow reader loses frames up to a newer key frame and holds up nobody.

A late one begins with what is kept since the last key frame; where nothing is, the phone is asked for a new one.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from types import TracebackType

from greenroom.agent.phone_values import VideoFrame

BACKLOG = 30  # frames that a reader may be behind
KEPT_FRAMES, KEPT_BYTES = 300, 8 << 20  # since the last key frame
PATIENCE = 1.0  # seconds between two requests for a key frame


class Reader:
    """An async iterator of frames; `dropped` counts what it was too slow for."""

    def __init__(self, relay: "Relay", start: list[VideoFrame], backlog: int) -> None:
        self._relay, self._backlog = relay, backlog
        self._allowed = backlog + len(start)
        self._queue: deque[VideoFrame] = deque(start)
        self._waits_for_key = not start
        self._some = asyncio.Event()
        self._end: BaseException | None = None
        self.dropped = 0
        if start:
            self._some.set()

    def offer(self, frame: VideoFrame) -> None:
        if frame.key:
            if len(self._queue) > self._backlog // 4:
                self._drop()
            self._waits_for_key, self._allowed = False, self._backlog
        elif self._waits_for_key:
            self.dropped += 1
            return
        elif len(self._queue) >= self._allowed:
            self.dropped += 1
            self._drop()
            self._waits_for_key = True
            self._relay.want_key()
            return
        self._queue.append(frame)
        self._some.set()

    def end(self, error: BaseException | None) -> None:
        self._end = error or StopAsyncIteration()
        self._some.set()

    def _drop(self) -> None:
        self.dropped += len(self._queue)
        self._queue.clear()

    def __aiter__(self) -> AsyncIterator[VideoFrame]:
        return self

    async def __anext__(self) -> VideoFrame:
        while not self._queue:
            if self._end is not None:
                raise self._end
            self._some.clear()
            await self._some.wait()
        return self._queue.popleft()

    def close(self) -> None:
        self._relay.leave(self)

    def __enter__(self) -> "Reader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Relay:
    """`ask_key` is called when a reader needs a key frame, at most once in PATIENCE seconds of `clock`."""

    def __init__(self, ask_key: Callable[[], None], clock: Callable[[], float], *, backlog: int = BACKLOG) -> None:
        self._ask_key, self._clock, self._backlog = ask_key, clock, backlog
        self._readers: list[Reader] = []
        self._asked = float("-inf")
        self._kept_bytes = 0
        self.kept: list[VideoFrame] = []

    @property
    def readers(self) -> int:
        return len(self._readers)

    def put(self, frame: VideoFrame) -> None:
        if frame.key:
            self.kept, self._kept_bytes = [], 0
        if frame.key or self.kept:
            self.kept.append(frame)
            self._kept_bytes += len(frame.data)
            if len(self.kept) > KEPT_FRAMES or self._kept_bytes > KEPT_BYTES:
                self.kept = []
        for reader in self._readers:
            reader.offer(frame)

    def join(self) -> Reader:
        reader = Reader(self, list(self.kept), self._backlog)
        self._readers.append(reader)
        if not self.kept:
            self.want_key()
        return reader

    def leave(self, reader: Reader) -> None:
        if reader in self._readers:
            self._readers.remove(reader)

    def want_key(self) -> None:
        if self._clock() - self._asked >= PATIENCE:
            self._asked = self._clock()
            self._ask_key()

    def forget(self) -> None:
        """The stream begins anew: nothing kept can be continued."""
        self.kept, self._kept_bytes = [], 0

    def end(self, error: BaseException | None = None) -> None:
        """No more frames: readers take what they have, then get the error or their end."""
        for reader in self._readers:
            reader.end(error)
        self._readers = []
        self.forget()
