"""Workers killed, frozen and cut off from the database in the middle of jobs: the work goes on, each step once."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from greenroom.entrypoints.house import make_house, opened
from greenroom.infra.context import House
from greenroom.infra.jobs import JobStatus
from greenroom.infra.postgres.addresses import Addresses
from greenroom.infra.postgres.server import EmbeddedPostgres
from greenroom.infra.settings import Settings
from tests.support.house import Tenant, make_tenant
from tests.support.jobs import enqueued, reached, seen
from tests.support.wait import until

ROOT = Path(__file__).parents[2]


class Workers:
    """Worker processes by name; whatever still lives at the end of the test is killed."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._processes: dict[str, subprocess.Popen[str]] = {}

    def start(self, url: str, *names: str, queues: str = "io,cpu", pace: str = "quick") -> None:
        for name in names:
            self._processes[name] = subprocess.Popen(
                [sys.executable, "-m", "tests.chaos.toy", url, queues, name, str(self.home), pace],
                cwd=ROOT, env={**os.environ, "PYTHONPATH": "src"}, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
        for name in names:
            output = self._processes[name].stdout
            assert output is not None
            assert output.readline() == f"ready {name}\n"

    def signal(self, name: str, number: signal.Signals) -> None:
        self._processes[name].send_signal(number)

    def stop(self, name: str) -> int:
        self._processes[name].terminate()
        return self._processes[name].wait(60)

    def end(self) -> None:
        for process in self._processes.values():
            process.kill()
            process.communicate()


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Workers]:
    made = Workers(tmp_path)
    yield made
    made.end()


@asynccontextmanager
async def house_on(url: str, home: Path) -> AsyncIterator[House]:
    async with opened(make_house(Settings(home=home), url, connections=3)) as house:
        yield house


async def steps_of(tenant: Tenant) -> list[dict[str, Any]]:
    """All committed steps: job, number, epoch, worker, moment."""
    async with tenant.context() as ctx:
        return list(
            await ctx.db.all(
                """select subject_id as job, (data->>'number')::int as number, (data->>'epoch')::int as epoch,
                          data->>'worker' as worker, at
                   from event where kind = 'toy.step' order by xid, id"""
            )
        )


async def assert_each_step_once(tenant: Tenant, jobs: list[UUID], count: int) -> list[dict[str, Any]]:
    """Every step of every job is there once, in order, and no older epoch wrote after a newer one."""
    steps = await steps_of(tenant)
    for job in jobs:
        mine = [step for step in steps if step["job"] == job]
        assert [step["number"] for step in mine] == list(range(count))
        assert [step["epoch"] for step in mine] == sorted(step["epoch"] for step in mine)
    return steps


async def all_done(tenant: Tenant, jobs: list[UUID], within: float = 120) -> list[JobStatus]:
    return [await reached(tenant, job, "done", within=within) for job in jobs]


async def until_steps(tenant: Tenant, least: int) -> list[dict[str, Any]]:
    async def enough() -> list[dict[str, Any]] | None:
        steps = await steps_of(tenant)
        return steps if len(steps) >= least else None

    return await until(enough, within=60) or []


async def until_all_began(tenant: Tenant, jobs: list[UUID]) -> list[dict[str, Any]]:
    async def all_began() -> list[dict[str, Any]] | None:
        steps = await steps_of(tenant)
        return steps if {step["job"] for step in steps} >= set(jobs) else None

    return await until(all_began, within=60) or []


async def steps_by(tenant: Tenant, worker: str) -> list[dict[str, Any]]:
    return [step for step in await steps_of(tenant) if step["worker"] == worker]


async def test_the_jobs_of_a_killed_worker_go_on_with_the_next_step(
    house: House, tenant: Tenant, workers: Workers
) -> None:
    workers.start(house.database.url, "one", "two")
    jobs = [await enqueued(tenant, "toy.steps", {"count": 16, "seconds": 0.2}) for _ in range(6)]
    jobs.append(await enqueued(tenant, "toy.compute", {"count": 16, "seconds": 0.2, "thread": True}))
    before = await until_all_began(tenant, jobs)
    victim = before[0]["worker"]
    lost = {step["job"] for step in before if step["worker"] == victim}
    workers.signal(victim, signal.SIGKILL)
    killed = time.time()
    ended = await all_done(tenant, jobs)
    steps = await assert_each_step_once(tenant, jobs, 16)
    assert steps[: len(before)] == before
    assert {job.id for job in ended if job.starts == 2} == lost
    resumed = min(step["at"].timestamp() for step in steps if step["job"] in lost and step["worker"] != victim)
    print(f"\nkilled; the next step was committed after {resumed - killed:.2f} s")
    assert resumed - killed < 20


async def test_a_computing_thread_does_not_make_its_worker_look_dead(
    house: House, tenant: Tenant, workers: Workers
) -> None:
    """Pure Python in a thread takes the interpreter from the loop that sends the heartbeat."""
    workers.start(house.database.url, "one", "two", queues="cpu")
    job = await enqueued(tenant, "toy.compute", {"count": 1, "seconds": 6, "thread": True})
    assert (await all_done(tenant, [job]))[0].starts == 1


async def test_a_frozen_worker_loses_its_jobs_and_thaws_without_harm(
    house: House, tenant: Tenant, workers: Workers
) -> None:
    workers.start(house.database.url, "frozen")
    jobs = [await enqueued(tenant, "toy.steps", {"count": 12, "seconds": 0.4}) for _ in range(3)]
    await until_all_began(tenant, jobs)
    workers.signal("frozen", signal.SIGSTOP)
    workers.start(house.database.url, "next")

    async def all_went_on() -> bool:
        return {step["job"] for step in await steps_by(tenant, "next")} == set(jobs)

    await until(all_went_on, within=60)
    workers.signal("frozen", signal.SIGCONT)
    await asyncio.sleep(1)
    # The thawed worker's late answers must not have removed the doorbells of the runs that took over.
    workers.signal("next", signal.SIGKILL)
    await all_done(tenant, jobs)
    steps = await assert_each_step_once(tenant, jobs, 12)
    order = [step["worker"] for step in steps if step["job"] == jobs[0]]
    assert list(dict.fromkeys(order)) == ["frozen", "next"]
    assert order[-1] == "frozen"
    assert Counter(order)["next"] >= 1


async def test_a_job_lives_through_ten_seconds_without_its_database(
    own_postgres: EmbeddedPostgres, workers: Workers, tmp_path: Path
) -> None:
    addresses = own_postgres.addresses()
    assert isinstance(addresses, Addresses)
    workers.start(addresses.app, "one", "two", pace="real")
    async with house_on(addresses.app, tmp_path) as house:
        tenant = await make_tenant(house, "Blue Door")
        jobs = [await enqueued(tenant, "toy.steps", {"count": 8, "seconds": 0.5}) for _ in range(4)]
        await until_steps(tenant, 4)
    own_postgres.stop("immediate")
    await asyncio.sleep(10)
    own_postgres.start()
    back = time.time()
    async with house_on(addresses.app, tmp_path) as house:
        tenant = Tenant(house, tenant.organisation, tenant.client, tenant.user)
        ended = await all_done(tenant, jobs)
        steps = await assert_each_step_once(tenant, jobs, 8)
        late = [step["at"].timestamp() - back for step in steps if step["at"].timestamp() > back]
        print(f"\nback; the next step was committed after {min(late):.2f} s")
        assert {job.starts for job in ended} == {1}
        late_job = await enqueued(tenant, "toy.steps", {"count": 1, "seconds": 0})
        found = await reached(tenant, late_job, "done", within=30)
        assert found.started_at is not None
        assert found.started_at - found.created_at < timedelta(seconds=5)
    assert workers.stop("one") == 0


async def test_asked_to_stop_a_worker_hands_over_and_leaves(house: House, tenant: Tenant, workers: Workers) -> None:
    workers.start(house.database.url, "one")
    job = await enqueued(tenant, "toy.compute", {"count": 5, "seconds": 0.6, "thread": True})
    await until_steps(tenant, 1)
    began = time.monotonic()
    assert workers.stop("one") == 0
    assert time.monotonic() - began < 15
    handed = await seen(tenant, job)
    assert (handed.state, handed.starts) == ("queued", 0)
    workers.start(house.database.url, "two")
    await all_done(tenant, [job])
    await assert_each_step_once(tenant, [job], 5)
