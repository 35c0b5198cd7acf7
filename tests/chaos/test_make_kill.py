"""A video whose workers are killed, whose database goes away and whose disk fills up: it goes on, or says why not."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from greenroom.cast import facade as cast
from greenroom.cast.contracts import NewCharacter
from greenroom.entrypoints import wiring
from greenroom.entrypoints.house import make_house, opened
from greenroom.infra import jobs
from greenroom.infra.context import House
from greenroom.infra.postgres.addresses import Addresses
from greenroom.infra.postgres.server import EmbeddedPostgres
from greenroom.infra.settings import Settings
from greenroom.studio import steer
from greenroom.studio.create import create
from greenroom.studio.read import detail
from greenroom.studio.records import ContentDetail, NewContent
from tests.support.house import Tenant, make_tenant
from tests.support.wait import until

ROOT = Path(__file__).parents[2]
# A private disk of one megabyte under the media folder, for this process and its children alone. Who is not root has
# to be so in a namespace; root would lose its rights over the database's socket there.
AS_ROOT = [] if os.geteuid() == 0 else ["--map-root-user"]
MOUNT = 'mount -t tmpfs -o size=1m none "$1"; shift; exec "$@"'
ON_A_SMALL_DISK = ["unshare", *AS_ROOT, "--mount", "sh", "-c", MOUNT, "-"]


class Workers:
    """Real `greenroom worker` processes on one home; whatever still lives at the end of the test is killed."""

    def __init__(self, home: Path, url: str) -> None:
        self.home = home
        self._environment = {
            **os.environ, "PYTHONPATH": str(ROOT / "src"), "GREENROOM_HOME": str(home),
            "GREENROOM_DATABASE_URL": url, "GREENROOM_RENDER_PROFILE": "draft",
        }  # fmt: skip
        self._processes: list[subprocess.Popen[str]] = []
        self._errors = home.with_name("errors.txt")

    def start(self, *before: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*before, sys.executable, "-m", "greenroom", "worker", "--queues", "cpu"],
            env=self._environment, stdout=subprocess.PIPE, stderr=self._errors.open("a"), text=True,
        )  # fmt: skip
        self._processes.append(process)
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Working"), self._errors.read_text()
        return process

    def end(self) -> None:
        for process in self._processes:
            process.kill()
            process.communicate()


@pytest.fixture
def workers(house: House, database_urls: Addresses) -> Iterator[Workers]:
    made = Workers(house.settings.home, database_urls.app)
    yield made
    made.end()


async def ask(tenant: Tenant, *, seconds: int) -> UUID:
    wiring.register_listeners()
    async with tenant.context() as ctx:
        character = await cast.create(ctx, NewCharacter(template="ledger"))
        new = NewContent(character_id=character.id, topic="Compound interest", seconds=seconds)
        return (await create(ctx, new)).content.id


async def look(tenant: Tenant, content: UUID) -> ContentDetail:
    async with tenant.context() as ctx:
        return await detail(ctx, content)


async def rows(tenant: Tenant) -> dict[str, dict[str, Any]]:
    async with tenant.context() as ctx:
        return {row["stage"]: row for row in await ctx.db.all("select * from stage_run")}


async def reached(tenant: Tenant, content: UUID, status: str, *, within: float) -> ContentDetail:
    async def there() -> ContentDetail | None:
        seen = await look(tenant, content)
        return seen if seen.status == status else None

    return await until(there, within=within)


async def at_work(tenant: Tenant, stage: str, *, beyond: float = 0.0) -> None:
    """Wait until the stage is being done, and its job is further than `beyond`."""

    async def begun() -> bool:
        row = (await rows(tenant)).get(stage)
        assert row is None or row["state"] == "running", f"{stage} is {row['state']} before it was seen at work"
        if row is None:
            return False
        async with tenant.context() as ctx:
            (job,) = await jobs.get_jobs(ctx, [row["job_id"]])
        return job.fraction >= beyond

    await until(begun, within=200)


async def test_killed_twice_it_goes_on_from_the_last_finished_stage(tenant: Tenant, workers: Workers) -> None:
    content = await ask(tenant, seconds=60)
    killed = ("voice", "render")
    for stage in killed:
        process = workers.start()
        await at_work(tenant, stage, beyond=0.3 if stage == "render" else 0.0)
        process.send_signal(signal.SIGKILL)
        process.wait()
    workers.start()
    made = await reached(tenant, content, "review", within=240)

    stages = await rows(tenant)
    assert {name: row["starts"] for name, row in stages.items()} == {
        name: 2 if name in killed else 1 for name in ("script", "voice", "pictures", "render", "checks", "sign")
    }
    assert len({row["worker"] for row in stages.values()}) == 3
    assert stages["render"]["data"]["rendered"]["scenes_reused"] >= 1
    assert made.version == 2
    async with tenant.context() as ctx:
        assert await ctx.db.value("select count(*) from render") == 1

    async def ended() -> jobs.JobStatus | None:
        """The video is there to review a moment before its job has tidied up and ended."""
        async with tenant.context() as ctx:
            job = await jobs.get_job(ctx, made.job_id or content)
        return job if job.state == "done" else None

    assert (await until(ended, within=60)).starts == 3
    assert list((workers.home / "cache" / "studio" / "work").iterdir()) == []


async def test_the_database_is_away_for_ten_seconds_in_the_middle_of_a_render(
    own_postgres: EmbeddedPostgres, tmp_path: Path
) -> None:
    addresses = own_postgres.addresses()
    assert addresses is not None
    home = tmp_path / "home"
    settings = Settings(home=home, render_profile="draft")
    async with opened(make_house(settings, addresses.app, connections=3)) as house:
        tenant = await make_tenant(house, "Blue Door")
        content = await ask(tenant, seconds=60)
        workers = Workers(home, addresses.app)
        try:
            workers.start()
            await at_work(tenant, "render", beyond=0.3)
            own_postgres.stop()
            await asyncio.sleep(10)
            own_postgres.start()
            await until(lambda: _answers(tenant), within=60)
            made = await reached(tenant, content, "review", within=240)
        finally:
            workers.end()
        assert all(stage.starts == 1 for stage in made.stages), made.stages
        async with tenant.context() as ctx:
            assert await ctx.db.value("select count(*) from render") == 1


async def test_a_full_disk_is_said_and_loses_nothing(tenant: Tenant, workers: Workers) -> None:
    content = await ask(tenant, seconds=15)
    media = tenant.house.settings.media
    process = workers.start(*ON_A_SMALL_DISK, str(media))
    failed = await reached(tenant, content, "failed", within=200)
    assert "full" in (failed.error or "")
    assert "Free some space" in (failed.error or "")
    process.kill()
    process.wait()

    async with tenant.context() as ctx:
        await steer.retry(ctx, content)
    workers.start()
    made = await reached(tenant, content, "review", within=200)
    assert made.error is None
    assert list((media / "unfinished").iterdir()) == []


async def _answers(tenant: Tenant) -> bool:
    try:
        async with tenant.context() as ctx:
            return bool(await ctx.db.value("select 1"))
    except Exception:
        return False
