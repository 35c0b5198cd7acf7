"""A pooled connection carries no scope to its next user, however the request before it ended."""

import asyncio
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

import psycopg
import pytest

from greenroom.infra.database import Database, Scope, Tx
from greenroom.infra.postgres.addresses import Addresses
from greenroom_dev import ROOT
from tests.db.isolation.declared import SETS_SCOPE
from tests.support.figures import Figures
from tests.support.house import Tenant

REQUESTS = 200
ENDINGS = ("done", "done", "SQL error", "exception", "cancelled in mid-statement", "cancelled at any moment")

LOOK = """select current_setting('gr.organisation', true) as organisation,
                 current_setting('gr.clients', true) as clients,
                 current_setting('gr.actor', true) as actor, pg_backend_pid() as process,
                 (select array_agg(id) from client) as seen"""


class CallerError(Exception):
    """What a caller raises in the middle of its transaction."""


@dataclass
class Ledger:
    """What the requests of one run saw."""

    leaks: list[str] = field(default_factory=list)
    processes: Counter[int] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)

    async def look(self, tx: Tx, tenant: Tenant | None, name: str) -> None:
        """Note whatever is there that is not this tenant's; without one, whatever is there at all."""
        row = await tx.one(LOOK)
        self.processes[row["process"]] += 1
        settings = [row["organisation"] or "", row["clients"] or "", row["actor"] or ""]
        expected = ["", "", ""]
        if tenant is not None:
            expected = [str(tenant.organisation), f"{{{tenant.client}}}", name]
        if settings != expected:
            self.leaks.append(f"{name}: the settings are {settings}")
        if (row["seen"] or []) != ([tenant.client] if tenant else []):
            self.leaks.append(f"{name}: sees clients {row['seen']}")


@pytest.mark.parametrize("size", [1, 4])
async def test_requests_leave_nothing_to_the_next_one(
    database_urls: Addresses,
    tenant: Tenant,
    other_tenant: Tenant,
    size: int,
    figures: Figures,
) -> None:
    database, ledger, random = Database(database_urls.app, size=size), Ledger(), Random(size)
    await database.open()
    try:
        async with asyncio.timeout(110):
            await asyncio.gather(
                *(
                    request(database, ledger, (tenant, other_tenant)[n % 2], random.choice(ENDINGS), random.random(), n)
                    for n in range(REQUESTS)
                )
            )
            async with asyncio.TaskGroup() as group:  # each connection once more, when all is quiet
                for n in range(size):
                    group.create_task(checkout(database, ledger, f"at the end {n}"))
    finally:
        await database.close()
    looks = ledger.processes.total()
    cut = sum(count for ending, count in ledger.ended.items() if ending != "done")
    figures(
        f"isolation pool of {size}",
        f"{REQUESTS} requests of two organisations, {cut} of them cut off, {looks} looks, {len(ledger.leaks)} leaks",
    )
    assert ledger.leaks == []
    assert ledger.ended.keys() == set(ENDINGS)
    assert ledger.ended.total() == REQUESTS
    assert looks > 2 * len(ledger.processes), "connections were not used again, so nothing was shown"


async def request(database: Database, ledger: Ledger, tenant: Tenant, ending: str, moment: float, number: int) -> None:
    """One request: a look at what the connection brings, then work for the tenant that ends in its own way."""
    await checkout(database, ledger, f"checkout {number}")
    sleeping = asyncio.Event()
    work = asyncio.create_task(act(database, ledger, tenant, ending, f"request {number}", sleeping))
    if ending == "cancelled in mid-statement":
        await sleeping.wait()
        await asyncio.sleep(0.01 * moment)
        work.cancel()
    elif ending == "cancelled at any moment":
        await asyncio.sleep(0.2 * moment)
        work.cancel()
    with suppress(CallerError, psycopg.errors.DivisionByZero, asyncio.CancelledError):
        await work
    ledger.ended[ending] += 1


async def checkout(database: Database, ledger: Ledger, name: str) -> None:
    """A request that forgot its scope: it finds no settings and no rows."""
    async with database.transaction() as tx:
        await ledger.look(tx, None, name)


async def act(
    database: Database, ledger: Ledger, tenant: Tenant, ending: str, name: str, sleeping: asyncio.Event
) -> None:
    async with database.transaction(Scope(tenant.organisation, (tenant.client,), name)) as tx:
        await ledger.look(tx, tenant, name)
        await asyncio.sleep(0)
        if ending == "SQL error":
            await tx.execute("select 1 / 0")
        if ending == "exception":
            raise CallerError
        if ending.startswith("cancelled"):
            sleeping.set()
            await tx.execute("select pg_sleep(5)")
        await ledger.look(tx, tenant, name)


async def test_a_scope_ends_with_its_transaction_and_not_with_a_savepoint(tenant: Tenant) -> None:
    """What is undone to a savepoint takes nothing of the scope away, nor does it add to it."""
    async with tenant.context() as ctx:
        with suppress(CallerError):
            async with ctx.db.connection.transaction():
                await ctx.db.execute("select set_config('gr.clients', '{}', true)")
                assert await ctx.db.all("select * from client_access") == []
                raise CallerError
        assert await ctx.db.value("select clients()") == [tenant.client]


async def test_without_a_scope_nothing_is_seen_or_written(tenant: Tenant) -> None:
    for table in ("organisation", "client", "app_user", "client_access", "session", "event", "post", "content"):
        async with tenant.house.database.transaction() as tx:
            assert await tx.all(f"select * from {table}") == []
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with tenant.house.database.transaction() as tx:
            await tx.execute(
                "insert into client (organisation_id, id, name) values (%(organisation)s, gen_random_uuid(), 'Mine')",
                {"organisation": tenant.organisation},
            )


async def test_another_organisation_is_neither_seen_nor_written(tenant: Tenant, other_tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        assert {row["id"] for row in await ctx.db.all("select id from client")} == {tenant.client}
        taken = await ctx.db.execute("update client set name = 'taken' where id = %(id)s", {"id": other_tenant.client})
        assert taken == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with tenant.context() as ctx:
            await ctx.db.execute("update client set organisation_id = %(other)s", {"other": other_tenant.organisation})


def test_a_scope_is_set_for_the_transaction_only_and_where_declared() -> None:
    """One that is set for the session would go to the next user of the connection."""
    setting = re.compile(r"set_config\(\s*'gr\.|\bset\s+(session\s+|local\s+)?gr\.", re.IGNORECASE)
    source = ROOT / "src" / "greenroom"
    texts = {
        file.relative_to(source).as_posix(): text
        for file in source.rglob("*")
        if file.suffix in (".py", ".sql") and setting.search(text := file.read_text(encoding="utf-8"))
    }
    assert texts.keys() == SETS_SCOPE.keys()
    for name, text in texts.items():
        assert not re.search(r"set_config\([^;]*?, false\)|\bset\s+(session\s+)?gr\.", text), (
            f"{name} sets it for the session"
        )
