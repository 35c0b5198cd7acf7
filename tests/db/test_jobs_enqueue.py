"""A job and its doorbell exist together, from the caller's commit on, and only for its tenant."""

import json
from datetime import UTC, datetime, timedelta

import asyncpg
import psycopg
import pytest
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.qb import (
    QueryBuilderEnvironment,
    QueryQueueBuilder,
    QuerySchedulerBuilder,
)
from pgqueuer.adapters.persistence.queries import Queries

from greenroom.infra import jobs
from greenroom.infra.jobs.driver import connect_options
from greenroom.infra.jobs.engine import engine_settings
from greenroom.infra.postgres.addresses import Addresses
from greenroom.kit.errors import Conflict, NotFound
from greenroom.kit.ids import uuid7
from tests.support.house import Tenant
from tests.support.jobs import enqueued, seen

DOORBELLS = "select * from pgq.pgqueuer order by id"


async def test_a_rollback_takes_job_and_doorbell_along(tenant: Tenant) -> None:
    async def enqueue_and_fail() -> None:
        async with tenant.context() as ctx:
            await jobs.enqueue(ctx, "toy.once", {}, title="Toy")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await enqueue_and_fail()
    async with tenant.context() as ctx:
        assert await jobs.list_jobs(ctx) == []
        assert await ctx.db.all(DOORBELLS) == []


async def test_a_commit_leaves_both_and_says_so(tenant: Tenant) -> None:
    subject = uuid7()
    async with tenant.context() as ctx:
        id = await jobs.enqueue(ctx, "toy.once", {"a": [1]}, title="Toy", subject=("content", subject))
    async with tenant.context() as ctx:
        job = await jobs.get_job(ctx, id)
        (bell,) = await ctx.db.all(DOORBELLS)
        event = await ctx.db.one("select * from event where kind = 'job.changed'")
    assert (job.state, job.subject_id, job.client_id, job.starts) == ("queued", subject, tenant.client, 0)
    assert json.loads(bell["payload"]) == {
        "organisation": str(tenant.organisation),
        "client": str(tenant.client),
        "job": str(id),
    }
    assert (event["subject_type"], event["subject_id"], event["data"]["state"]) == ("job", id, "queued")


async def test_our_doorbell_is_the_one_that_pgqueuer_would_make(tenant: Tenant, database_urls: Addresses) -> None:
    await enqueued(tenant, "toy.once")
    settings = engine_settings()
    connection = await asyncpg.connect(**connect_options(database_urls.app))
    try:
        queries = Queries(
            AsyncpgDriver(connection),
            QueryBuilderEnvironment(settings),
            QueryQueueBuilder(settings),
            QuerySchedulerBuilder(settings),
        )
        await queries.enqueue("toy.once", b"theirs", dedupe_key="theirs", on_conflict="skip")
        plan = await queries.plan_upgrade()
    finally:
        await connection.close()
    async with tenant.context() as ctx:
        ours, theirs = await ctx.db.all(DOORBELLS)
    assert not plan.statements
    own = {"id", "payload", "dedupe_key", "headers", "created", "updated", "heartbeat", "execute_after"}
    assert {k: v for k, v in ours.items() if k not in own} == {k: v for k, v in theirs.items() if k not in own}


async def test_later_is_counted_on_the_databases_clock(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        await jobs.enqueue(ctx, "toy.once", {}, title="Toy", run_after=timedelta(hours=2))
        now = await ctx.db.value("select now()")
        (bell,) = await ctx.db.all(DOORBELLS)
        assert bell["execute_after"] == now + timedelta(hours=2)
        assert await ctx.db.value("select due_at from job") == now + timedelta(hours=2)


async def test_a_payload_that_belongs_in_the_store_is_refused(tenant: Tenant) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        await enqueued(tenant, "toy.once", {"text": "".join(chr(33 + i * 7 % 90) for i in range(200_000))})


async def test_a_waiting_job_is_cancelled_at_once_and_can_be_tried_again(tenant: Tenant) -> None:
    id = await enqueued(tenant, "toy.once")
    async with tenant.context() as ctx:
        cancelled = await jobs.cancel(ctx, id)
    assert cancelled.state == "cancelled"
    assert cancelled.ended_at is not None
    async with tenant.context() as ctx:
        assert (await jobs.cancel(ctx, id)).state == "cancelled"
        assert await ctx.db.value("select count(*) from event where data->>'state' = 'cancelled'") == 1
    async with tenant.context() as ctx:
        again = await jobs.retry(ctx, id)
        assert (again.state, again.ended_at) == ("queued", None)
        assert await ctx.db.value("select cancel_requested from job") is False
        # The first doorbell still rings; whichever is answered first takes the job, the other finds nothing to do.
        assert len(await ctx.db.all(DOORBELLS)) == 2


async def test_only_failed_and_cancelled_jobs_are_tried_again(tenant: Tenant) -> None:
    id = await enqueued(tenant, "toy.once")
    with pytest.raises(Conflict, match="cancel it first"):
        async with tenant.context() as ctx:
            await jobs.retry(ctx, id)
    async with tenant.context() as ctx:
        await ctx.db.execute("update job set state = 'done'")
    with pytest.raises(Conflict, match="ask for a new one"):
        async with tenant.context() as ctx:
            await jobs.retry(ctx, id)


async def test_somebody_elses_job_does_not_exist(tenant: Tenant, other_tenant: Tenant) -> None:
    id = await enqueued(tenant, "toy.once")
    for action in (jobs.get_job, jobs.cancel, jobs.retry):
        with pytest.raises(NotFound):
            async with other_tenant.context() as ctx:
                await action(ctx, id)
    async with other_tenant.context() as ctx:
        assert await jobs.get_jobs(ctx, [id]) == []
        assert await jobs.list_jobs(ctx) == []
    assert (await seen(tenant, id)).state == "queued"


async def test_lists_page_backwards_through_time(tenant: Tenant) -> None:
    made = [await enqueued(tenant, "toy.once") for _ in range(5)]
    async with tenant.context() as ctx:
        await jobs.cancel(ctx, made[2])
        first = await jobs.list_jobs(ctx, limit=3)
        rest = await jobs.list_jobs(ctx, limit=3, after=(first[-1].created_at, first[-1].id))
        assert [job.id for job in first + rest] == made[::-1]
        assert {job.id for job in await jobs.list_jobs(ctx, state="live")} == set(made) - {made[2]}
        assert [job.id for job in await jobs.list_jobs(ctx, state="cancelled")] == [made[2]]
        assert all(job.created_at <= datetime.now(UTC) for job in first)


async def test_the_application_cannot_empty_or_change_the_engines_tables(tenant: Tenant) -> None:
    for statement in (
        "truncate pgq.pgqueuer",
        "drop table pgq.pgqueuer",
        "alter table pgq.pgqueuer add column x int",
        "create table pgq.mine ()",
        "insert into pgq.pgqueuer_schedules (expression, entrypoint) values ('* * * * *', 'x')",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            async with tenant.context() as ctx:
                await ctx.db.execute(statement)
