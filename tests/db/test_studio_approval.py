"""Nothing leaves the studio that a person did not approve, exactly as it is."""

from dataclasses import replace
from uuid import UUID

import psycopg
import pytest

from greenroom.infra.context import Actor
from greenroom.kit.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from greenroom.kit.ids import uuid7
from greenroom.media import facade as media
from greenroom.studio import content_store, review_store, steer
from greenroom.studio.errors import NotApproved
from greenroom.studio.records import NewReview, ScriptEdit
from greenroom.studio.review import approved, review
from tests.support.house import Tenant
from tests.support.publish import Desk, approved_content

TAMPERED = {
    "the script": "update content set script = jsonb_set(script, '{caption}', '\"Buy now\"') where id = %(id)s",
    "the disclosure": "update content set sheet = jsonb_set(sheet, '{disclosure,label}', '\"None\"') where id = %(id)s",
    "the version": "update content set version = version + 1 where id = %(id)s",
    "a blocking check": """insert into check_result (organisation_id, client_id, render_id, position, kind, title, ok,
                             level, score, reason)
                           select organisation_id, client_id, render_id, 99, 'late', 'Late', false, 'block', 0, 'Late'
                           from content where id = %(id)s""",
}


@pytest.fixture
async def content(desk: Desk) -> UUID:
    return await desk.approved()


async def test_what_was_approved_comes_out_whole(desk: Desk, content: UUID) -> None:
    async with desk.tenant.context() as ctx:
        out = await approved(ctx, content)
    assert out.title == "Why bread rises"
    assert out.character_id == desk.character.id
    assert out.transcript.startswith("Yeast")
    assert out.captions is not None
    assert out.captions.type == "text/vtt"
    assert out.approved_by == "Ada"


@pytest.mark.parametrize("what", TAMPERED)
async def test_a_change_behind_the_approval_is_noticed(desk: Desk, content: UUID, what: str) -> None:
    async with desk.tenant.context() as ctx:
        await ctx.db.execute(TAMPERED[what], {"id": content})
    async with desk.tenant.context() as ctx:
        with pytest.raises(NotApproved):
            await approved(ctx, content)


async def test_a_video_that_nobody_checked_never_goes_out(desk: Desk) -> None:
    content = await desk.approved(checked=False)
    async with desk.tenant.context() as ctx:
        with pytest.raises(NotApproved):
            await approved(ctx, content)
        version = (await content_store.by_id(ctx, content))["version"]
        await review(ctx, content, NewReview(decision="changes", note="Again", version=version))
        with pytest.raises(Conflict, match="AI label in the picture"):
            await review(ctx, content, NewReview(decision="approve", version=version))


async def test_another_render_is_not_what_was_approved(desk: Desk, content: UUID) -> None:
    async with desk.tenant.context() as ctx:
        other = await approved_content(ctx, desk.character, video=b"another video")
        row = await content_store.by_id(ctx, other)
        await ctx.db.execute(
            "update content set render_id = %(render)s where id = %(id)s", {"render": row["render_id"], "id": content}
        )
    async with desk.tenant.context() as ctx:
        with pytest.raises(NotApproved):
            await approved(ctx, content)


async def test_the_database_knows_no_approval_without_a_review(desk: Desk, content: UUID) -> None:
    for change in (
        "update content set approval_id = null",
        "update content set status = 'review'",
        "update content set status = 'approved', approval_id = gen_random_uuid()",
    ):
        with pytest.raises(psycopg.errors.IntegrityError):
            async with desk.tenant.context() as ctx:
                await ctx.db.execute(change)


@pytest.mark.parametrize("table", ["review", "render", "check_result"])
@pytest.mark.parametrize("change", ["update {} set client_id = client_id", "delete from {}"])
async def test_what_was_decided_and_measured_cannot_be_rewritten(
    desk: Desk, content: UUID, table: str, change: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with desk.tenant.context() as ctx:
            await ctx.db.execute(change.format(table))


async def test_an_edit_ends_the_approval_and_keeps_the_review(desk: Desk, content: UUID) -> None:
    async with desk.tenant.context() as ctx:
        version = (await approved(ctx, content)).version
        await steer.edit(ctx, content, ScriptEdit(caption="New"), version=version)
        with pytest.raises(NotApproved):
            await approved(ctx, content)
        assert len(await review_store.reviews(ctx, content)) == 1
        with pytest.raises(Stale):
            await steer.edit(ctx, content, ScriptEdit(caption="Newer"), version=version)


async def test_what_is_deleted_is_gone(desk: Desk, content: UUID) -> None:
    async with desk.tenant.context() as ctx:
        await steer.delete(ctx, content)
        with pytest.raises(NotFound):
            await approved(ctx, content)
        with pytest.raises(NotFound):
            await steer.delete(ctx, content)


async def test_a_person_decides_not_a_job(desk: Desk, content: UUID) -> None:
    async with desk.tenant.context() as ctx:
        version = (await approved(ctx, content)).version
        job = replace(ctx, actor=Actor("job", uuid7(), "studio.make"))
        with pytest.raises(Forbidden):
            await review(job, content, NewReview(decision="approve", version=version))
        nobody = replace(ctx, grants={})
        with pytest.raises(Forbidden):
            await review(nobody, content, NewReview(decision="approve", version=version))


async def test_an_approval_can_be_taken_back_with_a_reason(desk: Desk, content: UUID) -> None:
    async with desk.tenant.context() as ctx:
        version = (await approved(ctx, content)).version
        with pytest.raises(Invalid):
            await review(ctx, content, NewReview(decision="changes", version=version))
        with pytest.raises(Stale):
            await review(ctx, content, NewReview(decision="changes", note="Wrong colour", version=version + 1))
        with pytest.raises(Conflict):
            await review(ctx, content, NewReview(decision="approve", version=version))
        back = await review(ctx, content, NewReview(decision="changes", note="Wrong colour", version=version))
        assert back.status == "rejected"
        with pytest.raises(NotApproved):
            await approved(ctx, content)
        again = await review(ctx, content, NewReview(decision="approve", version=version))
        assert again.status == "approved"
        assert (await approved(ctx, content)).version == version
        assert [one.decision for one in again.reviews] == ["approve", "changes", "approve"]


async def test_nobody_elses_video_is_found(desk: Desk, content: UUID, other_tenant: Tenant) -> None:
    async with desk.tenant.context() as ctx:
        video = (await approved(ctx, content)).video.id
    async with other_tenant.context() as ctx:
        for attempt in (
            approved(ctx, content),
            review(ctx, content, NewReview(decision="approve", version=2)),
            steer.cancel(ctx, content),
            steer.retry(ctx, content),
            steer.delete(ctx, content),
            steer.edit(ctx, content, ScriptEdit(caption="Mine"), version=2),
            media.get(ctx, video),
        ):
            with pytest.raises(NotFound):
                await attempt
