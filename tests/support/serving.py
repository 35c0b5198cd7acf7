"""A real HTTP server in this process, for what only a real connection shows: streams, disconnects."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn

from greenroom.entrypoints.api import create_app
from greenroom.infra.context import House
from greenroom.wire.limits import LARGEST_FRAME
from tests.support.wait import until_true


@asynccontextmanager
async def serving(house: House) -> AsyncIterator[str]:
    """The API's address on a server that runs until the block ends."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        create_app(house), log_config=None, timeout_graceful_shutdown=1, ws_max_size=LARGEST_FRAME,
        ws_per_message_deflate=False,
    )  # fmt: skip
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[listening]))
    await until_true(lambda: server.started)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/api/v1"
    finally:
        server.should_exit = True
        await running
