"""One client's connection to a phone: who it is, then its streams side by side."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Protocol

from greenroom.agent.virtual.android.keys import BadKey, PublicKey
from greenroom.agent.virtual.android.packets import (
    AUTH,
    CLSE,
    CNXN,
    MOST,
    NEW,
    OKAY,
    OLD,
    OPEN,
    PUBLIC_KEY,
    SIGNATURE,
    TOKEN,
    WRTE,
    BadPacket,
    Packet,
    read_packet,
)
from greenroom.agent.virtual.android.stream import Stream, StreamClosed

logger = logging.getLogger(__name__)

STREAMS = 512  # open at once on one connection
Service = Callable[[Stream], Awaitable[None]]


class Host(Protocol):
    """What a link needs of its phone."""

    answering: asyncio.Event  # unset: the phone keeps the connection and says nothing (half open)

    def banner(self) -> str: ...
    def knows(self, token: bytes, signature: bytes) -> bool: ...
    async def accepts(self, key: PublicKey) -> bool: ...
    def needs_key(self) -> bool: ...
    def service(self, name: str) -> Service | None: ...


class Link:
    """Serves one connection until it ends; `close` ends it from the phone's side."""

    def __init__(self, host: Host, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._host, self._reader, self._writer = host, reader, writer
        self._streams: dict[int, Stream] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._last = 0
        self._authorised = False
        self._token = b""
        self._summed = True
        self._chunk = 4096
        self._kept: list[bytes] = []

    async def run(self) -> None:
        """Answer packets until the connection ends; its streams and their services end with it."""
        try:
            while True:
                packet = await read_packet(self._reader)
                await self._host.answering.wait()
                self._say_kept()
                self._take(packet)
        except BadPacket as error:
            logger.warning("a client was cut off: %s", error)
        except (asyncio.IncompleteReadError, OSError):
            pass
        finally:
            await self._end()

    def close(self) -> None:
        self._writer.transport.abort()

    # -- packets in -----------------------------------------------------------------------------------------------

    def _take(self, packet: Packet) -> None:
        if packet.command == CNXN:
            self._greet(packet)
        elif packet.command == AUTH:
            self._identify(packet)
        elif not self._authorised:
            return  # as adbd: nothing is said to strangers
        elif packet.command == OPEN:
            self._open(packet)
        else:
            self._pass_on(packet)

    def _greet(self, packet: Packet) -> None:
        self._summed = min(packet.first, NEW) == OLD
        self._chunk = max(256, min(packet.second, MOST))
        if self._host.needs_key():
            self._challenge()
        else:
            self._welcome()

    def _identify(self, packet: Packet) -> None:
        if packet.first == SIGNATURE:
            if self._token and self._host.knows(self._token, bytes(packet.data)):
                self._welcome()
            else:
                self._challenge()
        elif packet.first == PUBLIC_KEY:
            try:
                self._start(self._ask(PublicKey.parse(bytes(packet.data))))
            except BadKey as error:
                raise BadPacket(str(error)) from error

    async def _ask(self, key: PublicKey) -> None:
        if await self._host.accepts(key):
            self._welcome()

    def _challenge(self) -> None:
        self._token = secrets.token_bytes(20)
        self._send(Packet(AUTH, TOKEN, 0, self._token))

    def _welcome(self) -> None:
        self._authorised = True
        self._send(Packet(CNXN, NEW, MOST, self._host.banner().encode()))

    def _open(self, packet: Packet) -> None:
        name = bytes(packet.data).rstrip(b"\0").decode("utf-8", "surrogateescape")
        service = self._host.service(name) if len(self._streams) < STREAMS else None
        if service is None:
            self._send(Packet(CLSE, 0, packet.first))
            return
        self._last += 1
        stream = Stream(self._send, self._last, packet.first, self._chunk)
        self._streams[stream.local] = stream
        self._send(Packet(OKAY, stream.local, stream.remote))
        self._start(self._serve(service, stream))

    def _pass_on(self, packet: Packet) -> None:
        stream = self._streams.get(packet.second)
        if stream is None or packet.first not in (0, stream.remote):
            if packet.command == WRTE:
                self._send(Packet(CLSE, 0, packet.first))
        elif packet.command == WRTE:
            stream.feed(bytes(packet.data))
        elif packet.command == OKAY:
            stream.taken()
        elif packet.command == CLSE:
            if not stream.closed:  # answered in kind: some clients wait for it
                self._send(Packet(CLSE, stream.local, stream.remote))
            del self._streams[stream.local]
            stream.end()

    # -- services -------------------------------------------------------------------------------------------------

    async def _serve(self, service: Service, stream: Stream) -> None:
        try:
            await service(stream)
            await stream.flushed()
        except (StreamClosed, asyncio.IncompleteReadError):
            pass
        except Exception:  # one broken service must not end the others of this connection
            logger.exception("a service of the virtual phone broke")
        finally:
            stream.close()
            self._streams.pop(stream.local, None)

    def _start(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _end(self) -> None:
        for stream in self._streams.values():
            stream.end()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._writer.close()
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()

    # -- packets out ----------------------------------------------------------------------------------------------

    def _send(self, packet: Packet) -> None:
        data = packet.pack(summed=self._summed)
        if not self._host.answering.is_set():
            self._kept.append(data)
        elif not self._writer.is_closing():
            self._say_kept()
            self._writer.write(data)

    def _say_kept(self) -> None:
        if self._kept:
            self._writer.writelines(self._kept)
            self._kept.clear()
