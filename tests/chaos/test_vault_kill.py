"""The vault's keys renewed by processes that die of SIGKILL at any moment, while everything is read all the time."""

import asyncio
import os
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from uuid import UUID

from greenroom.infra.context import House
from greenroom.infra.vault import store
from tests.support.figures import Figures
from tests.support.house import Tenant

ROOT = Path(__file__).parents[2]
KILLS, SECRETS = 24, 60


class Keeper:
    """The program that forks the processes which are killed."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def renew(self, verb: str, *, dies_after: float | None) -> tuple[str, float]:
        """Renew; gives `killed` or `done`, and after how many seconds."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{verb} {'-' if dies_after is None else f'{dies_after:.4f}'}\n".encode())
        await self._process.stdin.drain()
        told, seconds = (await self.said()).split()
        return told, float(seconds)

    async def said(self) -> str:
        assert self._process.stdout is not None
        async with asyncio.timeout(120):
            return (await self._process.stdout.readline()).decode().strip()


@asynccontextmanager
async def keeper(house: House) -> AsyncIterator[Keeper]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.chaos.keeper", house.database.url, str(house.settings.home),
        cwd=ROOT, env={**os.environ, "PYTHONPATH": "src"}, stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        made = Keeper(process)
        assert await made.said() == "ready"
        yield made
    finally:
        process.kill()
        await process.wait()


async def test_killed_anywhere_no_read_fails_and_it_goes_on(
    tenant: Tenant, other_tenant: Tenant, house: House, figures: Figures
) -> None:
    kept = {one: await some_secrets(one) for one in (tenant, other_tenant)}
    chance, came, reads, stop = Random(7), Counter[str](), Counter[str](), asyncio.Event()

    async def read(one: Tenant) -> None:
        while not stop.is_set():
            for id, value in kept[one].items():
                reads["failed"] += await opened(one, id) != value
                reads["all"] += 1

    async with asyncio.TaskGroup() as group, keeper(house) as keys:
        for one in kept:
            group.create_task(read(one))
        # How long it takes when nobody dies of it, on this machine: moments are chosen within that.
        took = {verb: (await keys.renew(verb, dies_after=None))[1] for verb in ("rotate", "rewrap")}
        for number in range(KILLS * 4):
            verb = ("rotate", "rewrap")[number % 3 == 2]
            ended, _ = await keys.renew(verb, dies_after=took[verb] * chance.random())
            came[f"{verb} {ended}"] += 1
            if came["rotate killed"] >= KILLS - 4 and came["rewrap killed"] >= 4:
                break
        killed = came["rotate killed"] + came["rewrap killed"]
        assert (await keys.renew("rotate", dies_after=None))[0] == "done"
        assert (await keys.renew("rewrap", dies_after=None))[0] == "done"
        stop.set()
    figures(
        "vault, killed while renewing",
        f"{killed} times ({came['rewrap killed']} by wrapping anew), {reads['all']:,} reads, {reads['failed']} failed",
    )
    assert killed >= 20, came
    assert not came["rotate failed"] + came["rewrap failed"], came
    assert reads["failed"] == 0
    for one, secrets in kept.items():
        assert {id: await opened(one, id) for id in secrets} == secrets
        assert len(await key_versions(one)) == 1, "an old data key was left behind"
    async with house.database.transaction() as tx:
        wrapped_by = {row["wrapped_by"] for row in await store.keys_everywhere(tx)}
    assert wrapped_by == {house.vault.master.ids()[0]}


async def some_secrets(tenant: Tenant) -> dict[UUID, str]:
    async with tenant.context() as ctx:
        values = [f"{tenant.organisation} {n}" for n in range(SECRETS)]
        return {await ctx.house.vault.put(ctx, value, kind="api_key"): value for value in values}


async def opened(tenant: Tenant, id: UUID) -> str:
    async with tenant.context() as ctx:
        return (await ctx.house.vault.open(ctx, id, why="test")).text()


async def key_versions(tenant: Tenant) -> list[int]:
    async with tenant.context() as ctx:
        return [row["version"] for row in await store.living_keys(ctx)]
