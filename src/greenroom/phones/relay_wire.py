"""A WebSocket of phones, whoever is at its other end: what it says next, and how it is told that it is over."""

import asyncio

from fastapi import WebSocket
from starlette.websockets import WebSocketDisconnect

from greenroom.wire import control
from greenroom.wire.messages import Refused


class Ended(Exception):
    """The connection is over; `refused` is said to the other end first."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.sentence)
        self.refused = refused


async def receive(socket: WebSocket) -> str | bytes:
    """The next message. Raises WebSocketDisconnect."""
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1005))
    text: str | None = message.get("text")
    return text if text is not None else bytes(message["bytes"])


async def leave(socket: WebSocket, refused: Refused) -> None:
    """Say why, and close; the other end may be gone already."""
    try:
        async with asyncio.timeout(2):
            await socket.send_text(control.write(refused))
            await socket.close(1008)
    except (RuntimeError, WebSocketDisconnect, TimeoutError):
        return
