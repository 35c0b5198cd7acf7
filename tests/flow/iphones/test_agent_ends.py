"""The agent as a program with an iPhone on USB: what it started ends with it, or with the next one."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator

from greenroom.agent.program.enrol import enrol
from greenroom.infra.context import House
from greenroom.phones import agents, inventory
from greenroom.phones.contracts import NewAgent
from tests.flow.iphones.desk import Desk
from tests.support.house import Tenant
from tests.support.serving import serving
from tests.support.wait import until, until_true


@contextlib.asynccontextmanager
async def agent(desk: Desk) -> AsyncIterator[asyncio.subprocess.Process]:
    command = ("-m", "greenroom", "agent", "run", "--no-adb", "--go-ios", str(desk.folder / "ios"))
    environment = os.environ | {"GREENROOM_HOME": str(desk.folder), "USBMUXD_SOCKET_ADDRESS": desk.mux}
    process = await asyncio.create_subprocess_exec(sys.executable, *command, env=environment)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_what_the_agent_started_ends_with_it_or_with_the_next_one(
    house: House, tenant: Tenant, desk: Desk
) -> None:
    udid = desk.udids[0]
    runner = f"runwda-{udid}"
    desk.change(udid, version="16.7.8")  # needs no tunnel, whose port is the computer's only one
    await desk.plug(udid)
    async with tenant.context() as ctx:
        code = (await agents.add_agent(ctx, NewAgent(name="Shelf 1"))).code

    async def live() -> bool:
        async with tenant.context() as ctx:
            found = await inventory.list_phones(ctx, {})
        return [(one.serial, one.alive) for one in found] == [(udid, "live")]

    async with serving(house) as address:
        await enrol(desk.folder / "agent", address.removesuffix("/api/v1"), code)
        async with agent(desk) as killed:
            await until(live, within=60)
            killed.send_signal(signal.SIGKILL)
            await killed.wait()
        left = desk.running(runner)
        assert left is not None
        async with agent(desk) as stopped:
            await until_true(lambda: desk.running(runner) not in (None, left), within=60)
            assert left not in desk.left()
            assert desk.left() == [desk.running(runner)]
            stopped.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(stopped.wait(), 30) == 0
        assert desk.left() == []
