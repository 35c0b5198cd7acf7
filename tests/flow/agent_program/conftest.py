"""A real server or one moved by hand, virtual phones, and the agent's own program between them."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import uvicorn

from greenroom.agent.drivers.adb.server import AdbServer
from greenroom.agent.program.enrol import enrol
from greenroom.agent.program.identity import load
from greenroom.agent.virtual.fleet import Fleet, Plan, open_fleet
from greenroom.agent.virtual.iphone.device import IPhone
from greenroom.entrypoints.api import create_app
from greenroom.infra.context import House
from greenroom.phones import agents
from greenroom.phones.contracts import NewAgent
from greenroom.wire.limits import LARGEST_FRAME
from tests.flow.agent_program.bench import Bench, open_bench
from tests.flow.agent_program.peer import open_peer
from tests.flow.agent_program.rig import Rig
from tests.support.adb import own_adb
from tests.support.house import Tenant
from tests.support.wait import until_true


@pytest.fixture
async def fleet() -> AsyncIterator[Fleet]:
    found = await open_fleet(Plan(androids=0, iphones=1, small=True))
    yield found
    await found.close()


@pytest.fixture
async def rig(house: House, tenant: Tenant, fleet: Fleet, tmp_path: Path) -> AsyncIterator[Rig]:
    listening = socket.create_server(("127.0.0.1", 0))
    app = create_app(house)
    config = uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1, ws_max_size=LARGEST_FRAME)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[listening]))
    await until_true(lambda: server.started)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    async with tenant.context() as ctx:
        code = (await agents.add_agent(ctx, NewAgent(name="Shelf 1"))).code
    assert await enrol(tmp_path / "agent", address, code) == "Shelf 1"
    (member,) = fleet.members.values()
    assert isinstance(member.device, IPhone)
    yield Rig(tenant, address, app.state.lines, load(tmp_path / "agent"), member.device, tmp_path)
    server.should_exit = True
    await running


@pytest.fixture(scope="session")
async def androids() -> AsyncIterator[Fleet]:
    found = await open_fleet(Plan(androids=2, iphones=1, small=True))
    yield found
    await found.close()


@pytest.fixture(scope="session")
async def adb(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[AdbServer]:
    server = own_adb(tmp_path_factory.mktemp("adb"))
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def bench(androids: Fleet, adb: AdbServer, tmp_path: Path) -> AsyncIterator[Bench]:
    """An agent with two Androids and an iPhone at a server that is moved by hand."""
    async with open_peer() as peer, open_bench(androids, adb, peer, tmp_path) as found:
        yield found
    for member in androids.members.values():
        await member.trouble.clear()
        member.device.handset.phone.rotation = 0
        member.device.handset.key(3)
