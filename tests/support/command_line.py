"""The real command line against a real server over TCP, with a proxy between them that can lose answers."""

import asyncio
import json
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import uvicorn

from greenroom.entrypoints.api import create_app
from greenroom.infra.context import House
from greenroom.infra.database import Database
from greenroom.tenancy.token_contracts import NewApiToken
from greenroom.tenancy.tokens import create_token
from tests.support.house import Tenant
from tests.support.wait import until_true

SOURCE = Path(__file__).parents[2] / "src"


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def records(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Terminal:
    """A person's shell: runs `greenroom …` with these variables and no others of ours."""

    config: Path
    variables: dict[str, str] = field(default_factory=dict)

    async def run(self, *arguments: str, stdin: str = "", **variables: str) -> Done:
        process = await self.begin(*arguments, **variables)
        out, err = await asyncio.wait_for(process.communicate(stdin.encode()), 60)
        return Done(process.returncode or 0, out.decode(), err.decode())

    async def begin(self, *arguments: str, **variables: str) -> asyncio.subprocess.Process:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GREENROOM_")}
        environment = clean | {
            "PYTHONPATH": str(SOURCE),
            "GREENROOM_HOME": str(self.config / "home"),
            "XDG_CONFIG_HOME": str(self.config),
            **self.variables,
            **variables,
        }
        pipe = asyncio.subprocess.PIPE
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "greenroom", *arguments, env=environment, stdin=pipe, stdout=pipe, stderr=pipe
        )


@asynccontextmanager
async def served(house: House, port: int = 0) -> AsyncIterator[int]:
    """A server on this port (or a free one) for the time of the block; gives the port."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    listening.listen()
    own = replace(house, database=Database(house.database.url, size=4))  # a server closes its connections for good
    config = uvicorn.Config(create_app(own), log_config=None, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    await until_true(lambda: server.started)
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        await serving
        listening.close()


async def token_of(tenant: Tenant, *scopes: str) -> str:
    async with tenant.context() as ctx:
        return (await create_token(ctx, NewApiToken(name="A terminal", scopes=scopes))).token


class LosingProxy:
    """Passes everything on to `port`, but loses the next `lose` answers to POSTs after the server has given them."""

    def __init__(self, port: int, lose: int) -> None:
        self.lose = lose
        self._port = port
        self._server: asyncio.Server | None = None

    @property
    def address(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def __aenter__(self) -> "LosingProxy":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *error: object) -> None:
        assert self._server is not None
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        behind, out = await asyncio.open_connection("127.0.0.1", self._port)
        last = b""

        async def forward() -> None:
            nonlocal last
            while piece := await reader.read(65536):
                last = piece if piece[:5] in (b"POST ", b"GET /", b"PATCH") else last
                out.write(piece)

        forwarding = asyncio.create_task(forward())
        while piece := await behind.read(65536):
            if last.startswith(b"POST") and self.lose:
                self.lose -= 1
                break
            writer.write(piece)
        forwarding.cancel()
        writer.close()
        out.close()
