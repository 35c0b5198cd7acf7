"""A worker's way with jobs: results, progress, cancelling, trying again, stopping; and its periodic ticks."""

import asyncio
import threading
import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from greenroom.infra import jobs, locks
from greenroom.infra.context import House
from greenroom.infra.jobs import JobCancelled, JobRun, Registry, RetryLater
from greenroom.kit.errors import Invalid
from tests.support.house import Tenant
from tests.support.jobs import PACE, enqueued, reached, seen, working
from tests.support.wait import until_true


async def test_a_job_runs_and_its_states_are_told(tenant: Tenant, house: House) -> None:
    async def make(run: JobRun) -> dict[str, Any]:
        async with run.context() as ctx:
            assert (ctx.organisation, ctx.clients) == (tenant.organisation, (tenant.client,))
            assert str(ctx.actor) == f"job:{run.job.id}"
        return {"made": run.job.payload["what"]}

    registry = Registry()
    registry.add("toy.make", make, queue="cpu")
    async with working(house, registry):
        done = await reached(tenant, await enqueued(tenant, "toy.make", {"what": "tea"}), "done")
    assert (done.fraction, done.error, done.starts) == (1, None, 1)
    async with tenant.context() as ctx:
        assert await ctx.db.value("select result from job") == {"made": "tea"}
        told = await ctx.db.all("select data->>'state' as state from event where kind = 'job.changed' order by id")
    assert [row["state"] for row in told] == ["queued", "running", "done"]


async def test_progress_from_a_thread_is_written_at_most_twice_a_second(tenant: Tenant, house: House) -> None:
    def render(run: JobRun) -> None:
        began = time.monotonic()
        for frame in range(300):
            run.report(stage="render", fraction=frame / 300, message=f"Frame {frame}", eta=timedelta(seconds=9))
            time.sleep(0.005)
        took.append(time.monotonic() - began)

    took: list[float] = []

    async def make(run: JobRun) -> None:
        await asyncio.to_thread(render, run)

    registry = Registry()
    registry.add("toy.render", make, queue="cpu")
    async with working(house, registry):
        id = await enqueued(tenant, "toy.render")
        written = {(await reached(tenant, id, "running")).message}
        while (job := await seen(tenant, id)).state == "running":
            written.add(job.message)
            if job.fraction:
                assert (job.stage, job.eta_seconds) == ("render", 9)
            await asyncio.sleep(0.01)
    assert 3 <= len(written - {""}) <= 2 * took[0] + 2  # a second and a half, where nothing else is done


async def test_a_running_job_is_cancelled_within_a_second(tenant: Tenant, house: House) -> None:
    stopped: list[float] = []
    begun = threading.Event()

    def compute(run: JobRun) -> None:
        begun.set()
        while not run.cancelled:
            time.sleep(0.01)
        stopped.append(time.monotonic())
        run.check()

    async def make(run: JobRun) -> None:
        try:
            await asyncio.to_thread(compute, run)
        except JobCancelled:
            async with run.context() as ctx:
                await ctx.db.execute("update client set name = 'put in order'")
            raise

    registry = Registry()
    registry.add("toy.long", make, queue="cpu")
    took: list[float] = []
    async with working(house, registry):
        while not took or (len(took) < 4 and took[-1] >= 1):  # other work may delay one, not each
            begun.clear()
            id = await enqueued(tenant, "toy.long")
            await reached(tenant, id, "running")
            assert await asyncio.to_thread(begun.wait, 30)
            asked = time.monotonic()
            async with tenant.context() as ctx:
                await jobs.cancel(ctx, id)
            await reached(tenant, id, "cancelled")
            took.append(stopped[-1] - asked)
    assert took[-1] < 1, took
    async with tenant.context() as ctx:
        assert await ctx.db.value("select name from client") == "put in order"


async def test_a_problem_is_final_and_says_what_to_do(tenant: Tenant, house: House) -> None:
    async def refuse(run: JobRun) -> None:
        raise Invalid("Use at most 60 s")

    registry = Registry()
    registry.add("toy.refuse", refuse)
    async with working(house, registry):
        failed = await reached(tenant, await enqueued(tenant, "toy.refuse"), "failed")
    assert (failed.error, failed.starts) == ("Use at most 60 s", 1)
    async with tenant.context() as ctx:
        event = await ctx.db.one("select * from event where severity = 'error'")
    assert event["message"] == "A toy.refuse: failed. Use at most 60 s"


async def test_trouble_is_tried_again_and_a_person_can_ask_once_more(tenant: Tenant, house: House) -> None:
    starts: list[int] = []

    async def stumble(run: JobRun) -> None:
        starts.append(run.job.starts)
        if len(starts) < 4:
            raise ValueError("stumbled")

    registry = Registry()
    registry.add("toy.stumble", stumble, max_starts=2)
    async with working(house, registry):
        id = await enqueued(tenant, "toy.stumble")
        waiting = await reached(tenant, id, "queued", within=1)
        while not waiting.message:
            waiting = await seen(tenant, id)
        assert "stumbled" in waiting.message
        assert (await reached(tenant, id, "failed")).starts == 2
        async with tenant.context() as ctx:
            await jobs.retry(ctx, id)
        assert (await reached(tenant, id, "done")).starts == 2
    assert starts == [1, 2, 1, 2]


async def test_asking_for_later_costs_no_start(tenant: Tenant, house: House) -> None:
    rounds: list[int] = []

    async def wait(run: JobRun) -> None:
        rounds.append(run.job.starts)
        if len(rounds) < 4:
            raise RetryLater("The platform asks us to slow down", after=timedelta(seconds=0.1))

    registry = Registry()
    registry.add("toy.wait", wait, max_starts=1)
    async with working(house, registry):
        done = await reached(tenant, await enqueued(tenant, "toy.wait"), "done")
    assert (done.starts, rounds) == (1, [1, 1, 1, 1])


async def test_one_computes_while_many_wait_on_others(tenant: Tenant, house: House) -> None:
    now: dict[str, int] = {"io": 0, "cpu": 0}
    most = dict(now)
    enough = asyncio.Event()  # however slowly they begin

    def busy(queue: str) -> Any:
        async def be_busy(run: JobRun) -> None:
            now[queue] += 1
            most[queue] = max(most[queue], now[queue])
            if most["io"] >= 10:
                enough.set()
            async with asyncio.timeout(20):
                await enough.wait()
            await asyncio.sleep(0.2)
            now[queue] -= 1

        return be_busy

    registry = Registry()
    registry.add("toy.io", busy("io"), queue="io")
    registry.add("toy.cpu", busy("cpu"), queue="cpu")
    made = [await enqueued(tenant, kind) for kind in ("toy.io", "toy.cpu") for _ in range(4)]
    made += [await enqueued(tenant, "toy.io") for _ in range(26)]
    async with working(house, registry):
        for id in made:
            await reached(tenant, id, "done")
    assert most["cpu"] == 1
    assert 10 <= most["io"] <= 16


async def test_a_stopping_worker_lets_short_jobs_end_and_leaves_long_ones(tenant: Tenant, house: House) -> None:
    told = asyncio.Event()

    async def hold(run: JobRun) -> None:
        while run.job.payload["long"] or not told.is_set():
            run.check()
            await asyncio.sleep(0.02)

    registry = Registry()
    registry.add("toy.hold", hold)
    pace = replace(PACE, grace=timedelta(seconds=2))
    async with working(house, registry, pace=pace) as worker:
        short = await enqueued(tenant, "toy.hold", {"long": False})
        long = await enqueued(tenant, "toy.hold", {"long": True})
        for id in (short, long):
            await reached(tenant, id, "running")
        worker.stop()
        late = await enqueued(tenant, "toy.hold", {"long": False})
        told.set()
        await reached(tenant, short, "done")
        handed_back = await reached(tenant, long, "queued")
        assert handed_back.starts == 0
    assert (await seen(tenant, late)).state == "queued"
    async with working(house, registry, pace=pace):
        assert (await reached(tenant, long, "running")).starts == 1
        await reached(tenant, late, "done")


async def test_one_worker_at_a_time_ticks_and_failures_do_not_stop_it(tenant: Tenant, house: House) -> None:
    ticked: list[str] = []

    def registry_of(name: str) -> Registry:
        async def tick(house: House) -> None:
            ticked.append(name)
            raise ValueError("a bad tick")

        registry = Registry()
        registry.every("toy.tick", tick, seconds=0.05)
        return registry

    async with working(house, registry_of("first")) as first:
        await until_true(lambda: len(ticked) >= 3)
        async with working(house, registry_of("second")):
            await asyncio.sleep(0.5)
            assert set(ticked) == {"first"}
            first.stop()
            await until_true(lambda: "second" in ticked)
            assert ticked.count("first") == ticked.index("second")


async def test_a_leader_that_says_nothing_loses_the_lead(tenant: Tenant, house: House) -> None:
    """A frozen process keeps its connection, and with it the lock."""
    ticked: list[str] = []

    async def tick(house: House) -> None:
        ticked.append("tick")

    registry = Registry()
    registry.every("toy.tick", tick, seconds=0.05)
    async with house.database.listening() as frozen:
        await frozen.execute("select pg_advisory_lock(%(lock)s)", {"lock": locks.TICKS})
        async with working(house, registry, pace=replace(PACE, leader_frozen_after=timedelta(seconds=3))):
            await asyncio.sleep(1)
            assert ticked == []
            await until_true(lambda: len(ticked) > 1)
        with pytest.raises(psycopg.OperationalError):
            await frozen.execute("select 1")
