"""How a transaction ends: nothing that failed inside counts as kept, and nobody waits for a stranger with one open."""

import asyncio
import socket
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from greenroom.infra.database import Database
from greenroom.infra.fetch.call import NotReached, call
from greenroom.infra.fetch.fetch import fetch
from greenroom.infra.open_transactions import TransactionOpen
from greenroom.infra.postgres.addresses import Addresses
from greenroom.infra.settings import Settings
from greenroom.kit.errors import Unavailable
from greenroom.tenancy.webhooks.address import check_address
from tests.support.house import Tenant

SECOND = timedelta(seconds=1)
NOBODY = "http://127.0.0.1:9"
SETTINGS = Settings(home=Path("/nonexistent"), fetch_allow="127.0.0.1:9")


async def test_what_failed_and_was_passed_over_is_an_error_at_the_end(tenant: Tenant) -> None:
    told: list[str] = []

    async def tell() -> None:
        told.append("committed")

    async def pass_over() -> None:
        async with tenant.context() as ctx:
            ctx.db.after_commit(tell)
            await ctx.db.execute("update client set name = 'kept?' where id = %(id)s", {"id": tenant.client})
            with suppress(psycopg.errors.DivisionByZero):
                await ctx.db.execute("select 1 / 0")

    with pytest.raises(psycopg.errors.InFailedSqlTransaction):
        await pass_over()
    assert told == []
    async with tenant.context() as ctx:
        assert await ctx.db.value("select name from client where id = %(id)s", {"id": tenant.client}) != "kept?"


async def test_what_failed_in_a_savepoint_takes_nothing_else_with_it(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        await ctx.db.execute("update client set name = 'kept' where id = %(id)s", {"id": tenant.client})
        with suppress(psycopg.errors.DivisionByZero):
            async with ctx.db.savepoint():
                await ctx.db.execute("select 1 / 0")
    async with tenant.context() as ctx:
        assert await ctx.db.value("select name from client where id = %(id)s", {"id": tenant.client}) == "kept"


async def test_a_connection_that_was_lost_and_passed_over_is_an_error_at_the_end(
    tenant: Tenant, database_urls: Addresses
) -> None:
    async def pass_over() -> None:
        async with tenant.context() as ctx:
            mine = await ctx.db.value("select pg_backend_pid()")
            with psycopg.connect(database_urls.superuser or "", autocommit=True) as other:
                other.execute("select pg_terminate_backend(%s, 5000)", (mine,))
            with suppress(psycopg.OperationalError):
                await ctx.db.execute("select 1")

    with pytest.raises(psycopg.OperationalError, match="nothing was kept"):
        await pass_over()


async def test_a_server_that_is_gone_without_a_word_is_noticed(database_urls: Addresses) -> None:
    database = Database(database_urls.app, size=1)
    await database.open()
    try:
        async with database.transaction() as tx, database.listening() as listening:
            for connection in (tx.connection, listening):
                set_ = connection.info.get_parameters()
                assert (set_["tcp_user_timeout"], set_["keepalives_idle"]) == ("30000", "30")
                with socket.socket(fileno=socket.dup(connection.fileno())) as sock:
                    if sock.family != socket.AF_UNIX:
                        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 30_000
    finally:
        await database.close()


async def test_the_address_says_otherwise_how_soon_it_is_noticed(database_urls: Addresses) -> None:
    url = psycopg.conninfo.make_conninfo(database_urls.app, tcp_user_timeout=5000)
    database = Database(url, size=1)
    await database.open()
    try:
        async with database.transaction() as tx:
            assert tx.connection.info.get_parameters()["tcp_user_timeout"] == "5000"
    finally:
        await database.close()


async def ask() -> None:
    await call(SETTINGS, "GET", NOBODY, limit_bytes=10, within=SECOND)


async def get() -> None:
    await fetch(SETTINGS, NOBODY, limit_bytes=10, within=SECOND, accept=())


async def check() -> None:
    await check_address(SETTINGS, NOBODY)


@pytest.mark.parametrize("speak", [ask, get, check])
async def test_nobody_is_asked_while_a_transaction_is_open(tenant: Tenant, speak) -> None:
    async def within_another() -> None:
        async with tenant.context():
            async with tenant.context():
                """The inner one is over; the outer one is not."""
            await asyncio.create_task(speak())

    with suppress(Unavailable):
        await speak()  # none is open
    with pytest.raises(TransactionOpen, match="before the transaction begins"):
        async with tenant.context():
            await speak()
    with pytest.raises(TransactionOpen):
        await within_another()
    with suppress(Unavailable):
        await speak()


async def test_a_task_that_outlives_the_transaction_may_ask(tenant: Tenant) -> None:
    over = asyncio.Event()

    async def later() -> None:
        await over.wait()
        await ask()

    async with tenant.context():
        task = asyncio.create_task(later())
    over.set()
    with pytest.raises(NotReached):
        await task


async def test_whoever_waits_on_purpose_is_bounded_in_time_and_number(tenant: Tenant) -> None:
    """Of the house's four connections one may be held so; the others go on."""
    database, held, most = tenant.house.database, 0, 0

    async def renew() -> None:
        nonlocal held, most
        async with database.patient(SECOND / 5), tenant.context():
            held, most = held + 1, max(most, held + 1)
            try:
                with suppress(NotReached):
                    await ask()  # excepted here
                await asyncio.sleep(60)
            finally:
                held -= 1

    began = asyncio.get_running_loop().time()
    ended = await asyncio.gather(*(renew() for _ in range(4)), return_exceptions=True)
    assert [type(one) for one in ended] == [TimeoutError] * 4
    assert most == 1
    assert asyncio.get_running_loop().time() - began < 30
    with pytest.raises(TransactionOpen):
        async with tenant.context():
            await ask()
