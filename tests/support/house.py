"""A house over a fresh database, an organisation with people in it, and contexts for them."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from greenroom.infra.context import Actor, Context, House
from greenroom.infra.database import Database, Scope
from greenroom.infra.http.steps import Steps
from greenroom.infra.postgres.addresses import Addresses
from greenroom.infra.settings import Settings
from greenroom.infra.store import open_store
from greenroom.infra.vault.master import master_key
from greenroom.infra.vault.vault import Vault
from greenroom.kit.clock import Clock, SystemClock
from greenroom.kit.ids import uuid7
from greenroom.tenancy import store
from greenroom.tenancy.rules import PERMISSIONS

START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Tenant:
    """An organisation with one client and a super user, and the way to act for it."""

    house: House
    organisation: UUID
    client: UUID
    user: UUID

    @asynccontextmanager
    async def context(self, *, clock: Clock | None = None, clients: tuple[UUID, ...] = ()) -> AsyncIterator[Context]:
        """A context of the super user in a transaction that is committed at the end."""
        seen = clients or (self.client,)
        actor = Actor("user", self.user, "Ada")
        async with self.house.database.transaction(Scope(self.organisation, seen, str(actor))) as tx:
            yield Context(
                self.organisation, seen, seen[0], actor, tx, clock or self.house.clock, self.house,
                {client: frozenset(PERMISSIONS) for client in seen}, whole=True,
            )  # fmt: skip

    @asynccontextmanager
    async def steps(self) -> AsyncIterator[Steps]:
        """The super user's transactions of one act that asks other servers; the last is committed at the end."""
        async with AsyncExitStack() as ending:
            yield Steps(self.house, self.context, lambda: ending.enter_async_context(self.context()))


@pytest.fixture
async def house(database_urls: Addresses, tmp_path: Path) -> AsyncIterator[House]:
    """The parts of a process over this test's database, opened."""
    settings = Settings(home=tmp_path / "home", render_profile="draft")
    vault = Vault(master_key(settings))
    made = House(settings, Database(database_urls.app, size=4), open_store(settings), SystemClock(), vault)
    await made.database.open()
    await vault.start(made.database)
    yield made
    await made.database.close()


@pytest.fixture
async def tenant(house: House) -> Tenant:
    return await make_tenant(house, "Blue Door")


@pytest.fixture
async def other_tenant(house: House) -> Tenant:
    """Another organisation in the same database, which must never be seen from the first."""
    return await make_tenant(house, "Red Gate")


async def make_tenant(house: House, name: str, *, zone: str = "Europe/Berlin") -> Tenant:
    organisation, client, user = uuid7(), uuid7(), uuid7()
    async with house.database.transaction(Scope(organisation, (client,), "system:test")) as tx:
        await store.add_organisation(tx, {"id": organisation, "name": name, "zone": zone, "demo": False})
        await store.add_client(
            tx, organisation, {"id": client, "name": f"{name} One", "colour": "#3f6b4f", "zone": zone}
        )
        await store.add_user(
            tx,
            organisation,
            {"id": user, "email": f"ada@{organisation.hex[:8]}.example", "name": "Ada", "role": "super",
             "status": "active", "zone": zone},
        )  # fmt: skip
    return Tenant(house, organisation, client, user)
