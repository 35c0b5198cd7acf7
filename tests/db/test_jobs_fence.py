"""A run that was given up and comes back can write nothing: not to the job, not to its records, not to the engine."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from pgqueuer.domain import models, types
from pgqueuer.ports.repository import EntrypointExecutionParameter

from greenroom.infra import jobs
from greenroom.infra.context import House
from greenroom.infra.jobs import Fenced, JobCancelled, JobRun, Registry, store
from greenroom.infra.jobs.driver import LastingDriver
from greenroom.infra.jobs.engine import make_manager
from greenroom.infra.jobs.fenced import FencedQueries
from greenroom.infra.jobs.ledger import Ledger
from greenroom.infra.jobs.liveness import hold_lock
from greenroom.infra.jobs.registry import Kind
from greenroom.infra.jobs.watch import Watch
from tests.support.house import Tenant
from tests.support.jobs import PACE, enqueued, reached, seen, working
from tests.support.wait import until


async def nothing(run: JobRun) -> None: ...


KIND = Kind("toy.once", nothing, "io", 3)


async def begun(tenant: Tenant) -> tuple[Ledger, JobRun]:
    ledger = await ledger_of(tenant, await enqueued(tenant, KIND.name))
    run = await ledger.begin()
    assert run is not None
    return ledger, run


async def ledger_of(tenant: Tenant, job: UUID) -> Ledger:
    async with tenant.context() as ctx:
        doorbell = await ctx.db.value("select doorbell from job where id = %(id)s", {"id": job})
    return Ledger(tenant.house, KIND, doorbell, (tenant.organisation, tenant.client, job))


async def test_the_second_start_fences_the_first(tenant: Tenant) -> None:
    ledger, first = await begun(tenant)
    second = await ledger.begin()
    assert second is not None
    assert second.job.epoch == first.job.epoch + 1
    with pytest.raises(Fenced):
        async with first.context():
            pytest.fail("a fenced run must not get a context")
    with pytest.raises(Fenced):
        first.check()
    async with second.context() as ctx:
        assert ctx.client == tenant.client
    second.check()


async def test_a_stale_run_neither_ends_nor_postpones_nor_reports(tenant: Tenant) -> None:
    ledger, first = await begun(tenant)
    second = await ledger.begin()
    assert second is not None
    await ledger.end(first.job.epoch, "done", result={"by": "zombie"})
    assert not await ledger.postpone(first.job.epoch, timedelta(0), "zombie", free=True)
    async with tenant.context() as ctx:
        assert not await store.write_progress(
            ctx, first.job.id, first.job.epoch, stage="zombie", fraction=0.9, message="zombie", eta=None
        )
    job = await seen(tenant, first.job.id)
    assert (job.state, job.stage, job.message) == ("running", None, "")
    await ledger.end(second.job.epoch, "done", result={"by": "second"})
    async with tenant.context() as ctx:
        assert await ctx.db.value("select result from job") == {"by": "second"}
    with pytest.raises(Fenced):
        async with second.context():
            pytest.fail("an ended job has no contexts")


async def test_while_a_context_is_open_nobody_else_starts_but_progress_and_cancel_pass(tenant: Tenant) -> None:
    ledger, first = await begun(tenant)
    async with first.context() as ctx:
        taking = asyncio.create_task(ledger.begin())
        async with asyncio.timeout(30), tenant.context() as other:
            assert await store.write_progress(
                other, first.job.id, first.job.epoch, stage="render", fraction=0.5, message="Half", eta=None
            )
            await jobs.cancel(other, first.job.id)
        await asyncio.sleep(0.1)
        assert not taking.done()
        await ctx.db.execute("update client set name = 'written in time'")
    second = await taking
    assert second is not None
    assert second.cancelled
    async with tenant.context() as ctx:
        assert await ctx.db.value("select name from client") == "written in time"


async def test_a_run_frozen_inside_a_context_does_not_hold_the_job_for_ever(tenant: Tenant) -> None:
    tenant.house.database.end_idle_after(timedelta(seconds=1))
    ledger, first = await begun(tenant)

    async def freeze() -> None:
        async with first.context() as ctx:
            await ctx.db.execute("update client set name = 'never'")
            async with asyncio.timeout(30):
                assert await ledger.begin() is not None
            await ctx.db.execute("select 1")

    with pytest.raises(psycopg.errors.IdleInTransactionSessionTimeout):
        await freeze()
    async with tenant.context() as ctx:
        assert await ctx.db.value("select name from client") != "never"


async def test_a_cancelled_run_hears_it_in_its_next_context(tenant: Tenant) -> None:
    _, run = await begun(tenant)
    async with tenant.context() as ctx:
        assert (await jobs.cancel(ctx, run.job.id)).state == "running"
    run.check()
    async with run.context():
        """A context still opens, so that a handler can put its records in order."""
    with pytest.raises(JobCancelled):
        run.check()


async def test_a_job_whose_workers_die_every_time_fails(tenant: Tenant) -> None:
    ledger, run = await begun(tenant)
    for _ in range(KIND.max_starts - 1):
        assert await ledger.begin() is not None
    assert await ledger.begin() is None
    job = await seen(tenant, run.job.id)
    assert (job.state, job.starts) == ("failed", KIND.max_starts)
    assert "worker died each time" in (job.error or "")
    async with tenant.context() as ctx:
        await jobs.retry(ctx, run.job.id)
    assert await ledger.begin() is None  # the old doorbell rings in vain
    again = await (await ledger_of(tenant, run.job.id)).begin()
    assert again is not None
    assert again.job.starts == 1


async def test_the_engines_rows_answer_only_to_their_owner(tenant: Tenant, house: House) -> None:
    """PgQueuer 1.6.0 would delete, requeue and keep alive by id alone."""
    await enqueued(tenant, KIND.name)
    async with engine(house) as mine, engine(house) as theirs:
        (doorbell,) = await claim(theirs)
        before = await rows(tenant)
        assert before[0]["queue_manager_id"] == theirs.owner
        await mine.log_jobs([(doorbell, "successful", None)])
        await mine.retry_job(doorbell, timedelta(0), None)
        await mine.update_heartbeat([doorbell.id])
        assert await rows(tenant) == before

        await theirs.update_heartbeat([doorbell.id])
        assert (await rows(tenant))[0]["heartbeat"] > before[0]["heartbeat"]
        await theirs.retry_job(doorbell, timedelta(0), None)
        assert (await rows(tenant))[0]["status"] == "queued"
        (doorbell,) = await claim(mine)
        await mine.log_jobs([(doorbell, "successful", None)])
        assert await rows(tenant) == []


async def test_a_job_that_ended_is_not_run_by_a_second_doorbell(tenant: Tenant, house: House) -> None:
    starts: list[int] = []

    async def count(run: JobRun) -> None:
        starts.append(run.job.epoch)

    registry = Registry()
    registry.add("toy.once", count)
    id = await enqueued(tenant, "toy.once")
    async with tenant.context() as ctx:
        await ctx.db.execute(
            """insert into pgq.pgqueuer (priority, entrypoint, payload, status)
               select priority, entrypoint, payload, status from pgq.pgqueuer"""
        )
    async with working(house, registry):
        await reached(tenant, id, "done")
        await until(lambda: no_rows(tenant))
    assert len(starts) == 1


@asynccontextmanager
async def engine(house: House) -> AsyncIterator[FencedQueries]:
    owner = uuid4()
    driver = LastingDriver(house.database.url, lambda connection: hold_lock(connection, owner), name="test")
    queries = make_manager(house, [KIND], driver, Watch(house), owner=owner, slots=1, pace=PACE).queries
    assert isinstance(queries, FencedQueries)
    yield queries
    await driver.close()


async def claim(queries: FencedQueries) -> list[models.Job]:
    kinds = {types.QueueEntrypoint(KIND.name): EntrypointExecutionParameter(concurrency_limit=0)}
    return await queries.dequeue(10, kinds, types.QueueManagerId(queries.owner), None, PACE.beat)


async def rows(tenant: Tenant) -> list[dict[str, Any]]:
    async with tenant.context() as ctx:
        return list(await ctx.db.all("select * from pgq.pgqueuer order by id"))


async def no_rows(tenant: Tenant) -> bool:
    return not await rows(tenant)
