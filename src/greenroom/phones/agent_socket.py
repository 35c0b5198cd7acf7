"""An agent's WebSocket on the server: the handshake, then its phones and its beats in, leases out."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar
from uuid import UUID

from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect

from greenroom.infra.context import Context, House
from greenroom.infra.http.live import Live
from greenroom.kit.ids import uuid7
from greenroom.phones import agent_desk, lease_store, report
from greenroom.phones.lines import Line, Lines
from greenroom.wire import binary, control
from greenroom.wire.errors import Malformed
from greenroom.wire.messages import (
    FROM_AGENT,
    FROM_STRANGER,
    Beat,
    Challenge,
    Done,
    Hello,
    InputRefused,
    Lease,
    LeaseSeen,
    Message,
    PhoneChanged,
    Phones,
    Proof,
    Refused,
    Welcome,
)
from greenroom.wire.version import VERSION

router = APIRouter()

HANDSHAKE = 10.0
"""Seconds in which an agent has to say who it is."""
MOST_KNOCKING = 100
"""Connections that have not said yet who they are; who comes on top is sent away and tries again."""
RENEWALS = 15.0
"""Seconds after which leases are looked at though nothing was heard: a renewal tells nobody."""
_NO_MESSAGE = Refused("malformed", "This agent sent what is no message; upgrade it, or the server", again=False)
T = TypeVar("T")


class Ended(Exception):
    """The connection is over; `refused` is said to the agent first."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.sentence)
        self.refused = refused


@router.websocket("/agents/socket")
async def agent_socket(socket: WebSocket) -> None:
    """Browsers have no business here; they say where they come from, and programs do not."""
    state = socket.app.state
    if "origin" in socket.headers or state.lines.knocking >= MOST_KNOCKING:
        await socket.close()
        return
    await socket.accept()
    connection = _Connection(socket, state.house, state.live, state.lines)
    try:
        await connection.serve()
    except Ended as error:
        await _leave(socket, error.refused)
    except WebSocketDisconnect:
        return


class _Connection:
    """One agent, from its first word to its last."""

    def __init__(self, socket: WebSocket, house: House, live: Live, lines: Lines) -> None:
        self._socket, self._house, self._live, self._lines = socket, house, live, lines
        self._id, self._line = uuid7(), Line(socket)
        self._agent, self._organisation = UUID(int=0), UUID(int=0)
        self._told: dict[int, tuple[object, ...]] = {}
        self._look = asyncio.Event()

    async def serve(self) -> None:
        try:
            with self._lines.at_the_door():
                async with asyncio.timeout(HANDSHAKE):
                    await self._sign_in()
        except TimeoutError as error:
            raise Ended(Refused("slow", "This agent did not say who it is", again=True)) from error
        try:
            with self._lines.kept(self._line):
                await self._line.say(Welcome(VERSION, agent_desk.BEAT.total_seconds()))
                async with asyncio.TaskGroup() as tasks:
                    for work in (self._read(), self._tell_leases(), self._hear_news()):
                        tasks.create_task(work)
        except* (Ended, WebSocketDisconnect) as group:
            raise group.exceptions[0] from group
        finally:
            await asyncio.shield(self._sign_out())

    async def _sign_in(self) -> None:
        hello = await self._next(Hello)
        refused = agent_desk.check_version(hello)
        if refused is not None:
            raise Ended(refused)
        nonce = secrets.token_hex(32)
        await self._line.say(Challenge(nonce))
        proof = await self._next(Proof)
        async with self._house.database.transaction() as tx:
            ctx = await agent_desk.acting(tx, self._house, hello.agent)
            refused = agent_desk.FORGED
            if ctx is not None:
                refused = await agent_desk.check_proof(ctx, hello.agent, nonce, proof.signature) or (
                    await agent_desk.connect(ctx, hello.agent, self._id, hello.program)
                )
                self._organisation = ctx.organisation
        if refused is not None:
            raise Ended(refused)
        self._agent = hello.agent

    async def _sign_out(self) -> None:
        async with self._house.database.transaction() as tx:
            ctx = await agent_desk.acting(tx, self._house, self._agent)
            if ctx is not None:
                await agent_desk.disconnect(ctx, self._agent, self._id)

    async def _read(self) -> None:
        while True:
            try:
                async with asyncio.timeout(agent_desk.PATIENCE.total_seconds()):
                    data = await _receive(self._socket)
            except TimeoutError as error:
                raise Ended(Refused("slow", "Nothing was heard of this agent", again=True)) from error
            try:
                if isinstance(data, bytes):
                    self._picture(data)
                else:
                    await self._hear(control.read(data, FROM_AGENT))
            except Malformed as error:
                raise Ended(_NO_MESSAGE) from error

    def _picture(self, data: bytes) -> None:
        phone = self._line.phones.get(binary.read_video(data).phone)
        if phone is not None:
            self._lines.tell(phone, data)

    async def _hear(self, message: Message) -> None:
        match message:
            case Beat():
                async with self._acting():
                    """It was heard of, as with everything it says."""
                await self._line.say(message)
            case Phones(phones):
                async with self._acting() as ctx:
                    ids = await report.all_seen(ctx, self._agent, phones)
                self._line.phones = ids
                self._look.set()
            case PhoneChanged(phone):
                async with self._acting() as ctx:
                    id = await report.one_seen(ctx, self._agent, phone)
                if self._line.phones.get(phone.number) != id:
                    self._line.phones[phone.number] = id
                    self._look.set()
            case Done() | InputRefused() | LeaseSeen():
                about = self._line.phones.get(message.number)
                if about is not None:
                    self._lines.tell(about, message)

    @asynccontextmanager
    async def _acting(self) -> AsyncIterator[Context]:
        """A transaction of the agent's, as long as it may enter and this connection speaks for it."""
        async with self._house.database.transaction() as tx:
            ctx = await agent_desk.acting(tx, self._house, self._agent)
            if ctx is None:
                raise Ended(agent_desk.FORGED)
            refused = await agent_desk.beat(ctx, self._agent, self._id)
            if refused is not None:
                raise Ended(refused)
            yield ctx

    async def _hear_news(self) -> None:
        with self._live.hear(self._organisation) as ear:
            while True:
                await ear.wait(RENEWALS)
                ear.take()
                self._look.set()

    async def _tell_leases(self) -> None:
        """What changed of the leases of its phones, as soon as it did."""
        while True:
            await self._look.wait()
            self._look.clear()
            phones = dict(self._line.phones)
            async with self._acting() as ctx:
                rows = {row["phone_id"]: row for row in await lease_store.standings(ctx, phones.values())}
            for number, phone in phones.items():
                row = rows.get(phone)
                if row is None:
                    continue
                now = (phone, row["epoch"], row["held"], row["expires_at"])
                if self._told.get(number) != now:
                    seconds = min(float(row["seconds"]), 86_400.0)
                    await self._line.say(Lease(number, row["epoch"], held=row["held"], seconds=seconds))
                    self._told[number] = now

    async def _next(self, kind: type[T]) -> T:
        try:
            message = control.read(await _receive(self._socket), FROM_STRANGER)
        except Malformed as error:
            raise Ended(_NO_MESSAGE) from error
        if not isinstance(message, kind):
            raise Ended(_NO_MESSAGE)
        return message


async def _receive(socket: WebSocket) -> str | bytes:
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1005))
    text: str | None = message.get("text")
    return text if text is not None else bytes(message["bytes"])


async def _leave(socket: WebSocket, refused: Refused) -> None:
    """Say why, and close; the other end may be gone already."""
    try:
        async with asyncio.timeout(2):
            await socket.send_text(control.write(refused))
            await socket.close(1008)
    except (RuntimeError, WebSocketDisconnect, TimeoutError):
        return
