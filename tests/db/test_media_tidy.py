"""Uploads that nobody finished are forgotten with their bytes; those under way and finished files stay."""

import os
import time
from collections.abc import AsyncIterator
from pathlib import Path

from greenroom.entrypoints import wiring
from greenroom.infra.context import House
from greenroom.infra.jobs import Registry
from greenroom.kit.ids import uuid7
from greenroom.media import facade as media
from greenroom.media import jobs, upload
from tests.support.house import Tenant


async def begun(tenant: Tenant, name: str) -> upload.Upload:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"half"

    async with tenant.context() as ctx:
        made = await upload.begin(ctx, name=name, size=8)
    await upload.append(tenant.house, made, chunks(), offset=0)
    return made


async def ids(tenant: Tenant) -> set[object]:
    async with tenant.context() as ctx:
        return {row["id"] for row in await ctx.db.all("select id from upload")}


def parts(house: House) -> set[str]:
    return {path.stem for path in (house.settings.home / "uploads").glob("*.part")}


async def let_pass(tenant: Tenant, made: upload.Upload) -> None:
    async with tenant.context() as ctx:
        await ctx.db.execute("update upload set expires_at = now() - interval '1 s' where id = %(id)s", {"id": made.id})


async def test_those_that_are_over_go_in_every_organisation(tenant: Tenant, other_tenant: Tenant, house: House) -> None:
    old, theirs, living = await begun(tenant, "a"), await begun(other_tenant, "b"), await begun(tenant, "c")
    for owner, made in ((tenant, old), (other_tenant, theirs)):
        await let_pass(owner, made)
    await jobs.tidy(house)
    assert (await ids(tenant), await ids(other_tenant)) == ({living.id}, set())
    assert parts(house) == {str(living.id)}
    await jobs.tidy(house)
    assert parts(house) == {str(living.id)}


async def test_the_file_that_an_upload_became_stays(tenant: Tenant, house: House) -> None:
    async with tenant.context() as ctx:
        made = await upload.begin(ctx, name="x", size=5)
        became = upload.Clean(house.store.put(b"hello"), "image/png", 1, 1, None)
        file = await upload.finish(ctx, made, became)
    await let_pass(tenant, made)
    await jobs.tidy(house)
    assert await ids(tenant) == set()
    async with tenant.context() as ctx:
        assert media.path(ctx, await media.get(ctx, file.id)).read_bytes() == b"hello"


async def test_bytes_without_an_upload_go_by_their_age(tenant: Tenant, house: House) -> None:
    """What a crash between commit and removal leaves behind."""
    living = await begun(tenant, "a")
    folder: Path = house.settings.home / "uploads"
    for name, days in (("old", 3), ("fresh", 1)):
        path = folder / f"{uuid7()}-{name}.part"
        path.write_bytes(b"x")
        os.utime(path, (time.time() - days * 86_400,) * 2)
    await jobs.tidy(house)
    kept = parts(house)
    assert str(living.id) in kept
    assert {name.rpartition("-")[2] for name in kept - {str(living.id)}} == {"fresh"}


def test_a_worker_does_it() -> None:
    registry = Registry()
    wiring.register_jobs(registry)
    assert "media.tidy" in registry.ticks
