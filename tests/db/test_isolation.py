"""Row-level security from the first table: without a scope nothing, with one only its rows. A shape for the matrix."""

import psycopg
import pytest

from greenroom.infra.context import House
from greenroom.infra.database import Scope
from greenroom.infra.postgres.addresses import Addresses
from tests.support.house import Tenant

# Tables without a tenant, and why that is right.
GLOBAL = {
    "migration": "which migrations ran; the application has no right to it",
    "reader_key": "today's key for telling readers apart; thrown away daily, names nobody",
    "reader_seen": "keyed hashes of the last half hour, which name neither reader nor tenant",
    "throttle": "failed sign-ins happen before any tenant is known; keys are hashes",
}


async def test_every_table_forces_row_level_security(database_urls: Addresses) -> None:
    assert database_urls.superuser is not None
    with psycopg.connect(database_urls.superuser) as connection:
        rows = connection.execute(
            """select c.relname, c.relrowsecurity, c.relforcerowsecurity from pg_class c
               join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'gr' and c.relkind in ('r', 'p')"""
        ).fetchall()
    open_tables = {name for name, enabled, forced in rows if not (enabled and forced)}
    engine = {name for name in open_tables if name.startswith("pgqueuer")}
    assert open_tables - engine - set(GLOBAL) == set()


async def test_the_application_owns_nothing_and_cannot_step_around(house: House) -> None:
    async with house.database.transaction() as tx:
        role = await tx.one("select rolsuper, rolbypassrls from pg_roles where rolname = current_user")
        owned = await tx.value(
            "select count(*) from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = current_user"
        )
    assert role == {"rolsuper": False, "rolbypassrls": False}
    assert owned == 0
    for statement in (
        "set role greenroom_owner",
        "set role greenroom_lookup",
        "alter table client disable row level security",
    ):
        with pytest.raises(psycopg.Error):
            async with house.database.transaction() as tx:
                await tx.execute(statement)


async def test_without_a_scope_nothing_is_seen(tenant: Tenant) -> None:
    async with tenant.house.database.transaction() as tx:
        for table in ("organisation", "client", "app_user", "client_access", "session", "event"):
            assert await tx.all(f"select * from {table}") == []


async def test_another_organisation_is_neither_seen_nor_written(tenant: Tenant, other_tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        assert {row["id"] for row in await ctx.db.all("select id from client")} == {tenant.client}
        taken = await ctx.db.execute("update client set name = 'taken' where id = %(id)s", {"id": other_tenant.client})
        assert taken == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with tenant.context() as ctx:
            await ctx.db.execute("update client set organisation_id = %(other)s", {"other": other_tenant.organisation})


async def test_a_pooled_connection_carries_no_scope_to_its_next_user(tenant: Tenant) -> None:
    house = tenant.house
    scope = Scope(tenant.organisation, (tenant.client,), "user:x")
    for _ in range(8):
        with pytest.raises(psycopg.errors.DivisionByZero):
            async with house.database.transaction(scope) as tx:
                await tx.execute("select 1 / 0")
        async with house.database.transaction() as tx:
            assert await tx.value("select organisation()") is None
            assert await tx.all("select * from client") == []
