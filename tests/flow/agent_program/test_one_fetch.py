"""A file for many phones of one agent leaves the server once; each shows by its own path that it may have it."""

import asyncio
import contextlib
import os
import re
import socket
import time
from collections import Counter
from collections.abc import AsyncIterator, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from greenroom.agent.drivers.adb.server import AdbServer
from greenroom.agent.program.enrol import enrol
from greenroom.agent.program.identity import load
from greenroom.agent.program.known import Known
from greenroom.agent.virtual.android.device import Android
from greenroom.agent.virtual.fleet import Fleet, Plan, open_fleet
from greenroom.entrypoints.api import create_app
from greenroom.infra.context import House
from greenroom.phones import agents, giving, inventory, leases
from greenroom.phones.contracts import NewAgent, Phone
from greenroom.tenancy.sign_in import start_session
from greenroom.wire.limits import LARGEST_FRAME
from greenroom.wire.messages import Do, Done, Progress
from tests.support.adb import own_adb
from tests.support.figures import Figures
from tests.support.house import Tenant
from tests.support.running_agent import androids_of, plug, running_agent
from tests.support.wait import until, until_true
from tests.support.walls import opened

PHONES = int(os.environ.get("ONE_FETCH_PHONES", "3"))
SIZE = int(os.environ.get("ONE_FETCH_BYTES", "3000000"))
TRANSFER = re.compile(r"/api/v1/agents/transfers/")


@dataclass
class Counting:
    """The server's program, with how many bytes it sent to agents' transfers, by status of the answer."""

    app: Any
    sent: Counter[int] = field(default_factory=Counter)
    asked: Counter[int] = field(default_factory=Counter)

    async def __call__(self, scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        status = 0

        async def counted(message: MutableMapping[str, Any]) -> None:
            nonlocal status
            status = message.get("status", status)
            if message["type"] == "http.response.start":
                self.asked[status] += 1
            self.sent[status] += len(message.get("body", b""))
            await send(message)

        counts = scope["type"] == "http" and TRANSFER.match(scope["path"])
        await self.app(scope, receive, counted if counts else send)


@contextlib.asynccontextmanager
async def counting(house: House) -> AsyncIterator[tuple[Counting, str]]:
    """The server and its address, until the block ends."""
    app = Counting(create_app(house))
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, log_config=None, timeout_graceful_shutdown=1, ws_max_size=LARGEST_FRAME, ws_per_message_deflate=False
    )
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[listening]))
    await until_true(lambda: server.started)
    yield app, f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    await running


@pytest.fixture
async def many() -> AsyncIterator[Fleet]:
    found = await open_fleet(Plan(androids=PHONES, small=True))
    yield found
    await found.close()


@pytest.fixture
async def own(tmp_path: Path) -> AsyncIterator[AdbServer]:
    server = own_adb(tmp_path)
    yield server
    await server.stop()


async def all_live(tenant: Tenant) -> list[Phone]:
    async def look() -> list[Phone]:
        async with tenant.context() as ctx:
            found = await inventory.list_phones(ctx, {})
        return found if sum(one.alive == "live" for one in found) == PHONES else []

    return await until(look, within=30)


async def test_a_file_for_many_phones_leaves_the_server_once(
    house: House, tenant: Tenant, many: Fleet, own: AdbServer, tmp_path: Path, figures: Figures
) -> None:
    data = os.urandom(SIZE)
    async with counting(house) as (server, address):
        async with tenant.context() as ctx:
            code = (await agents.add_agent(ctx, NewAgent(name="Shelf 1"))).code
        await enrol(tmp_path / "agent", address, code)
        async with running_agent(load(tmp_path / "agent"), [Known(androids_of(own, tmp_path))]):
            for member in many.members.values():
                await plug(own, member)
            phones = [one.id for one in await all_live(tenant)]
            async with tenant.context() as ctx:
                for phone in phones:
                    await giving.give_phone(ctx, phone, tenant.client)
            async with tenant.context() as ctx:
                epochs = {phone: (await leases.take(ctx, phone, "person", tenant.user)).epoch for phone in phones}
            cookie = await start_session(house, tenant.organisation, tenant.user, address="", agent="test")
            async with opened(f"{address}/api/v1", cookie) as wall:
                numbers = await wall.want(*phones)
                sent = await _sent(address, cookie, data)
                began = time.monotonic()
                for id, phone in enumerate(phones, 1):
                    await wall.say(Do(id, numbers[phone], epochs[phone], "push", sent, len(phones)))
                await wall.until(lambda: len(wall.of(Done)) == PHONES, 300)
                took = time.monotonic() - began
                assert {(one.kind, one.sentence) for one in wall.of(Done)} == {("", "")}
                for number in numbers.values():
                    percents = [one.percent for one in wall.of(Progress) if one.number == number]
                    assert percents == sorted(percents)
                    assert percents[-1] == 100
    for member in many.members.values():
        assert isinstance(member.device, Android)
        assert bytes(member.device.disk.read("/sdcard/Download/load.bin")) == data
    figures("files", f"{SIZE / 1e6:.0f} MB on {PHONES} phones: {sum(server.sent.values()) / 1e6:.1f} MB left the server"
                     f" in {took:.1f} s; answers {dict(server.asked)}")  # fmt: skip
    assert server.sent[200] == SIZE
    assert server.asked == {200: 1, 304: PHONES - 1}


async def _sent(address: str, cookie: str, data: bytes) -> str:
    import httpx

    async with httpx.AsyncClient(headers={"Cookie": f"greenroom={cookie}"}) as ada:
        answer = await ada.post(f"{address}/api/v1/phones/files", params={"name": "load.bin"}, content=data)
        return str(answer.raise_for_status().json()["id"])
