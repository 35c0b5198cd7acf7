"""The agent's own program over a real server and a virtual iPhone, to be run and looked at."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from greenroom.agent.program.dial import dial
from greenroom.agent.program.gate import Gate
from greenroom.agent.program.identity import Identity
from greenroom.agent.program.known import Known
from greenroom.agent.program.shelf import Shelf
from greenroom.agent.program.sources import WdaSource
from greenroom.agent.program.stay import stay
from greenroom.agent.virtual.iphone.device import IPhone
from greenroom.kit.chance import Chance
from greenroom.phones import giving, inventory
from greenroom.phones.contracts import Phone
from greenroom.phones.lines import Lines
from tests.support.house import Tenant


@dataclass
class Rig:
    """The server's address and lines, the agent's identity, and the iPhone at its address."""

    tenant: Tenant
    address: str
    lines: Lines
    identity: Identity
    iphone: IPhone
    home: Path
    said: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        return f"http://127.0.0.1:{self.iphone.port}"

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["asyncio.Task[None]"]:
        """The agent's program, until the block ends."""
        gate = Gate()
        shelf = Shelf([Known(WdaSource({self.place: f"http://127.0.0.1:{self.iphone.mjpeg_port}"}))], gate)
        watching = asyncio.create_task(shelf.run())
        staying = asyncio.create_task(
            stay(self.identity, shelf, gate, dial, say=self.said.append, chance=Chance("test"))
        )
        try:
            yield staying
        finally:
            for task in (staying, watching):
                task.cancel()
            await asyncio.wait([staying, watching])

    async def phones(self) -> dict[str, Phone]:
        async with self.tenant.context() as ctx:
            found = await inventory.list_phones(ctx, dict.fromkeys(("state", "tag", "group", "platform")))
        return {one.serial: one for one in found}

    async def arrived(self) -> Phone:
        """The iPhone, once the server knows that it is there and what it is."""
        async with asyncio.timeout(10):
            while True:
                phone = (await self.phones()).get(self.iphone.serial)
                if phone is not None and phone.alive == "live" and self.lines.of(phone.id):
                    return phone
                await asyncio.sleep(0.05)

    async def given(self) -> UUID:
        """The same, the client's."""
        phone = await self.arrived()
        async with self.tenant.context() as ctx:
            await giving.give_phone(ctx, phone.id, self.tenant.client)
        return phone.id
