"""The other end of an agent's socket, moved by hand: says what it is told to, keeps what it hears, serves files."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, MutableMapping
from typing import Any, TypeVar
from uuid import UUID

import uvicorn
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI, Request, Response, WebSocket
from starlette.responses import StreamingResponse
from starlette.websockets import WebSocketDisconnect

from greenroom.agent.program.identity import Identity
from greenroom.wire import binary, control
from greenroom.wire.binary import Input, Video
from greenroom.wire.limits import LARGEST_FRAME
from greenroom.wire.messages import (
    FROM_AGENT,
    FROM_STRANGER,
    Beat,
    Challenge,
    Do,
    Done,
    Fresh,
    Lease,
    Message,
    PhoneChanged,
    Phones,
    Seen,
    Stream,
    Verb,
    Welcome,
)
from greenroom.wire.version import VERSION
from tests.support.wait import until_true

TRANSFERS = "/api/v1/agents/transfers/"
BEAT = 0.8  # seconds
M = TypeVar("M", bound=Message)


class Peer:
    """`files` are served below TRANSFERS as (name, content); `left` is what was put there. `reading` may be cleared,
    and `flowing`: then all that it says is on its way until it is set again. `whole` may be cleared: then only the
    first half of a file comes until it is set again, or nothing more at all where `cut` is."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[str, bytes]] = {}
        self.left: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.whole = asyncio.Event()
        self.whole.set()
        self.cut = asyncio.Event()
        self.sent = 0
        self.heard: list[Message] = []
        self.frames: list[Video] = []
        self.came: list[float] = []
        self.phones: dict[int, Seen] = {}
        self.reading = asyncio.Event()
        self.reading.set()
        self.flowing = asyncio.Event()
        self.flowing.set()
        self._way = asyncio.Lock()
        self._echoes: set[asyncio.Task[None]] = set()
        self.connections = 0
        self.address = ""
        self._socket: WebSocket | None = None
        self._ids = 0
        self.app = FastAPI()
        self.app.add_api_websocket_route("/api/v1/agents/socket", self._serve)
        self.app.add_api_route(TRANSFERS + "{token}", self._file, methods=["GET", "PUT"])

    @property
    def identity(self) -> Identity:
        return Identity(self.address, UUID(int=7), Ed25519PrivateKey.from_private_bytes(bytes(32)))

    @property
    def connected(self) -> bool:
        return self._socket is not None

    async def say(self, message: Message) -> None:
        await self._send(control.write(message))

    async def press(self, *inputs: Input) -> None:
        await asyncio.gather(*(self._send(binary.write_input(one)) for one in inputs))

    async def lease(self, number: int, epoch: int, *, held: bool = True, seconds: float = 60) -> None:
        await self.say(Lease(number, epoch, held=held, seconds=seconds))

    async def do(self, number: int, epoch: int, verb: Verb, argument: str = "", *, within: float = 30) -> Done:
        """What came of it."""
        self._ids += 1
        id = self._ids
        await self.say(Do(id, number, epoch, verb, argument, 1))
        await until_true(lambda: any(one.id == id for one in self.of(Done)), within=within)
        return next(one for one in self.of(Done) if one.id == id)

    async def _send(self, data: str | bytes) -> None:
        socket = self._socket
        assert socket is not None
        async with self._way:  # in the order in which it was said, as over TCP
            await self.flowing.wait()
            await (socket.send_text(data) if isinstance(data, str) else socket.send_bytes(data))

    def of(self, kind: type[M]) -> list[M]:
        return [one for one in self.heard if isinstance(one, kind)]

    def stream(self, name: Stream, number: int | None = None) -> list[Video]:
        flags = binary.STREAMS[name]
        both = binary.Flag.FOCUS | binary.Flag.STILLS
        return [one for one in self.frames if one.flags & both == flags and number in (None, one.phone)]

    async def shows(self, name: Stream, number: int | None = None) -> None:
        """Return once a frame of this stream is there."""
        await until_true(lambda: self.stream(name, number) != [])

    async def fresh(self, number: int) -> None:
        """Return when the agent says so anew."""
        before = len(self.of(Fresh))
        await until_true(lambda: any(number in one.numbers for one in self.of(Fresh)[before:]))

    async def live(self, serial: str) -> int:
        """The number of this phone, once it is shown as live."""

        def found() -> int:
            return next((n for n, one in self.phones.items() if one.serial == serial and one.alive == "live"), 0)

        await until_true(lambda: found() > 0)
        return found()

    async def _serve(self, socket: WebSocket) -> None:
        await socket.accept()
        control.read(await socket.receive_text(), FROM_STRANGER)
        await socket.send_text(control.write(Challenge("ab" * 32)))
        control.read(await socket.receive_text(), FROM_STRANGER)
        await socket.send_text(control.write(Welcome(VERSION, BEAT)))
        self._socket, self.connections = socket, self.connections + 1
        beating = asyncio.create_task(self._beat())
        try:
            with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                while True:
                    await self.reading.wait()
                    await self._take(await socket.receive())
        finally:
            self._socket = None
            beating.cancel()

    async def _take(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect
        text = message.get("text")
        if isinstance(text, str):
            heard = control.read(text, FROM_AGENT)
            self.heard.append(heard)
            if isinstance(heard, Beat):
                self._echoes.add(asyncio.create_task(self._echo(heard)))
            elif isinstance(heard, Phones):
                self.phones = {one.number: one for one in heard.phones}
            elif isinstance(heard, PhoneChanged):
                self.phones[heard.phone.number] = heard.phone
        else:
            self.frames.append(binary.read_video(bytes(message["bytes"])))
            self.came.append(asyncio.get_running_loop().time())

    async def _echo(self, beat: Beat) -> None:
        """Queued as all else is: the peer reads on meanwhile."""
        with contextlib.suppress(RuntimeError, WebSocketDisconnect):
            await self.say(beat)

    async def _beat(self) -> None:
        """Signs of life of its own, while it does not read: no echo of anything."""
        with contextlib.suppress(RuntimeError, WebSocketDisconnect):
            while True:
                await self.say(Beat(2**32 - 1))
                await asyncio.sleep(BEAT)

    async def _file(self, token: str, request: Request) -> Response:
        self.asked.append(f"{request.method} {token}")
        if request.method == "PUT":
            self.left[token] = await request.body()
            return Response(status_code=204)
        if token == "elsewhere":
            return Response(status_code=307, headers={"Location": f"{self.address}{TRANSFERS}file"})
        if token not in self.files:
            return Response(status_code=404)
        name, data = self.files[token]
        if request.headers.get("if-none-match") == f'"{token.partition(".")[0]}"':
            return Response(status_code=304)
        said = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(len(data))}
        return StreamingResponse(self._halves(data), headers=said)

    async def _halves(self, data: bytes) -> AsyncIterator[bytes]:
        half = len(data) // 2
        self.sent += half
        yield data[:half]
        waits = [asyncio.ensure_future(one.wait()) for one in (self.whole, self.cut)]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for one in waits:
            one.cancel()
        if not self.cut.is_set():
            self.sent += len(data) - half
            yield data[half:]


@contextlib.asynccontextmanager
async def open_peer() -> AsyncIterator[Peer]:
    """A peer that can be dialled until the block ends."""
    peer = Peer()
    listening = socket.create_server(("127.0.0.1", 0))
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as uvloop does
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)  # as on a line that is not this computer's own
    config = uvicorn.Config(
        peer.app, log_config=None, timeout_graceful_shutdown=1, ws_max_size=LARGEST_FRAME, ws_per_message_deflate=False
    )
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[listening]))
    await until_true(lambda: server.started)
    peer.address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        yield peer
    finally:
        peer.reading.set()
        peer.flowing.set()
        peer.cut.set()
        server.should_exit = True
        await running
