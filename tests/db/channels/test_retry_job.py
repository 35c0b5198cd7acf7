"""Jobs of posts that are tried again: the post goes out after all, or the retry says why it does not."""

from uuid import UUID

import httpx
import pytest

from greenroom.channels import facade as channels
from greenroom.channels.contracts import PaceChange, Post
from greenroom.entrypoints.api import create_app
from greenroom.infra import jobs
from greenroom.infra.jobs.read import list_causes
from greenroom.infra.jobs.retry_many import retry_cause
from greenroom.kit.errors import Conflict
from greenroom.tenancy import tokens
from greenroom.tenancy.token_contracts import NewApiToken
from tests.support.publish import Desk


async def job_of(desk: Desk, post: Post) -> UUID:
    async with desk.tenant.context() as ctx:
        job: UUID = await ctx.db.value("select job_id from post where id = %(id)s", {"id": post.id})
        return job


async def cancelled(desk: Desk, title: str = "Why bread rises") -> Post:
    """A post whose job was cancelled before a worker had it."""
    post = await desk.planned(title)
    async with desk.tenant.context() as ctx:
        await jobs.cancel(ctx, await job_of(desk, post))
    return await desk.post(post.id)


async def failed(desk: Desk, title: str) -> Post:
    """A post whose job failed."""
    post = await cancelled(desk, title)
    async with desk.tenant.context() as ctx:
        await ctx.db.execute(
            "update job set state = 'failed', error = 'The disk is full' where subject_id = %(id)s", {"id": post.id}
        )
    return post


async def test_a_cancelled_job_that_is_tried_again_brings_its_post_out(desk: Desk) -> None:
    post = await cancelled(desk)
    assert post.state == "failed"
    async with desk.tenant.context() as ctx:
        await jobs.retry(ctx, await job_of(desk, post))
    assert (await desk.post(post.id)).state == "claimed"
    await desk.run(post.id)
    assert (await desk.post(post.id)).state == "published"


async def test_a_post_that_may_not_go_out_leaves_its_job_ended_and_says_why(desk: Desk) -> None:
    post = await cancelled(desk)
    job = await job_of(desk, post)
    async with desk.tenant.context() as ctx:
        await ctx.db.execute(
            "update content set status = 'review', approval_id = null where id = %(id)s", {"id": post.content.id}
        )
    with pytest.raises(Conflict, match="approve"):
        async with desk.tenant.context() as ctx:
            await jobs.retry(ctx, job)
    async with desk.tenant.context() as ctx:
        assert (await jobs.get_job(ctx, job)).state == "cancelled"
    assert (await desk.post(post.id)).state == "failed"


async def test_a_post_that_went_another_way_is_not_sent_by_its_old_job(desk: Desk) -> None:
    post = await cancelled(desk)
    job = await job_of(desk, post)
    async with desk.tenant.context() as ctx:
        await channels.cancel(ctx, post.id)
    with pytest.raises(Conflict, match="This post is cancelled now"):
        async with desk.tenant.context() as ctx:
            await jobs.retry(ctx, job)
    async with desk.tenant.context() as ctx:
        await channels.claim(ctx, post.id)
    with pytest.raises(Conflict, match="Something else was done"):
        async with desk.tenant.context() as ctx:
            await jobs.retry(ctx, job)


async def test_of_many_that_failed_alike_each_is_refused_by_itself(desk: Desk) -> None:
    posts = [await failed(desk, title) for title in ("One", "Two")]
    async with desk.tenant.context() as ctx:
        account = await channels.get_account(ctx, desk.page.id)
        await channels.change_pace(ctx, account.id, account.version, PaceChange(daily_cap=1))
    async with desk.tenant.context() as ctx:
        told = await retry_cause(ctx, (await list_causes(ctx))[0].cause)
    assert (told.retried, told.left) == (1, 1)
    assert "has had its 1 for today" in (told.refused or "")
    assert sorted([(await desk.post(post.id)).state for post in posts]) == ["claimed", "failed"]


@pytest.mark.parametrize(("scopes", "answer"), [(("read", "make"), 403), (("read", "make", "publish"), 200)])
async def test_jobs_of_posts_take_the_right_to_publish(desk: Desk, scopes: tuple[str, ...], answer: int) -> None:
    waits, ended = await desk.planned("Waits"), await failed(desk, "Ended")
    tenant = desk.tenant
    async with tenant.context() as ctx:
        token = (await tokens.create_token(ctx, NewApiToken(name="Narrow", scopes=scopes))).token
        cause = (await list_causes(ctx))[0].cause
    transport = httpx.ASGITransport(app=create_app(tenant.house))
    bearer = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost/api/v1", headers=bearer) as program:
        many = await program.post("/jobs/retry", json={"cause": str(cause)})
        assert many.json()["retried"] == (answer == 200), many.text
        if answer == 403:
            assert "right to publish" in many.json()["refused"]
            assert (await program.post(f"/jobs/{await job_of(desk, ended)}/retry")).status_code == 403
        assert (await program.post(f"/jobs/{await job_of(desk, waits)}/cancel")).status_code == answer
    assert (await desk.post(ended.id)).state == ("claimed" if answer == 200 else "failed")
    assert (await desk.post(waits.id)).state == ("failed" if answer == 200 else "claimed")
