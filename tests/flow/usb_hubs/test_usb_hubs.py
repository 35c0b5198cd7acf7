"""A USB hub dies: from adb's list of phones through the agent and its line to the alarm that a person reads."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from greenroom.agent.drivers.adb.host import Host
from greenroom.agent.program.dial import dial
from greenroom.agent.program.enrol import enrol
from greenroom.agent.program.gate import Gate
from greenroom.agent.program.identity import load
from greenroom.agent.program.shelf import Shelf
from greenroom.agent.program.sources import AdbSource
from greenroom.agent.program.stay import stay
from greenroom.infra.context import House
from greenroom.kit.chance import Chance
from greenroom.phones import agents
from greenroom.phones.contracts import NewAgent
from greenroom.tenancy.sign_in import start_session
from tests.flow.usb_hubs.fake_adb import FakeAdb
from tests.support.figures import Figures
from tests.support.house import Tenant
from tests.support.serving import serving
from tests.support.wait import until


@pytest.fixture
async def adb() -> AsyncIterator[FakeAdb]:
    found = FakeAdb()
    await found.open()
    yield found
    await found.close()


async def test_a_hub_that_dies_is_one_alarm_that_names_it_and_its_phones(
    house: House, tenant: Tenant, adb: FakeAdb, tmp_path: Path, figures: Figures
) -> None:
    async def start() -> Host:
        return Host(adb.port)

    token = await start_session(house, tenant.organisation, tenant.user, address="", agent="test")
    async with tenant.context() as ctx:
        code = (await agents.add_agent(ctx, NewAgent(name="Shelf 1"))).code
    async with serving(house) as address:
        await enrol(tmp_path, address.removesuffix("/api/v1"), code)
        identity, gate = load(tmp_path), Gate()
        shelf = Shelf([AdbSource(start)], gate)
        work = [
            asyncio.create_task(shelf.run()),
            asyncio.create_task(stay(identity, shelf, gate, dial, say=lambda _: None, chance=Chance("test"))),
        ]
        headers = {"Cookie": f"greenroom={token}"}
        async with httpx.AsyncClient(base_url=address, headers=headers) as browser:

            async def hubs() -> dict[str, Any]:
                items = (await browser.get("/phones/hubs")).raise_for_status().json()["items"]
                found: dict[str, Any] = items[0] if items else {"controllers": [], "alarms": []}
                return found

            async def there(count: int) -> bool:
                (controller,) = (await hubs())["controllers"] or [{"hubs": [], "phones": []}]
                row = [*controller["phones"], *(one for hub in controller["hubs"] for one in hub["phones"])]
                return sum(one["state"] != "offline" for one in row) == count

            try:
                adb.plug(A1="1-4.1", A2="1-4.2", A3="1-4.3", A4="1-4.4", B1="1-5")
                await until(lambda: there(5))
                (controller,) = (await hubs())["controllers"]
                assert (controller["path"], [one["path"] for one in controller["hubs"]]) == ("1", ["1-4"])

                began = time.monotonic()
                adb.unplug("A1", "A2")
                adb.unplug("A3")
                (alarm,) = await until(alarms_of(hubs))
                figures("usb", f"from the cable of a hub to the alarm: {time.monotonic() - began:.2f} s")
                assert alarm["hub"] == "1-4"
                assert [one["port"] for one in alarm["phones"]] == ["1-4.1", "1-4.2", "1-4.3"]
                assert (
                    "from USB hub 1-4 of Shelf 1 within seconds: check the hub's cable and power" in alarm["sentence"]
                )

                adb.unplug("A4")
                await until(lambda: there(1))

                async def four() -> bool:
                    return [len(one["phones"]) for one in (await hubs())["alarms"]] == [4]

                await until(four)
                (wider,) = (await hubs())["alarms"]
                assert (wider["id"], len(wider["phones"])) == (alarm["id"], 4)

                adb.plug(A1="1-4.1", A2="1-4.2", A3="1-4.3", A4="1-4.4")
                await until(lambda: there(5))
                assert (await hubs())["alarms"] == []
            finally:
                for task in work:
                    task.cancel()
                await asyncio.wait(work)


def alarms_of(hubs: Any) -> Any:
    async def look() -> list[Any]:
        found: list[Any] = (await hubs())["alarms"]
        return found

    return look
