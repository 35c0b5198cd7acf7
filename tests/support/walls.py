"""Walls and agents that say exactly what a test wants, over real sockets to a real server."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar
from uuid import UUID

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.typing import Origin

from greenroom.phones import leases
from greenroom.tenancy.sign_in import start_session
from greenroom.wire import binary, control
from greenroom.wire.binary import Flag, Input, Video
from greenroom.wire.limits import LARGEST_FRAME
from greenroom.wire.messages import (
    TO_AGENT,
    TO_WALL,
    Beat,
    Challenge,
    Hello,
    KeyFrame,
    Lease,
    LeaseSeen,
    Message,
    Open,
    PhoneChanged,
    Phones,
    Proof,
    Refused,
    Seen,
    Send,
    Shown,
    ShownFrame,
    Stream,
    Tiles,
    Want,
    Watch,
    Welcome,
)
from greenroom.wire.proof import signed_bytes
from greenroom.wire.version import VERSION
from tests.support.house import Tenant
from tests.support.people import add_person
from tests.support.phones import Shelf, seen
from tests.support.serving import serving
from tests.support.wait import until

M = TypeVar("M", bound=Message)
Quality = Literal["off", "thumbnail", "focus"]


@dataclass
class Teller:
    """One end of a socket that keeps what it hears."""

    socket: ClientConnection
    heard: list[Message] = field(default_factory=list)
    ended: ConnectionClosed | None = None
    listening: asyncio.Event = field(default_factory=asyncio.Event)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def say(self, message: Message) -> None:
        await self.socket.send(control.write(message))

    async def listen(self) -> None:
        """Until the other end is gone; `ended` says how it went. While `listening` is clear nothing is read."""
        self.listening.set()
        try:
            while True:
                await self.listening.wait()
                await self.take(await self.socket.recv())
                self.news.set()
        except ConnectionClosed as error:
            self.ended = error
            self.news.set()

    async def take(self, data: str | bytes) -> None:
        raise NotImplementedError

    async def refused(self, within: float = 30) -> Refused:
        """Why the other end ended it."""
        await self.until(lambda: self.ended, within)
        return self.of(Refused)[-1]

    def of(self, kind: type[M]) -> list[M]:
        return [one for one in self.heard if isinstance(one, kind)]

    async def until(self, look: Callable[[], object], within: float = 30) -> None:
        """Raises ConnectionError when it can't come true any more."""
        async with asyncio.timeout(within):
            while not look():
                if self.ended is not None:
                    raise ConnectionError(f"the other end is gone: {self.ended}")
                self.news.clear()
                await self.news.wait()

    async def hears(self, kind: type[M], count: int = 1) -> M:
        """The last of so many messages of this kind."""
        await self.until(lambda: len(self.of(kind)) >= count)
        return self.of(kind)[-1]


@dataclass
class Agent(Teller):
    """An agent whose phones do what the test says. `inputs`: what reached it; `sees`: whether it answers leases."""

    inputs: list[Input] = field(default_factory=list)
    sees: bool = True
    sequence: int = 0

    async def take(self, data: str | bytes) -> None:
        if isinstance(data, bytes):
            self.inputs.append(binary.read_input(data))
        else:
            message = control.read(data, TO_AGENT)
            self.heard.append(message)
            if isinstance(message, Lease) and self.sees:
                await self.say(LeaseSeen(message.number, message.epoch))

    async def has(self, count: int) -> None:
        """So many inputs reached it."""
        await self.until(lambda: len(self.inputs) == count)

    async def beat(self) -> None:
        while True:
            await self.say(Beat(0))
            await asyncio.sleep(1)

    async def frame(self, number: int = 1, *, key: bool = False, stream: Stream = "thumbnail", size: int = 2_000,
                    moment: int | None = None) -> int:  # fmt: skip
        """Send a frame; gives the moment that it carries, by which it is known again."""
        self.sequence += 1
        moment = self.sequence if moment is None else moment
        flags = binary.STREAMS[stream] | (Flag.KEY if key else Flag(0))
        if "stills" in stream:
            flags |= Flag.JPEG | Flag.KEY
        await self.socket.send(binary.write_video(Video(number, flags, self.sequence, moment, 272, 600, b"x" * size)))
        return moment

    async def phone(self, one: Seen) -> None:
        await self.say(PhoneChanged(one))

    def wanted(self, stream: Stream = "thumbnail", number: int = 1) -> bool:
        said = [one for one in self.of(Send) if (one.number, one.stream) == (number, stream)]
        return bool(said) and said[-1].on

    def keys(self, stream: Stream = "thumbnail") -> int:
        return sum(one.stream == stream for one in self.of(KeyFrame))


@dataclass
class Wall(Teller):
    """A page's end of a wall's socket. `frames` with when each came."""

    frames: list[tuple[Video, float]] = field(default_factory=list)
    shows: bool = True
    numbers: dict[UUID, int] = field(default_factory=dict)

    async def take(self, data: str | bytes) -> None:
        if isinstance(data, bytes):
            frame = binary.read_video(data)
            self.frames.append((frame, time.monotonic()))
            if self.shows:
                await self.say(Shown((ShownFrame(frame.phone, frame.sequence),)))
        else:
            message = control.read(data, TO_WALL)
            self.heard.append(message)
            if isinstance(message, Tiles):
                self.numbers = {one.phone: one.number for one in message.tiles}

    async def press(self, one: Input) -> None:
        await self.socket.send(binary.write_input(one))

    async def want(self, *phones: UUID) -> dict[UUID, int]:
        """Their numbers; those out of reach have none."""
        count = len(self.of(Tiles))
        await self.say(Want(phones))
        await self.hears(Tiles, count + 1)
        return self.numbers

    async def watch(self, phone: UUID, quality: Quality = "thumbnail", *, stills: bool = False) -> None:
        await self.say(Watch(self.numbers[phone], quality, stills))

    async def show(self) -> None:
        """Tell that everything that came is on the glass."""
        for frame, _ in self.frames[-1:]:
            await self.say(Shown((ShownFrame(frame.phone, frame.sequence),)))

    async def has(self, count: int) -> None:
        """So many frames came."""
        await self.until(lambda: len(self.frames) >= count)

    def moments(self) -> list[int]:
        return [one.moment for one, _ in self.frames]


@contextlib.asynccontextmanager
async def dialled(address: str, shelf: Shelf, *phones: Seen) -> AsyncIterator[Agent]:
    """The shelf's agent, signed in, with these phones."""
    async with connect(f"{_socket(address)}/agents/socket", max_size=LARGEST_FRAME, compression=None) as socket:
        agent = Agent(socket)
        await agent.say(Hello(VERSION, shelf.agent, "scripted"))
        challenge = control.read(await socket.recv(), TO_AGENT)
        assert isinstance(challenge, Challenge)
        await agent.say(Proof(shelf.key.sign(signed_bytes(challenge.nonce, shelf.agent)).hex()))
        async with _running(agent.listen()):
            await agent.hears(Welcome)
            async with _running(agent.beat()):
                await agent.say(Phones(phones))
                yield agent


@contextlib.asynccontextmanager
async def opened(address: str, cookie: str, *, origin: str | None = None, shows: bool = True) -> AsyncIterator[Wall]:
    """A wall that was welcomed, by the cookie of a session."""
    async with connect(
        f"{_socket(address)}/wall/socket", max_size=None, compression=None, open_timeout=30,
        additional_headers={"Cookie": f"greenroom={cookie}"}, origin=Origin(origin or address.removesuffix("/api/v1")),
    ) as socket:  # fmt: skip
        wall = Wall(socket, shows=shows)
        async with _running(wall.listen()):
            with contextlib.suppress(ConnectionClosed):  # it may have been refused already, and heard why
                await wall.say(Open(VERSION))
            await wall.until(lambda: wall.heard)
            yield wall


@dataclass
class Stage:
    """A server, the shelf's agent with its phone as number 1, and people with browsers."""

    address: str
    shelf: Shelf
    agent: Agent
    cookie: str

    @property
    def phone(self) -> UUID:
        return self.shelf.phone

    @property
    def tenant(self) -> Tenant:
        return self.shelf.tenant

    async def person(self, name: str, role: str = "member", level: str = "full") -> tuple[UUID, str]:
        """Somebody else in the organisation and the cookie of their session."""
        acting = await add_person(self.tenant, name, role, level)
        cookie = await start_session(acting.house, acting.organisation, acting.user, address="", agent="test")
        return acting.user, cookie

    async def gone(self) -> None:
        """The server has noted that the agent went; until then it takes no other connection of it."""

        async def noted() -> bool:
            async with self.tenant.context() as ctx:
                return bool(await ctx.db.value("select connection_id is null from agent"))

        await until(noted)

    def browser(self, cookie: str | None = None) -> httpx.AsyncClient:
        """The person's way over HTTP."""
        return httpx.AsyncClient(base_url=self.address, headers={"Cookie": f"greenroom={cookie or self.cookie}"})

    async def take(self, user: UUID | None = None) -> int:
        """The epoch of a lease that begins now."""
        async with self.tenant.context() as ctx:
            return (await leases.take(ctx, self.phone, "person", user or self.tenant.user)).epoch

    @contextlib.asynccontextmanager
    async def wall(
        self, cookie: str | None = None, *, watch: Literal["thumbnail", "focus"] | None = None, shows: bool = True
    ) -> AsyncIterator[Wall]:
        """A wall with the phone, which it watches if asked to."""
        async with opened(self.address, cookie or self.cookie, shows=shows) as wall:
            await wall.want(self.phone)
            if watch is not None:
                await wall.watch(self.phone, watch)
                await self.agent.until(lambda: self.agent.wanted(watch))
            yield wall


@pytest.fixture
async def stage(shelf: Shelf) -> AsyncIterator[Stage]:
    tenant = shelf.tenant
    cookie = await start_session(tenant.house, tenant.organisation, tenant.user, address="", agent="test")
    async with serving(tenant.house) as address, dialled(address, shelf, seen(1)) as agent:
        yield Stage(address, shelf, agent, cookie)


def _socket(address: str) -> str:
    return address.replace("http", "ws", 1)


@contextlib.asynccontextmanager
async def _running(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError, WebSocketException):
            await task
