"""Nothing that was asked for is forgotten: lost doorbells ring again, dead workers' doorbells go to the living."""

import asyncio
from uuid import uuid4

from greenroom.infra.context import House
from greenroom.infra.jobs import JobRun, Registry
from greenroom.infra.jobs.reconcile import prune_log, reconcile
from greenroom.infra.postgres.addresses import Addresses
from tests.support.house import Tenant
from tests.support.jobs import enqueued, reached, seen, working


async def once(run: JobRun) -> None: ...


def registry() -> Registry:
    made = Registry()
    made.add("toy.once", once)
    return made


async def age(tenant: Tenant) -> None:
    """As if everything had happened a minute ago."""
    async with tenant.context() as ctx:
        await ctx.db.execute("update job set updated_at = updated_at - interval '1 minute'")


async def bells(tenant: Tenant) -> int:
    async with tenant.context() as ctx:
        return int(await ctx.db.value("select count(*) from pgq.pgqueuer"))


async def test_a_live_job_without_a_doorbell_rings_again(tenant: Tenant, other_tenant: Tenant, house: House) -> None:
    lost = [await enqueued(tenant, "toy.once"), await enqueued(other_tenant, "toy.once")]
    async with tenant.context() as ctx:
        await ctx.db.execute("delete from pgq.pgqueuer")
    await reconcile(house)
    assert await bells(tenant) == 0  # it may still be on its way
    await age(tenant)
    await age(other_tenant)
    await reconcile(house)
    await reconcile(house)
    assert await bells(tenant) == 2
    async with working(house, registry()):
        await reached(tenant, lost[0], "done")
        await reached(other_tenant, lost[1], "done")


async def test_ended_jobs_and_those_with_a_doorbell_are_left_alone(tenant: Tenant, house: House) -> None:
    ended, _ = await enqueued(tenant, "toy.once"), await enqueued(tenant, "toy.once")
    async with tenant.context() as ctx:
        await ctx.db.execute("update job set state = 'failed', ended_at = now() where id = %(id)s", {"id": ended})
        await ctx.db.execute(
            "delete from pgq.pgqueuer where id = (select doorbell from job where id = %(id)s)", {"id": ended}
        )
    await age(tenant)
    await reconcile(house)
    assert await bells(tenant) == 1


async def test_a_dead_workers_doorbell_goes_to_the_living(tenant: Tenant, house: House) -> None:
    """Its heartbeat is fresh, but nobody holds its lock."""
    id = await enqueued(tenant, "toy.once")
    async with tenant.context() as ctx:
        await ctx.db.execute(
            """update pgq.pgqueuer
               set status = 'picked', queue_manager_id = %(dead)s, heartbeat = now() + interval '1 day'""",
            {"dead": uuid4()},
        )
    async with working(house, registry()):
        await asyncio.sleep(1)
        assert (await seen(tenant, id)).state == "queued"
        await reached(tenant, id, "done")


async def test_the_engines_log_keeps_a_day(tenant: Tenant, house: House) -> None:
    async with working(house, registry()):
        await reached(tenant, await enqueued(tenant, "toy.once"), "done")
    async with tenant.context() as ctx:
        assert await ctx.db.value("select count(*) from pgq.pgqueuer_log") == 1
    await prune_log(house)
    async with tenant.context() as ctx:
        assert await ctx.db.execute("update pgq.pgqueuer_log set created = now() - interval '25 hours'") == 1
    await prune_log(house)
    async with tenant.context() as ctx:
        assert await ctx.db.value("select count(*) from pgq.pgqueuer_log") == 0


async def test_what_looks_across_tenants_gives_only_where_to_look(tenant: Tenant, database_urls: Addresses) -> None:
    async with tenant.context() as ctx:
        for call in ("jobs_without_doorbell(1)", "jobs_interrupted('{}', '{}')"):
            cursor = await ctx.db.connection.execute(f"select * from {call}")
            assert [column.name for column in cursor.description or ()] == ["organisation_id", "client_id", "id"]
