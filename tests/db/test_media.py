"""Files: kept once, found by their owners only, never changed."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from greenroom.infra.store import Stored
from greenroom.kit.clock import FixedClock
from greenroom.kit.errors import Conflict, NotFound
from greenroom.kit.ids import uuid7
from greenroom.media import facade as media
from greenroom.media import upload
from greenroom.media.part import Part
from tests.support.house import START, Tenant

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


async def test_an_upload_is_its_clients_own_and_is_forgotten_in_time(tenant: Tenant, other_tenant: Tenant) -> None:
    clock = FixedClock(START)
    async with tenant.context(clock=clock) as ctx:
        begun = await upload.begin(ctx, name="picture.png", size=10)
    part = Part(tenant.house.settings, begun.id)
    await upload.append(tenant.house, begun, _sent(b"12345"), offset=0)
    async with other_tenant.context(clock=clock) as ctx:
        for act in (upload.get, upload.discard):
            with pytest.raises(NotFound):
                await act(ctx, begun.id)
    async with tenant.context(clock=clock) as ctx:
        assert (await upload.get(ctx, begun.id)).offset == part.offset() == 5
    clock.advance(upload.KEPT_FOR + timedelta(seconds=1))
    async with tenant.context(clock=clock) as ctx:
        await upload.begin(ctx, name="other.png", size=10)
        with pytest.raises(NotFound):
            await upload.get(ctx, begun.id)
    assert not part.path.exists()


async def test_two_senders_at_once_do_not_mix(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        begun = await upload.begin(ctx, name="picture.png", size=10)
    sending, more = asyncio.Event(), asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield b"12"
        sending.set()
        await more.wait()
        yield b"34"

    first = asyncio.create_task(upload.append(tenant.house, begun, slow(), offset=0))
    await sending.wait()
    with pytest.raises(Conflict, match="Another request"):
        await upload.append(tenant.house, begun, _sent(b"xx"), offset=0)
    more.set()
    assert await first == 4
    assert Part(tenant.house.settings, begun.id).path.read_bytes() == b"1234"


async def _sent(content: bytes) -> AsyncIterator[bytes]:
    yield content
