"""Two jobs for one post, and a job that is stopped: what an old one finds out late counts for nothing."""

import asyncio
from uuid import UUID

import pytest

from greenroom.channels import facade as channels
from greenroom.channels.contracts import Post, Resolution
from greenroom.channels.platforms.adapter import Probe, Receipt
from greenroom.infra import jobs
from greenroom.kit.errors import Conflict
from tests.support.platform import Platform, at_platform
from tests.support.publish import Desk, no_call_is_left, run_job


async def job_of(desk: Desk, post: Post) -> UUID:
    async with desk.tenant.context() as ctx:
        job: UUID = await ctx.db.value("select job_id from post where id = %(id)s", {"id": post.id})
        return job


async def told(desk: Desk, post: Post) -> list[str]:
    async with desk.tenant.context() as ctx:
        rows = await ctx.db.all(
            "select kind, severity from event where subject_id = %(id)s and kind like 'channels.post.%%' order by id",
            {"id": post.id},
        )
    return [f"{row['kind'].removeprefix('channels.post.')} {row['severity']}" for row in rows]


@pytest.mark.parametrize("late", ["unclear", "unclear for long", "found"])
async def test_what_an_old_job_finds_out_late_changes_nothing(desk: Desk, late: str) -> None:
    """While the old job looks, a person asks for it to be looked for again, and the new job sends it."""
    platform = Platform(probe="certain")
    platform.faults = ["lost before"]
    there = await at_platform(desk, platform)
    post = await there.planned()
    assert await there.run(post.id) is not None
    old = await job_of(there, post)
    if late == "unclear for long":
        async with there.tenant.context() as ctx:
            await ctx.db.execute(
                "update publish_attempt set armed_at = armed_at - interval '16 minutes' where post_id = %(id)s",
                {"id": post.id},
            )
    looking, seen = asyncio.Event(), asyncio.Event()

    async def long_look() -> Probe:
        looking.set()
        await seen.wait()
        return Receipt("r-of-another-try", "https://faulty.example/old") if late == "found" else "unclear"

    platform.looking = long_look
    running = asyncio.create_task(run_job(there.tenant, old))
    await looking.wait()
    async with there.tenant.context() as ctx:
        await channels.claim(ctx, post.id)

    async def old_one_goes_on() -> None:
        seen.set()
        assert await running is None

    platform.meanwhile = old_one_goes_on
    assert await there.run(post.id) is None
    done = await there.post(post.id)
    assert (done.state, platform.commits, len(platform.out)) == ("published", 2, 1)
    assert [attempt.outcome for attempt in done.attempts] == ["absent", "published"]
    assert done.permalink == f"https://faulty.example/{platform.out[0]}"
    assert await told(there, post) == ["publishing info", "unknown warning", "published info"]
    async with there.tenant.context() as ctx:
        assert (await jobs.get_job(ctx, old)).state == "done"


async def test_of_two_jobs_for_a_post_only_the_newer_one_looks(desk: Desk) -> None:
    platform = Platform(probe="certain", settle=300)
    platform.faults = ["late"]
    there = await at_platform(desk, platform)
    post = await there.planned()
    assert await there.run(post.id) is not None
    old = await job_of(there, post)
    async with there.tenant.context() as ctx:
        await channels.claim(ctx, post.id)
    assert await run_job(there.tenant, old) is None
    assert await there.run(post.id) is not None
    platform.appear()
    assert await there.run(post.id) is None
    assert ((await there.post(post.id)).state, platform.commits) == ("published", 1)


async def test_a_lost_post_in_whose_place_another_went_out_is_looked_for_and_not_sent(desk: Desk) -> None:
    platform = Platform(probe="certain")
    platform.faults = ["lost before"]
    there = await at_platform(desk, platform)
    post = await there.planned()
    assert await there.run(post.id) is not None
    async with there.tenant.context() as ctx:
        instead = await channels.add_post(ctx, content=post.content.id, account=there.page.id, again=True)
        await channels.claim(ctx, instead.id)
    assert await there.run(instead.id) is None
    async with there.tenant.context() as ctx:
        await channels.claim(ctx, post.id)
    assert await there.run(post.id) is None
    assert [(await there.post(one.id)).state for one in (post, instead)] == ["failed", "published"]
    assert (platform.commits, len(platform.out)) == (2, 1)


async def test_not_there_is_no_answer_while_a_call_may_still_arrive(desk: Desk) -> None:
    platform = Platform(probe="none", settle=300)
    platform.faults = ["late"]
    there = await at_platform(desk, platform)
    post = await there.planned()
    assert await there.run(post.id) is not None
    async with there.tenant.context() as ctx:
        with pytest.raises(Conflict, match="may still turn up on"):
            await channels.resolve(ctx, post.id, Resolution(published=False))
    await no_call_is_left(there, post.id)
    async with there.tenant.context() as ctx:
        await channels.resolve(ctx, post.id, Resolution(published=False))
    assert (await there.post(post.id)).state == "failed"


@pytest.mark.parametrize(
    ("fault", "state", "outcome"), [("lost after", "published", "published"), ("lost before", "failed", "absent")]
)
async def test_a_stopped_post_that_may_be_out_is_looked_for_and_not_sent(
    desk: Desk, fault: str, state: str, outcome: str
) -> None:
    platform = Platform(probe="certain")
    platform.faults = [fault]  # type: ignore[list-item]  # parametrised over the literal's values
    there = await at_platform(desk, platform)
    post = await there.planned()
    assert await there.run(post.id) is not None
    async with there.tenant.context() as ctx:
        await jobs.cancel(ctx, await job_of(there, post))
    waits = await there.post(post.id)
    assert waits.state == "unknown"
    assert "is looking for it" in (waits.state_reason or "")
    assert await there.run(post.id) is None
    done = await there.post(post.id)
    assert (done.state, platform.commits) == (state, 1)
    assert [attempt.outcome for attempt in done.attempts] == [outcome]
    assert "unknown error" not in await told(there, post)
    if state == "failed":
        assert "was looked for and is not out" in (done.state_reason or "")


async def test_where_a_look_tells_nothing_and_when_that_is_stopped_too_a_person_is_asked(desk: Desk) -> None:
    for probe, stops in (("none", 1), ("found", 2)):
        platform = Platform(probe=probe)  # type: ignore[arg-type]  # names of the literal's values
        platform.faults = ["lost after"]
        platform.blind = True
        there = await at_platform(desk, platform)
        post = await there.planned(f"Bread {probe}")
        assert await there.run(post.id) is not None
        for _ in range(stops):
            async with there.tenant.context() as ctx:
                await jobs.cancel(ctx, await job_of(there, post))
        asked = await there.post(post.id)
        assert asked.state == "unknown"
        assert "Look on Faulty account" in (asked.state_reason or "")
