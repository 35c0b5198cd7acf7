"""Jobs of several stages while workers die and freeze and their database crashes: each stage once, nothing stuck."""

import asyncio
from pathlib import Path

import pytest

from greenroom.infra.jobs.contexts import AWAY
from greenroom.infra.postgres.addresses import Addresses
from greenroom.infra.postgres.server import EmbeddedPostgres
from greenroom_dev.faulty.nursery import Nursery
from tests.chaos.havoc import Havoc
from tests.chaos.test_worker_kill import assert_each_step_once, house_on
from tests.support.figures import Figures
from tests.support.house import Tenant, make_tenant
from tests.support.jobs import enqueued, seen
from tests.support.wait import until

STEPS = 12


@pytest.mark.parametrize("seed", [7])
async def test_every_committed_stage_is_there_once(
    own_postgres: EmbeddedPostgres, tmp_path: Path, seed: int, figures: Figures
) -> None:
    addresses = own_postgres.addresses()
    assert isinstance(addresses, Addresses)
    async with house_on(addresses.app, tmp_path) as house:
        tenant = await make_tenant(house, "Blue Door")
        jobs = [await enqueued(tenant, "toy.steps", {"count": STEPS, "seconds": 0.5}) for _ in range(20)]
        nursery = Nursery("tests.chaos.toys", addresses.app, str(tmp_path))
        try:
            havoc = Havoc(
                nursery, workers=3, seed=seed, seconds=14, kills=5, stops=4, restarts=1,
                restart=lambda: own_postgres.restart("immediate"),
            )  # fmt: skip
            await havoc.wreak()
            await _all_done(tenant, len(jobs), within=240)
        finally:
            nursery.end()
        steps = await assert_each_step_once(tenant, jobs, STEPS)
        ended = [await seen(tenant, job) for job in jobs]
    assert {job.state for job in ended} == {"done"}
    figures(
        "jobs under fire",
        f"{len(steps)} stages of {len(jobs)} jobs, each committed once; {havoc.killed} kill -9, "
        f"{havoc.stopped} SIGSTOP, {havoc.restarted} database crash, {sum(job.starts for job in ended)} starts",
    )


async def _all_done(tenant: Tenant, count: int, *, within: float) -> None:
    async with asyncio.timeout(within):
        while True:
            try:
                async with tenant.context() as ctx:
                    done = await ctx.db.value("select count(*) from job where state = 'done'")
            except AWAY:
                done = 0
            if done == count:
                break
            await asyncio.sleep(0.5)
    await asyncio.sleep(1)  # thawed workers have had their say
    await until(lambda: _no_doorbell(tenant), within=60)  # the last are taken down a moment later


async def _no_doorbell(tenant: Tenant) -> bool:
    async with tenant.context() as ctx:
        return not await ctx.db.value("select count(*) from pgq.pgqueuer where status = 'picked'")
