"""An agent's WebSocket on the server: its phones, pictures and answers in; leases, inputs and orders out."""

import asyncio
import time
from typing import NoReturn

from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect

from greenroom.infra.context import House
from greenroom.infra.http.live import Live
from greenroom.infra.http.network import network_of
from greenroom.kit.errors import TooMany
from greenroom.kit.ids import uuid7
from greenroom.phones import agent_desk, agent_door
from greenroom.phones.agent_door import NO_MESSAGE
from greenroom.phones.agent_notes import Notes
from greenroom.phones.lines import Line, Lines
from greenroom.phones.relay_pace import Bucket, Pace
from greenroom.phones.relay_wire import Ended, leave, receive
from greenroom.wire import binary, control
from greenroom.wire.errors import Malformed
from greenroom.wire.messages import (
    FROM_AGENT,
    Beat,
    Done,
    Fresh,
    InputDone,
    InputRefused,
    LeaseSeen,
    Message,
    PhoneChanged,
    Phones,
    Progress,
    Refused,
    Welcome,
)
from greenroom.wire.version import VERSION

router = APIRouter()

PACE = Pace(messages=20_000, size=100_000_000, burst=3)
"""Sixty phones that send two streams of thirty frames and are acted on need a fifth of it."""
_SILENT = Refused("slow", "Nothing was heard of this agent", again=True)
_TOO_MUCH = Refused("malformed", "This agent sends more than sixty phones could; restart it, or upgrade it", again=True)
_OFTEN = Refused("slow", "Agents of this address connect too often; wait a minute", again=True)
_UNREAD = Refused("slow", "This agent does not read what it is told", again=True)


@router.websocket("/agents/socket")
async def agent_socket(socket: WebSocket) -> None:
    """Browsers have no business here; they say where they come from, and programs do not."""
    state = socket.app.state
    address = network_of(socket.client.host if socket.client else "")
    if "origin" in socket.headers or state.lines.knocks.is_crowded(address):
        await socket.close()
        return
    connection = _Connection(socket, state.house, state.live, state.lines)
    try:
        with state.lines.knocks.from_address(address):
            await socket.accept()
            await connection.sign_in(address)
        await connection.serve()
    except Ended as error:
        await leave(socket, error.refused)
    except WebSocketDisconnect:
        return


class _Connection:
    """One agent, from its first word to its last."""

    def __init__(self, socket: WebSocket, house: House, live: Live, lines: Lines) -> None:
        self._socket, self._house, self._lines = socket, house, lines
        self._id, self._line = uuid7(), Line()
        self._notes = Notes(house, live, lines, self._line, self._id)
        self._bucket = Bucket(PACE, time.monotonic())

    async def sign_in(self, address: str) -> None:
        """Raises Ended, as `serve` does."""
        try:
            await self._socket.app.state.limits.take_address(address)
        except TooMany as error:
            raise Ended(_OFTEN) from error
        self._line.agent, organisation = await agent_door.sign_in(self._socket, self._house, self._id)
        self._notes.of(self._line.agent, organisation)

    async def serve(self) -> None:
        """Once it has signed in."""
        notes = self._notes
        try:
            with self._lines.kept(self._line):
                self._line.put(Welcome(VERSION, agent_desk.BEAT.total_seconds()))
                async with asyncio.TaskGroup() as tasks:
                    for work in (
                        self._read(), self._write(), self._overrun(), notes.write_on(), notes.tell_leases(),
                        notes.hear_news(),
                    ):  # fmt: skip
                        tasks.create_task(work)
        except* (Ended, WebSocketDisconnect) as group:
            raise group.exceptions[0] from group
        finally:
            await asyncio.shield(notes.leave())

    async def _read(self) -> NoReturn:
        """Pictures and answers pass at once; what is to be written down is left to `_note`."""
        while True:
            try:
                async with asyncio.timeout(agent_desk.PATIENCE.total_seconds()):
                    data = await receive(self._socket)
            except TimeoutError as error:
                raise Ended(_SILENT) from error
            if not self._bucket.take(len(data), time.monotonic()):
                raise Ended(_TOO_MUCH)
            try:
                if isinstance(data, bytes):
                    self._picture(data)
                else:
                    await self._hear(control.read(data, FROM_AGENT))
            except Malformed as error:
                raise Ended(NO_MESSAGE) from error

    def _picture(self, data: bytes) -> None:
        phone = self._line.phones.get(binary.read_video(data).phone)
        if phone is not None:
            self._lines.tell(phone, data)

    async def _hear(self, message: Message) -> None:
        match message:
            case Phones(phones):
                self._line.hear(phones, all=True)
                await self._notes.put(message)
            case PhoneChanged(phone):
                self._line.hear((phone,), all=False)
                await self._notes.put(message)
            case Beat():
                self._line.put(message)  # at once: by its echo the agent knows how late is what it is sent
                await self._notes.put(message)
            case Fresh(numbers):
                for fresh in filter(None, map(self._line.phones.get, numbers)):
                    self._lines.tell_fresh(fresh)
            case Done() | Progress() | InputDone() | InputRefused() | LeaseSeen():
                self._pass_on(message)

    def _pass_on(self, message: Done | Progress | InputDone | InputRefused | LeaseSeen) -> None:
        about = self._line.phones.get(message.number)
        if about is not None:
            if isinstance(message, LeaseSeen):
                self._line.passed[about] = message.epoch
            self._lines.tell(about, message)

    async def _write(self) -> NoReturn:
        while True:
            data = await self._line.next()
            if isinstance(data, bytes):
                await self._socket.send_bytes(data)
            elif isinstance(data, InputRefused):
                self._pass_on(data)
            else:
                await self._socket.send_text(data)

    async def _overrun(self) -> NoReturn:
        await self._line.over.wait()
        raise Ended(_UNREAD)
