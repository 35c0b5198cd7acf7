"""A wall's WebSocket: the phones that a person watches and acts on, their pictures out, what is done to them in."""

import asyncio
import time

from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect

from greenroom.infra.http.context import Identity
from greenroom.phones import wall_door
from greenroom.phones.relay_pace import Bucket, Pace
from greenroom.phones.relay_wire import Ended, leave, receive
from greenroom.phones.wall_acts import Acts
from greenroom.phones.wall_orders import Orders
from greenroom.phones.wall_outbox import Outbox
from greenroom.phones.wall_parts import Parts
from greenroom.phones.wall_view import BEAT, View
from greenroom.wire import binary, control
from greenroom.wire.binary import Input
from greenroom.wire.errors import Malformed
from greenroom.wire.limits import LARGEST_CONTROL
from greenroom.wire.messages import FROM_WALL, Beat, Do, Message, Open, Refresh, Refused, Shown, Want, Watch, Welcome
from greenroom.wire.version import VERSION

router = APIRouter()

HANDSHAKE = 10.0
"""Seconds in which a page has to say that it is a wall."""
PATIENCE = 90.0
"""Seconds after which a wall of which nothing is heard is over; a browser lets a page that nobody sees speak once a
minute."""
PACE = Pace(messages=3_000, size=2_000_000, burst=5)
"""A swipe with a hundred touches on each of sixty phones comes in one go."""

_NO_MESSAGE = Refused("malformed", "This page sent what is no message; load it again", again=False)
_TOO_LONG = Refused("malformed", "This page sent a message that is too long; load it again", again=False)
_TOO_MUCH = Refused("malformed", "This page sends too much at once; load it again", again=True)
_OLD_PAGE = Refused("version", "Greenroom was upgraded; load this page again", again=False)
_SILENT = Refused("slow", "Nothing was heard of this page", again=True)
_UNREAD = Refused("slow", "This page does not read what it is told", again=True)


@router.websocket("/wall/socket")
async def wall_socket(socket: WebSocket) -> None:
    """For browsers: the session's cookie says who it is, and only pages of this installation may open it."""
    if not wall_door.from_own_page(socket):
        await socket.close()
        return
    await socket.accept()
    try:
        identity = await wall_door.enter(socket)
        parts: Parts = socket.app.state.wall
        with parts.doors.entered(identity.user):
            await _Wall(socket, parts, identity).serve()
    except Ended as error:
        await leave(socket, error.refused)
    except WebSocketDisconnect:
        return


class _Wall:
    """One wall, from its first word to its last."""

    def __init__(self, socket: WebSocket, parts: Parts, identity: Identity) -> None:
        self._socket, self._organisation = socket, identity.organisation
        self._out, self._bucket = Outbox(), Bucket(PACE, time.monotonic())
        self._acts = Acts(parts.lines, parts.answers, parts.fingers, self._out.put)
        self._orders = Orders(parts, self._acts, self._out.put)
        self._view = View(parts, self._out, self._acts, identity, lambda: wall_door.identify(socket))

    async def serve(self) -> None:
        opened = await self._heard(HANDSHAKE)
        if not isinstance(opened, Open):
            raise Ended(_NO_MESSAGE)
        if opened.version != VERSION:
            raise Ended(_OLD_PAGE)
        self._out.put(Welcome(VERSION, BEAT))
        view = self._view
        try:
            async with asyncio.TaskGroup() as tasks:
                for work in (
                    self._read(), self._out.empty(self._socket), self._overrun(), view.look_on(),
                    view.hear_news(self._organisation), view.ask_on(), view.keep_on(),
                ):  # fmt: skip
                    tasks.create_task(work)
        except* (Ended, WebSocketDisconnect) as group:
            raise group.exceptions[0] from group
        finally:
            view.close()
            self._acts.close()

    async def _read(self) -> None:
        while True:
            heard = await self._heard(PATIENCE)
            if isinstance(heard, Input):
                phone = self._view.phone(heard.phone)
                if self._acts.is_new(phone, heard.epoch):
                    await self._view.look_soon()
                self._acts.press(phone, heard)
            elif isinstance(heard, Do):
                await self._do(heard)
            else:
                self._hear(heard)

    def _hear(self, message: Message) -> None:
        view = self._view
        match message:
            case Beat():
                self._out.put(message)
            case Want(phones):
                view.want(phones)
            case Watch(number, quality, stills) if number in view.tiles:
                view.tiles[number].watch(quality, stills=stills)
            case Refresh(number) if number in view.tiles:
                view.tiles[number].refresh()
            case Shown(frames):
                now = time.monotonic()
                for one in frames:
                    if one.number in view.tiles:
                        view.tiles[one.number].shown(one.sequence, now)

    async def _do(self, order: Do) -> None:
        phone = self._view.phone(order.number)
        if self._acts.is_new(phone, order.epoch):
            await self._view.look_soon()
        judged = self._acts.judged(phone, order)
        if judged is not None and phone is not None:
            await self._orders.start(self._view.identity, phone, judged)

    async def _heard(self, patience: float) -> Message | Input:
        """What the wall says next. Raises Ended where it says nothing, nonsense or too much."""
        try:
            async with asyncio.timeout(patience):
                data = await receive(self._socket)
        except TimeoutError as error:
            raise Ended(_SILENT) from error
        if len(data) > LARGEST_CONTROL:
            raise Ended(_TOO_LONG)
        if not self._bucket.take(len(data), time.monotonic()):
            raise Ended(_TOO_MUCH)
        try:
            return binary.read_input(data) if isinstance(data, bytes) else control.read(data, FROM_WALL)
        except Malformed as error:
            raise Ended(_NO_MESSAGE) from error

    async def _overrun(self) -> None:
        await self._out.over.wait()
        raise Ended(_UNREAD)
