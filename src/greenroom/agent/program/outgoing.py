"""What goes to the server: messages first, then pictures in turn, so that a slow socket holds up no answer."""

import asyncio
from collections import deque
from typing import Protocol

from greenroom.wire import control
from greenroom.wire.messages import Message

MOST = 2_000  # messages that wait; a server that takes none of so many is as good as gone


class Lost(ConnectionError):
    """The connection ended; it is worth while to try again."""


class Socket(Protocol):
    """Whole messages both ways; both raise Lost when the connection has ended."""

    async def send(self, data: str | bytes) -> None: ...

    async def receive(self) -> str | bytes: ...


class Outgoing:
    """One connection's only writer. Of each stream one picture waits here at most: more are dropped at their source."""

    def __init__(self, socket: Socket) -> None:
        self._socket = socket
        self._messages: deque[str] = deque()
        self._pictures: deque[tuple[bytes, asyncio.Future[None]]] = deque()
        self._some = asyncio.Event()
        self._over = False

    def say(self, message: Message) -> None:
        """In its turn; Lost when the server takes nothing any more."""
        if self._over or len(self._messages) >= MOST:
            raise Lost("the server takes nothing any more")
        self._messages.append(control.write(message))
        self._some.set()

    async def show(self, picture: bytes) -> None:
        """Return when it is on its way; Lost when the connection ends before."""
        if self._over:
            raise Lost("the connection ended")
        sent: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._pictures.append((picture, sent))
        self._some.set()
        await sent

    async def run(self) -> None:
        """Until cancelled; raises Lost."""
        try:
            while True:
                await self._next()
        finally:
            self._over = True
            while self._pictures:
                _, sent = self._pictures.popleft()
                if not sent.done():
                    sent.set_exception(Lost("the connection ended"))

    async def _next(self) -> None:
        if self._messages:
            await self._socket.send(self._messages.popleft())
        elif self._pictures:
            picture, sent = self._pictures[0]
            if not sent.done():  # else nobody wants it any more
                await self._socket.send(picture)
            self._pictures.popleft()
            if not sent.done():
                sent.set_result(None)
        else:
            self._some.clear()
            await self._some.wait()
