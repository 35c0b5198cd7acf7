"""Our jobs: rows of gr.job behind row-level security, each start and end with its event.

`python -m benchmarks.jobbing.ours URL HOME` is a worker of the product with one kind of job that does nothing.
"""

import asyncio
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.jobbing.contender import ROOT, Processes, Times
from greenroom.entrypoints.house import make_house, opened
from greenroom.entrypoints.worker import run_worker
from greenroom.infra import jobs
from greenroom.infra.context import House
from greenroom.infra.jobs import JobRun, Registry
from greenroom.infra.jobs.pace import Pace
from greenroom.infra.migrate import migrate
from greenroom.infra.postgres.addresses import Addresses
from greenroom.infra.settings import Settings
from tests.support.house import Tenant, make_tenant

KIND = "bench.noop"
_BATCH = 500


class Ours:
    title = "Greenroom"
    note = ""

    def __init__(self, addresses: Addresses, home: Path) -> None:
        migrate(addresses.owner)
        self._app, self._super = addresses.app, addresses.superuser or ""
        self._home = home
        self._tenant: Tenant | None = None

    def empty(self) -> None:
        with psycopg.connect(self._super, autocommit=True) as connection:
            for table in ("gr.job", "gr.event", "pgq.pgqueuer", "pgq.pgqueuer_log"):
                connection.execute(f"delete from {table}")  # noqa: S608  # constants
                connection.execute(f"vacuum analyze {table}")

    def send(self, count: int, *, after: float | None = None, pause: float = 0) -> None:
        asyncio.run(self._send(count, after, pause))

    def workers(self, count: int) -> Processes:
        command = [sys.executable, "-m", "benchmarks.jobbing.ours", self._app, str(self._home)]
        environment = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        return Processes([command] * count, environment, self._home / "workers.log")

    def done(self) -> int:
        with psycopg.connect(self._super) as connection:
            row = connection.execute("select count(*) from gr.job where state = 'done'").fetchone()
        return int(row[0]) if row else 0

    def times(self) -> list[Times]:
        with psycopg.connect(self._super) as connection:
            rows = connection.execute(
                """select coalesce((payload->>'sent')::float8, extract(epoch from due_at)::float8),
                          (result->>'at')::float8, extract(epoch from ended_at)::float8
                   from gr.job where state = 'done'"""
            ).fetchall()
        return [Times(*row) for row in rows]

    async def _send(self, count: int, after: float | None, pause: float) -> None:
        async with opened(make_house(Settings(home=self._home), self._app, connections=2)) as house:
            tenant = await self._tenant_in(house)
            if pause:
                for _ in range(count):
                    await _ask(tenant, 1, {"sent": time.time()}, None)
                    await asyncio.sleep(pause)
                return
            due = None if after is None else time.time() + after
            for begin in range(0, count, _BATCH):
                later = None if due is None else timedelta(seconds=due - time.time())
                await _ask(tenant, min(_BATCH, count - begin), {}, later)

    async def _tenant_in(self, house: House) -> Tenant:
        if self._tenant is None:
            self._tenant = await make_tenant(house, "Blue Door")
        one = self._tenant
        return Tenant(house, one.organisation, one.client, one.user)


async def _ask(tenant: Tenant, count: int, payload: dict[str, Any], after: timedelta | None) -> None:
    async with tenant.context() as ctx:
        for _ in range(count):
            await jobs.enqueue(ctx, KIND, payload, title="Nothing", run_after=after)


async def nothing(run: JobRun) -> dict[str, Any]:
    return {"at": time.time()}


def main() -> None:
    url, home = sys.argv[1:3]
    registry = Registry()
    registry.add(KIND, nothing)
    house = make_house(Settings(home=Path(home)), url, connections=10)
    asyncio.run(run_worker(house, registry, ["io"], Pace(), lambda: None))


if __name__ == "__main__":
    main()
