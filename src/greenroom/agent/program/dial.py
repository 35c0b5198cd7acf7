"""The WebSocket to the server, by the library `websockets`."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from greenroom.agent.program.outgoing import Lost
from greenroom.wire.limits import LARGEST_FRAME

_OPEN = 10.0  # seconds
_UNSENT = 128 * 1024  # bytes that the system keeps for a slow line; pictures get old there unseen


class _Socket:
    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection

    async def send(self, data: str | bytes) -> None:
        try:
            await self._connection.send(data)
        except ConnectionClosed as error:
            raise Lost("the connection broke") from error

    async def receive(self) -> str | bytes:
        try:
            return await self._connection.recv()
        except ConnectionClosed as error:
            raise Lost("the connection broke") from error


@asynccontextmanager
async def dial(address: str) -> AsyncIterator[_Socket]:
    """An open connection. Raises Lost where there is none to be had; our own beats tell whether it is alive."""
    try:
        connection = await connect(
            address, open_timeout=_OPEN, ping_interval=None, compression=None, max_size=LARGEST_FRAME, close_timeout=1
        )
    except WebSocketException as error:
        raise Lost(f"the server takes no agents ({error})") from error
    _keep_short(connection.transport.get_extra_info("socket"))
    try:
        yield _Socket(connection)
    finally:
        await connection.close()


def _keep_short(of: socket.socket | None) -> None:
    """Let it take only what it can soon send, where the system knows how."""
    if of is not None and hasattr(socket, "TCP_NOTSENT_LOWAT"):
        of.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _UNSENT)
