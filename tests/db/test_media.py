"""Files: kept once, found by their owners only, never changed."""

from pathlib import Path

import psycopg
import pytest

from greenroom.infra.store import Stored
from greenroom.kit.errors import NotFound
from greenroom.kit.ids import uuid7
from greenroom.media import facade as media
from tests.support.house import Tenant

PICTURE = {"type": "image/png", "name": "picture.png", "width": 2, "height": 1}


async def test_a_kept_file_is_found_with_its_bytes(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        kept = await media.keep(ctx, b"pixels", **PICTURE)
    async with tenant.context() as ctx:
        found = await media.get(ctx, kept.id)
        assert found == kept
        assert media.path(ctx, found).read_bytes() == b"pixels"
    assert (found.client, found.size, found.origin, found.width) == (tenant.client, 6, "generated", 2)
    assert found.url == f"/api/v1/files/{kept.id}"


async def test_the_same_content_under_the_same_name_is_one_file(tenant: Tenant, tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"pixels")
    async with tenant.context() as ctx:
        first = await media.keep(ctx, b"pixels", type="image/png", name="picture.png")
        second = await media.keep(ctx, tmp_path / "picture.png", type="image/png", name="picture.png")
        stored = await media.keep(ctx, Stored(first.hash, 6), type="image/png", name="picture.png")
        other = await media.keep(ctx, b"pixels", type="image/png", name="other.png")
    assert first == second == stored
    assert other.id != first.id
    assert other.hash == first.hash


async def test_nobody_else_finds_it_and_the_answer_is_the_same_as_for_none(
    tenant: Tenant, other_tenant: Tenant
) -> None:
    async with tenant.context() as ctx:
        kept = await media.keep(ctx, b"secret", type="text/plain", name="note.txt")
    async with other_tenant.context() as ctx:
        refusals = []
        for file in (kept.id, uuid7()):
            with pytest.raises(NotFound) as refused:
                await media.get(ctx, file)
            refusals.append(refused.value.detail)
        assert refusals[0] == refusals[1]
        assert await media.get_many(ctx, [kept.id]) == {}
        # The same bytes kept by another tenant are that tenant's own file.
        own = await media.keep(ctx, b"secret", type="text/plain", name="note.txt")
        assert own.id != kept.id


async def test_bytes_that_are_gone_are_said_to_be(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        kept = await media.keep(ctx, b"pixels", type="image/png", name="picture.png")
        media.path(ctx, kept).unlink()
        with pytest.raises(NotFound, match="no longer in the media store"):
            media.path(ctx, kept)


async def test_a_file_cannot_be_changed(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        await media.keep(ctx, b"pixels", type="image/png", name="picture.png")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with tenant.context() as ctx:
            await ctx.db.execute("update media_file set hash = repeat('0', 64)")
