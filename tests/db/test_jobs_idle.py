"""A worker that freezes in the midst of a transaction does not keep its locks."""

from dataclasses import replace
from datetime import timedelta

import anyio
import psycopg
import pytest

from greenroom.infra.context import House
from greenroom.infra.jobs import Registry
from greenroom.infra.jobs.worker import Worker
from tests.support.house import Tenant
from tests.support.jobs import PACE


async def test_the_server_ends_a_transaction_that_a_worker_left_standing(house: House, tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        await ctx.db.execute("update client set name = name")
        assert await ctx.db.value("show idle_in_transaction_session_timeout") == "0"
    Worker(house, Registry(), ["io"], pace=replace(PACE, idle_after=timedelta(seconds=1)))
    with pytest.raises(psycopg.errors.IdleInTransactionSessionTimeout):
        await stood_still(tenant)
    async with house.database.transaction() as tx:
        assert await tx.value("show idle_in_transaction_session_timeout") == "1s"


async def stood_still(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        await ctx.db.execute("update client set name = name")
        await anyio.sleep(2)
        await ctx.db.execute("select 1")
