"""Durable stages: begun and finished as rows, taken over by content, within one client."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from greenroom.infra import jobs
from greenroom.infra.context import Context
from greenroom.infra.store import Stored
from greenroom.studio import content_store, stage_store, steer
from greenroom.studio.create import create
from greenroom.studio.keep import Kept, keep_files, kept_stage, store_files
from greenroom.studio.make.stage import StageResult
from greenroom.studio.read import detail, list_contents, summary
from greenroom.studio.records import NewContent, Started
from tests.support.house import Tenant, make_tenant
from tests.support.publish import Desk, make_desk


async def asked(desk: Desk, topic: str = "Bees") -> tuple[UUID, UUID]:
    """A content and its job; no worker runs in these tests."""
    async with desk.tenant.context() as ctx:
        started: Started = await create(ctx, NewContent(character_id=desk.character.id, topic=topic, seconds=15))
    return started.content.id, started.job_id


def place(desk: Desk, content: UUID, stage: str = "voice") -> dict[str, Any]:
    return {"client": desk.tenant.client, "content": content, "making": 1, "stage": stage}


async def begin(ctx: Context, at: dict[str, Any], job: UUID, key: str = "k1") -> None:
    await stage_store.begin(ctx, at, key=key, epoch=1, job=job, worker="w")


async def test_a_stage_counts_its_starts_and_keeps_its_result(desk: Desk) -> None:
    content, job = await asked(desk)
    at = place(desk, content)
    async with desk.tenant.context() as ctx:
        await begin(ctx, at, job)
        assert await kept_stage(ctx, at, "k1") is None
        await begin(ctx, at, job)
        await stage_store.finish(ctx, at, data={"a": 1}, files={}, seconds=1.5)
        assert await kept_stage(ctx, at, "k1") == Kept({"a": 1}, {}, own=True)
        assert await kept_stage(ctx, at, "k2") is None
        (stage,) = [one for one in (await detail(ctx, content)).stages if one.name == "voice"]
    assert (stage.state, stage.starts, stage.seconds, stage.fraction) == ("done", 2, 1.5, 1)


async def test_the_same_key_is_taken_over_within_a_client_only(desk: Desk, other_tenant: Tenant) -> None:
    first, job = await asked(desk)
    second, _ = await asked(desk)
    elsewhere = await make_desk(await make_tenant(desk.tenant.house, "Third"))
    async with desk.tenant.context() as ctx:
        await begin(ctx, place(desk, first), job)
        await stage_store.finish(ctx, place(desk, first), data={"a": 1}, files={}, seconds=1)
        kept = await kept_stage(ctx, place(desk, second), "k1")
        assert kept == Kept({"a": 1}, {}, own=False)
        await stage_store.take_over(ctx, place(desk, second), key="k1", data=kept.data, files=kept.files)
        (stage,) = [one for one in (await detail(ctx, second)).stages if one.name == "voice"]
        assert (stage.cached, stage.starts, stage.state) == (True, 0, "done")
    foreign, _ = await asked(elsewhere)
    async with elsewhere.tenant.context() as ctx:
        assert await kept_stage(ctx, place(elsewhere, foreign), "k1") is None


async def test_files_come_back_under_the_names_that_stages_expect(desk: Desk, tmp_path: Any) -> None:
    sound = tmp_path / "narration.wav"
    sound.write_bytes(b"RIFF")
    result = StageResult({"spoken": 1}, {"narration.wav": sound})
    store = desk.tenant.house.store
    async with desk.tenant.context() as ctx:
        stored: dict[str, Stored] = store_files(store, result)
        files = await keep_files(ctx, result, stored, None)
    kept = Kept(result.data, files, own=True)
    assert kept.complete(store)
    back = kept.result(store, tmp_path / "next")
    assert back.files["narration.wav"] == tmp_path / "next" / "narration.wav"
    assert back.files["narration.wav"].read_bytes() == b"RIFF"
    store.path(stored["narration.wav"].hash).unlink()
    assert not kept.complete(store)


async def test_the_end_of_a_job_is_the_end_of_its_stage(desk: Desk) -> None:
    content, job = await asked(desk)
    async with desk.tenant.context() as ctx:
        await begin(ctx, place(desk, content), job)
        await jobs.cancel(ctx, job)
    async with desk.tenant.context() as ctx:
        seen = await detail(ctx, content)
        assert seen.status == "cancelled"
        assert {one.state for one in seen.stages} == {"waiting"}
        await jobs.retry(ctx, job)
        assert (await summary(ctx, content)).status == "scripting"


async def test_a_job_that_is_not_the_contents_moves_nothing(desk: Desk) -> None:
    content, job = await asked(desk)
    async with desk.tenant.context() as ctx:
        assert await content_store.advance(ctx, content, job, "assembling")
        assert (await summary(ctx, content)).status == "assembling"
        await content_store.set_status(ctx, content, "cancelled")
        assert not await content_store.advance(ctx, content, job, "checking")
        _, other = await asked(desk)
        await content_store.set_status(ctx, content, "scripting")
        assert not await content_store.advance(ctx, content, other, "checking")


@pytest.mark.parametrize("words", ["%", "_", "'", "\\", "x' or true --"])
async def test_a_search_is_for_what_was_typed(desk: Desk, words: str) -> None:
    await asked(desk, "Bees")
    async with desk.tenant.context() as ctx:
        assert (await list_contents(ctx, words=words)).items == []
        assert len((await list_contents(ctx, words="BEES")).items) == 1


async def test_a_cancel_and_a_finishing_stage_do_not_wait_for_each_other(desk: Desk) -> None:
    content, job = await asked(desk)
    held, freed = asyncio.Event(), asyncio.Event()

    async def finish_a_stage() -> None:
        async with desk.tenant.context() as ctx:
            await ctx.db.execute("select from job where id = %(id)s for key share", {"id": job})
            held.set()
            await freed.wait()
            await content_store.advance(ctx, content, job, "assembling")

    async def cancel() -> None:
        async with desk.tenant.context() as ctx:
            await steer.cancel(ctx, content)

    finishing = asyncio.create_task(finish_a_stage())
    await held.wait()
    cancelling = asyncio.create_task(cancel())
    await asyncio.sleep(0.2)
    freed.set()
    await asyncio.gather(finishing, cancelling)
    async with desk.tenant.context() as ctx:
        assert (await summary(ctx, content)).status == "cancelled"
