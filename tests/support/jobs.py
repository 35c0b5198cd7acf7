"""Workers inside the test's own process, and waiting for jobs."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from greenroom.infra import jobs
from greenroom.infra.context import House
from greenroom.infra.jobs import JobStatus, Registry
from greenroom.infra.jobs.pace import Pace
from greenroom.infra.jobs.registry import QUEUES
from greenroom.infra.jobs.worker import Worker
from tests.support.house import Tenant

PACE = replace(Pace(), beat=timedelta(seconds=0.5), frozen_after=timedelta(seconds=3), grace=timedelta(seconds=1))


@asynccontextmanager
async def working(house: House, registry: Registry, *, pace: Pace = PACE) -> AsyncIterator[Worker]:
    """A worker on all queues for the time of the block."""
    worker = Worker(house, registry, QUEUES, pace=pace)
    task = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        worker.stop()
        await task


async def enqueued(tenant: Tenant, kind: str, payload: dict[str, object] | None = None) -> UUID:
    async with tenant.context() as ctx:
        return await jobs.enqueue(ctx, kind, payload or {}, title=f"A {kind}")


async def seen(tenant: Tenant, job: UUID) -> JobStatus:
    async with tenant.context() as ctx:
        return await jobs.get_job(ctx, job)


async def reached(tenant: Tenant, job: UUID, *states: str, within: float = 40) -> JobStatus:
    """The job once it is in one of the states; fails when that takes too long."""
    deadline = time.monotonic() + within
    while (found := await seen(tenant, job)).state not in states:
        assert time.monotonic() < deadline, f"still {found!r}"
        await asyncio.sleep(0.02)
    return found
