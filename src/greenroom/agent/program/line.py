"""One connection to the server, from the handshake to its end. What it is made of does not matter: see `Socket`."""

import asyncio
import logging
from collections.abc import Callable

from greenroom.agent.program.echoes import EVERY, Echoes
from greenroom.agent.program.gate import Gate
from greenroom.agent.program.identity import Identity
from greenroom.agent.program.outgoing import Lost, Outgoing, Socket
from greenroom.agent.program.shelf import Shelf
from greenroom.agent.program.transfers import Transfers
from greenroom.wire import binary, control
from greenroom.wire.binary import Input
from greenroom.wire.errors import Malformed
from greenroom.wire.messages import (
    TO_AGENT,
    Beat,
    Challenge,
    Do,
    Done,
    Fresh,
    Hello,
    InputRefused,
    KeyFrame,
    Lease,
    LeaseSeen,
    Message,
    PhoneChanged,
    Phones,
    Proof,
    Refused,
    Seen,
    Send,
    Welcome,
)
from greenroom.wire.version import VERSION, mismatch

log = logging.getLogger(__name__)

HANDSHAKE = 10.0  # seconds
SILENCE = 3  # beats that fail to come before the connection is given up


class TurnedAway(Exception):
    """The server said no, and why; `again` says whether to try again by itself."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.sentence)
        self.refused = refused


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
        self._unsayable: set[int] = set()
        self._heard = asyncio.Event()
        self._clock = asyncio.get_running_loop().time
        self._echoes = Echoes(self._clock())
        self._out = Outgoing(socket)
        self._transfers = Transfers(identity.server, shelf.copies)
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
                for work in (
                    self._read(),
                    self._report(),
                    self._out.run(),
                    self._beat_on(),
                    self._fresh_on(),
                    self._listen(),
                ):
                    tasks.create_task(work)
        except* (Lost, TurnedAway) as group:
            raise group.exceptions[0] from group
        finally:
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
                said = binary.read_input(data) if isinstance(data, bytes) else control.read(data, TO_AGENT)
            except Malformed as error:
                raise Lost(f"the server sent what is no message: {error}") from error
            await self._obey(said)

    async def _obey(self, said: Input | Message) -> None:
        """What fails at one phone harms no other."""
        try:
            if isinstance(said, Input):
                self._input(said)
            else:
                await self._hear(said)
        except (Lost, TurnedAway):
            raise
        except Exception:
            log.exception("the server's %s failed here", type(said).__name__)

    def _input(self, one: Input) -> None:
        station = self._shelf.station(one.phone)
        if station is None:
            self._answer(InputRefused(one.phone, one.sequence, "unknown", self._gate.epoch(one.phone)))
        else:
            station.acts.take(one, self._answer, late=self._echoes.are_late(self._clock()))

    async def _hear(self, message: Message) -> None:
        match message:
            case Refused():
                raise TurnedAway(message)
            case Beat():
                self._echoes.hear(message)
            case Lease():
                epoch = self._gate.hear(message, self._clock())
                if (station := self._shelf.station(message.number)) is not None:
                    station.acts.leased()
                self._out.say(LeaseSeen(message.number, epoch))
            case Send():
                await self._shelf.send(message.number, message.stream, self._out if message.on else None)
            case KeyFrame(number, stream):
                if (station := self._shelf.station(number)) is not None:
                    station.want_key(stream)
            case Do():
                self._do(message)

    def _do(self, order: Do) -> None:
        station = self._shelf.station(order.number)
        if station is None:
            self._answer(Done(order.id, order.number, "unknown", "This phone is not here any more", ""))
        else:
            station.acts.do(order, self._transfers, self._answer)

    async def _report(self) -> None:
        """All phones at first and when one is gone; single ones when they came or changed."""
        while True:
            self._shelf.changed.clear()
            now = {one.number: one for one in self._shelf.seen if self._sayable(one)}
            gone = self._told.keys() - now.keys()
            if gone or not self._told:
                self._out.say(Phones(tuple(now.values())))
                self._shelf.forget(gone)
            else:
                for number, one in now.items():
                    if self._told.get(number) != one:
                        self._out.say(PhoneChanged(one))
            self._told = now
            await self._shelf.changed.wait()

    def _sayable(self, one: Seen) -> bool:
        """A phone that tells what no message can hold is left out, and no other with it; the log says so once."""
        if self._told.get(one.number) == one:
            return True
        try:
            control.write(PhoneChanged(one))
        except Malformed as error:
            if one.number not in self._unsayable:
                log.warning("%s is left out: %s", one.serial, error)
            self._unsayable.add(one.number)
            return False
        self._unsayable.discard(one.number)
        return True

    async def _beat_on(self) -> None:
        """More often than the server has to hear of us: its echoes tell how old is what comes from there."""
        while True:
            self._out.say(self._echoes.beat(self._clock()))
            await asyncio.sleep(min(EVERY, self._beat))

    async def _fresh_on(self) -> None:
        while True:
            if fresh := self._shelf.fresh:
                self._out.say(Fresh(fresh))
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

    def _answer(self, message: Message) -> None:
        """An act may end after the connection that it came by; one whose answer cannot be written has failed."""
        try:
            self._out.say(message)
        except Lost:
            pass
        except Malformed as error:
            log.warning("an answer cannot be written: %s", error)
            if isinstance(message, Done) and message.answer:
                sentence = "What came of it holds what no message can"
                self._answer(Done(message.id, message.number, "failed", sentence, ""))

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
