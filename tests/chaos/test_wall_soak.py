"""Many phones before several viewers for a long time: everybody sees, a slow one harms nobody, and no memory grows."""

import asyncio
import json
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

import pytest

from greenroom.agent.program.enrol import enrol
from greenroom.phones import agents, giving, inventory, leases
from greenroom.phones.contracts import NewAgent, Phone
from greenroom.tenancy.sign_in import start_session
from tests.chaos.viewer import Mode
from tests.support.figures import Figures
from tests.support.house import Tenant
from tests.support.programs import Program, Programs
from tests.support.wait import until

ROOT = Path(__file__).parents[2]
MODES: tuple[Mode, ...] = ("drive", "watch", "focus", "slow")
MB = 2**20


class Wall:
    """One viewer's process and what it counted."""

    def __init__(self, mode: Mode, process: asyncio.subprocess.Process) -> None:
        self.mode, self.process = mode, process
        self.told: list[dict[str, Any]] = []
        self._listening = asyncio.create_task(self._listen())

    def sum(self, name: str, since: int = 0) -> int:
        return sum(one[name] for one in self.told[since:])

    def rate(self, since: int) -> float:
        """Frames a second; each wall counts seconds of its own."""
        return self.sum("frames", since) / max(1, len(self.told) - since)

    async def end(self) -> None:
        with suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()
        self._listening.cancel()

    async def _listen(self) -> None:
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            self.told.append(json.loads(line))


def resident(pid: int) -> float:
    """Bytes of memory that a process has in RAM, in MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MB


def by_quarters(samples: Sequence[float]) -> list[float]:
    """The median of each quarter of the time; the first is for warming up."""
    size = len(samples) // 4
    return [median(samples[part * size : (part + 1) * size]) for part in range(4)]


class Shelf:
    """Server, agent and phones, each a process of its own."""

    def __init__(self, tenant: Tenant, programs: Programs, home: Path) -> None:
        self.tenant, self._run, self._home = tenant, programs, home
        self.programs: dict[str, Program] = {}

    async def begin(self, count: int) -> None:
        fleet = self._run.run("vphone", "--count", str(count), "--port", "0", "--small", "--json")
        server = self._run.api()
        await asyncio.to_thread(fleet.ready, "}]}", within=200)
        await asyncio.to_thread(server.ready, server.url, within=200)
        phones = json.loads(fleet.said.splitlines()[0])["phones"]
        async with self.tenant.context() as ctx:
            code = (await agents.add_agent(ctx, NewAgent(name="Shelf 1"))).code
        await enrol(self._home / "agent", server.url, code)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = str(free.getsockname()[1])
        dialled = [word for phone in phones for word in ("--connect", phone["address"])]
        home = str(self._home)
        agent = self._run.run("agent", "run", "--adb-port", port, *dialled, GREENROOM_HOME=home)
        self.programs = {"server": server, "agent": agent, "phones": fleet}

    async def end(self) -> None:
        """The agent first and in order: one that is killed leaves its adb server to the next."""
        agent = self.programs.get("agent")
        if agent is not None:
            agent.signal(signal.SIGTERM)
            await asyncio.to_thread(agent.ended)

    async def held(self, count: int) -> list[UUID]:
        """The phones, once all are live; the tenant's client's, and held by its person."""

        async def live() -> list[Phone]:
            async with self.tenant.context() as ctx:
                found = await inventory.list_phones(ctx, {})
            return found if [one.alive for one in found] == ["live"] * count else []

        found = await until(live, within=120)
        async with self.tenant.context() as ctx:
            for one in found:
                await giving.give_phone(ctx, one.id, self.tenant.client)
                await leases.take(ctx, one.id, "person", self.tenant.user)
        return [one.id for one in found]

    @asynccontextmanager
    async def walls(self, phones: Sequence[UUID]) -> AsyncIterator[list[Wall]]:
        address = self.programs["server"].url.replace("http", "ws", 1) + "/api/v1/wall/socket"
        tenant, walls = self.tenant, []
        for mode in MODES:
            cookie = await start_session(tenant.house, tenant.organisation, tenant.user, address="", agent="test")
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.chaos.viewer", address, cookie, mode, *map(str, phones),
                cwd=ROOT, env={**os.environ, "PYTHONPATH": "src"}, stdout=asyncio.subprocess.PIPE,
            )  # fmt: skip
            walls.append(Wall(mode, process))
        try:
            yield walls
        finally:
            for one in walls:
                await one.end()


@pytest.mark.parametrize(
    ("count", "seconds"),
    [
        pytest.param(6, 10, marks=pytest.mark.slow),
        pytest.param(60, 600, marks=[pytest.mark.soak, pytest.mark.timeout(1200)]),
    ],
)
async def test_four_people_watch_for_a_long_time(
    tenant: Tenant, programs: Programs, tmp_path: Path, count: int, seconds: int, figures: Figures
) -> None:
    shelf = Shelf(tenant, programs, tmp_path / "shelf")
    try:
        await shelf.begin(count)
        await watch_for(shelf, count, seconds, figures)
    finally:
        await shelf.end()


async def watch_for(shelf: Shelf, count: int, seconds: int, figures: Figures) -> None:
    phones = await shelf.held(count)
    samples: dict[str, list[float]] = {name: [] for name in shelf.programs}
    async with shelf.walls(phones) as walls:
        await until(lambda: all_told(walls), within=200)
        began = [len(one.told) for one in walls]
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            await asyncio.sleep(seconds / 100)
            for name, program in shelf.programs.items():
                samples[name].append(resident(program.process.pid))
        drive, watch, focus, slow = walls
        for one, first in zip(walls, began, strict=True):
            figures("wall", f"{count} phones for {seconds} s: {one.mode} saw {one.rate(first):.0f} frames a second")
        for name, found in samples.items():
            quarters = ", ".join(f"{one:.0f}" for one in by_quarters(found))
            figures("wall", f"memory of {name} in MB, medians of the quarters: {quarters}")
        assert [one.process.returncode for one in walls] == [None] * len(walls), "one of them was sent away"
    taken, refused = drive.told[-1]["taken"], drive.told[-1]["refused"]
    figures("wall", f"{taken} swipes taken, {refused} inputs refused")
    assert taken
    assert not refused
    # Who reads at once sees what the others see; who reads slowly gets less, and takes nothing from them.
    assert watch.rate(began[1]) > 0.9 * drive.rate(began[0])
    assert slow.rate(began[3]) <= 21
    assert median(one["phones"] for one in watch.told[began[1] :]) == count
    assert focus.sum("bytes", began[2]) > 0
    for name, found in samples.items():
        _, second, _, last = by_quarters(found)
        assert last < 1.05 * second + 5, f"{name} grew: {found}"


async def all_told(walls: Sequence[Wall]) -> bool:
    """Whether every wall had a second in which it saw phones."""
    return all(any(one["frames"] for one in wall.told) for wall in walls)
