"""The agent's own program over a real server and a virtual iPhone, to be run and looked at."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from greenroom.agent.program.identity import Identity
from greenroom.agent.program.known import Known
from greenroom.agent.virtual.iphone.device import IPhone
from greenroom.phones import giving, inventory
from greenroom.phones.contracts import Phone
from greenroom.phones.lines import Lines, News
from tests.support.house import Tenant
from tests.support.running_agent import HERE, iphones_of, running_agent


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
        return f"http://{HERE}:{self.iphone.port}"

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["asyncio.Task[None]"]:
        """The agent's program, until the block ends."""
        async with running_agent(self.identity, [Known(iphones_of([self.iphone]))], say=self.said.append) as agent:
            yield agent.staying

    @contextlib.contextmanager
    def listening(self, phone: UUID, news: News) -> Iterator[None]:
        """As a wall does, until the block ends."""
        self.lines.listen(phone, news)
        try:
            yield
        finally:
            self.lines.stop(phone, news)

    async def phones(self) -> dict[str, Phone]:
        async with self.tenant.context() as ctx:
            found = await inventory.list_phones(ctx, dict.fromkeys(("state", "tag", "group", "platform")))
        return {one.serial: one for one in found}

    async def arrived(self) -> Phone:
        """The iPhone, once the server knows that it is there and what it is."""
        async with asyncio.timeout(30):
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
