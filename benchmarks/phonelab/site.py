"""A Greenroom server and its agent, each a process of its own, with the phones of a fleet in one person's hands."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import httpx
import psutil

from benchmarks.free_port import free_port
from benchmarks.phonelab.fleet import ROOT, Fleet
from greenroom.agent.program.enrol import enrol
from greenroom.entrypoints.house import make_house, opened
from greenroom.infra.migrate import migrate
from greenroom.infra.postgres.server import EmbeddedPostgres
from greenroom.infra.settings import Settings
from greenroom.phones import agents, giving, inventory, leases
from greenroom.phones.contracts import NewAgent, Phone
from greenroom.tenancy.sign_in import start_session
from tests.support.house import Tenant, make_tenant

PATIENCE = 90.0


@dataclass(frozen=True, slots=True)
class Site:
    """`phones`: serial numbers to ids; all held by the session's person."""

    address: str
    cookie: str
    phones: Mapping[str, UUID]
    adb_port: int
    server: psutil.Process
    agent: psutil.Process

    @property
    def wall(self) -> str:
        return f"{self.address.replace('http', 'ws', 1)}/api/v1/wall/socket"


@contextmanager
def running_postgres(scratch: Path) -> Iterator[EmbeddedPostgres]:
    """A database of the benchmark's own, with the present schema."""
    server = EmbeddedPostgres(scratch / "postgres")
    migrate(server.start().owner)
    try:
        yield server
    finally:
        server.remove()


@asynccontextmanager
async def running_site(postgres: EmbeddedPostgres, fleet: Fleet, scratch: Path) -> AsyncIterator[Site]:
    """Once every phone of the fleet is live and taken."""
    addresses, port, adb_port = postgres.start(), free_port(), free_port()
    home = scratch / f"site-{port}"
    environment = {
        "GREENROOM_HOME": str(home), "GREENROOM_DATABASE_URL": addresses.app,
        "GREENROOM_OWNER_DATABASE_URL": addresses.owner, "GREENROOM_PORT": str(port),
    }  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    async with opened(make_house(Settings(home=home), addresses.app, connections=2)) as house:
        with _program(["api"], environment) as server:
            await _answers(address, server)
            tenant = await make_tenant(house, f"Bench {port}")
            async with tenant.context() as ctx:
                code = (await agents.add_agent(ctx, NewAgent(name="Bench"))).code
            await enrol(home / "agent", address, code)
            dialled = [word for one in fleet.phones for word in ("--connect", one.address)]
            with _program(["agent", "run", "--adb-port", str(adb_port), *dialled], environment) as agent:
                phones = await _taken(tenant, len(fleet.phones))
                cookie = await start_session(house, tenant.organisation, tenant.user, address="", agent="bench")
                yield Site(address, cookie, phones, adb_port, server, agent)


async def _taken(tenant: Tenant, count: int) -> dict[str, UUID]:
    """All phones, once they are live: given to the client, and held."""
    found: list[Phone] = []
    async with asyncio.timeout(PATIENCE):
        while len(found) < count:
            await asyncio.sleep(0.2)
            found = await _live(tenant)
    async with tenant.context() as ctx:
        await giving.give_phones(ctx, [one.id for one in found], tenant.client)
    async with tenant.context() as ctx:
        for one in found:
            await leases.take(ctx, one.id, "person", tenant.user)
    return {one.serial: one.id for one in found}


async def _live(tenant: Tenant) -> list[Phone]:
    async with tenant.context() as ctx:
        return [one for one in await inventory.list_phones(ctx, {}) if one.alive == "live"]


async def _answers(address: str, process: psutil.Process) -> None:
    deadline = time.monotonic() + PATIENCE
    async with httpx.AsyncClient() as client:
        while time.monotonic() < deadline and process.is_running():
            try:
                await client.get(f"{address}/api/v1/health")
                return
            except httpx.HTTPError:
                await asyncio.sleep(0.1)
    raise RuntimeError(f"no answer at {address}")


@contextmanager
def _program(words: list[str], environment: Mapping[str, str]) -> Iterator[psutil.Process]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GREENROOM_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "greenroom", *words],
        cwd=ROOT, env=kept | {"PYTHONPATH": str(ROOT / "src")} | dict(environment), stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield psutil.Process(process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
