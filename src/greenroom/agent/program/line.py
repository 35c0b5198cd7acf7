"""One connection to the server, from the handshake to its end. What it is made of does not matter: see `Socket`."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from greenroom.agent.program.gate import Gate
from greenroom.agent.program.identity import Identity
from greenroom.agent.program.shelf import Shelf
from greenroom.wire import binary, control
from greenroom.wire.binary import Input
from greenroom.wire.errors import Malformed
from greenroom.wire.messages import (
    TO_AGENT,
    Beat,
    Challenge,
    Do,
    Done,
    Hello,
    InputRefused,
    Lease,
    LeaseSeen,
    Message,
    NotTaken,
    PhoneChanged,
    Phones,
    Proof,
    Refresh,
    Refused,
    Seen,
    Watch,
    Welcome,
)
from greenroom.wire.version import VERSION, mismatch

HANDSHAKE = 10.0  # seconds
SILENCE = 3  # beats that fail to come before the connection is given up


class Lost(ConnectionError):
    """The connection ended; it is worth while to try again."""


class TurnedAway(Exception):
    """The server said no, and why; `again` says whether to try again by itself."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.sentence)
        self.refused = refused


class Socket(Protocol):
    """Whole messages both ways; both raise Lost when the connection has ended."""

    async def send(self, data: str | bytes) -> None: ...

    async def receive(self) -> str | bytes: ...


class Line:
    """Made for one connection; `run` ends with Lost or TurnedAway."""

    def __init__(
        self,
        socket: Socket,
        identity: Identity,
        shelf: Shelf,
        gate: Gate,
        *,
        program: str,
        welcomed: Callable[[], None],
    ) -> None:
        self._socket, self._identity, self._shelf, self._gate = socket, identity, shelf, gate
        self._program, self._tell_welcome = program, welcomed
        self._beat = 2.0
        self._told: dict[int, Seen] = {}
        self._heard = asyncio.Event()
        self._answers: asyncio.Queue[Message] = asyncio.Queue(1000)
        self._orders: set[asyncio.Task[None]] = set()
        self.welcomed = False

    async def run(self) -> None:
        try:
            async with asyncio.timeout(HANDSHAKE):
                await self._sign_in()
        except TimeoutError as error:
            raise Lost("the server did not finish the handshake") from error
        self.welcomed = True
        self._tell_welcome()
        try:
            async with asyncio.TaskGroup() as tasks:
                for work in (self._read(), self._report(), self._answer(), self._beat_on(), self._listen()):
                    tasks.create_task(work)
        except* (Lost, TurnedAway) as group:
            raise group.exceptions[0] from group
        finally:
            for order in self._orders:
                order.cancel()
            await self._shelf.unwatched()

    async def _sign_in(self) -> None:
        await self._say(Hello(VERSION, self._identity.agent, self._program[:120]))
        challenge = await self._next()
        if not isinstance(challenge, Challenge):
            raise Lost("the server began with something else than a challenge")
        await self._say(Proof(self._identity.sign(challenge.nonce)))
        welcome = await self._next()
        if not isinstance(welcome, Welcome):
            raise Lost("the server did not welcome the agent")
        sentence = mismatch(welcome.version, VERSION)
        if sentence is not None:
            raise TurnedAway(Refused("version", sentence, again=False))
        self._beat = welcome.beat

    async def _read(self) -> None:
        while True:
            data = await self._socket.receive()
            self._heard.set()
            try:
                if isinstance(data, bytes):
                    self._input(binary.read_input(data))
                else:
                    await self._hear(control.read(data, TO_AGENT))
            except Malformed as error:
                raise Lost(f"the server sent what is no message: {error}") from error

    def _input(self, one: Input) -> None:
        station = self._shelf.station(one.phone)
        if station is None:
            self._refuse(one, "unknown")
            return
        station.take(one, self._refuse)

    async def _hear(self, message: Message) -> None:
        match message:
            case Refused():
                raise TurnedAway(message)
            case Lease():
                epoch = self._gate.hear(message, asyncio.get_running_loop().time())
                self._put(LeaseSeen(message.number, epoch))
            case Watch(number, quality):
                station = self._shelf.station(number)
                if station is not None:
                    await station.watch(quality, self._socket.send)
            case Refresh(number):
                station = self._shelf.station(number)
                if station is not None:
                    await station.refresh()
            case Do():
                order = asyncio.create_task(self._do(message))
                self._orders.add(order)
                order.add_done_callback(self._orders.discard)

    async def _do(self, order: Do) -> None:
        station = self._shelf.station(order.number)
        unknown = Done(order.id, order.number, "unknown", "This phone is not here any more")
        self._put(unknown if station is None else await station.do(order))

    async def _report(self) -> None:
        """All phones at first and when one is gone; single ones when they came or changed."""
        while True:
            self._shelf.changed.clear()
            now = {one.number: one for one in self._shelf.seen}
            if not self._told or self._told.keys() - now.keys():
                await self._say(Phones(tuple(now.values())))
            else:
                for number, one in now.items():
                    if self._told.get(number) != one:
                        await self._say(PhoneChanged(one))
            self._told = now
            await self._shelf.changed.wait()

    async def _answer(self) -> None:
        while True:
            await self._say(await self._answers.get())

    async def _beat_on(self) -> None:
        count = 0
        while True:
            await self._say(Beat(count))
            count = (count + 1) % 2**32
            await asyncio.sleep(self._beat)

    async def _listen(self) -> None:
        """A server of which nothing is heard is as good as gone."""
        while True:
            self._heard.clear()
            try:
                async with asyncio.timeout(self._beat * SILENCE):
                    await self._heard.wait()
            except TimeoutError as error:
                raise Lost("nothing is heard of the server") from error

    def _refuse(self, one: Input, kind: NotTaken) -> None:
        self._put(InputRefused(one.phone, one.sequence, kind, self._gate.epoch(one.phone)))

    def _put(self, message: Message) -> None:
        """What can't be said any more is not worth waiting for: the server hears of it with the next input."""
        if not self._answers.full():
            self._answers.put_nowait(message)

    async def _say(self, message: Message) -> None:
        await self._socket.send(control.write(message))

    async def _next(self) -> Message:
        data = await self._socket.receive()
        try:
            message = control.read(data, TO_AGENT)
        except Malformed as error:
            raise Lost(f"the server sent what is no message: {error}") from error
        if isinstance(message, Refused):
            raise TurnedAway(message)
        return message
