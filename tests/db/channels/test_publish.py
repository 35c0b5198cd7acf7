"""Exactly one post: whatever the platform does with our call, and wherever a worker dies."""

import asyncio
from datetime import timedelta
from typing import LiteralString

import pytest

from greenroom.channels import facade as channels
from greenroom.channels import looking
from greenroom.channels.contracts import Post, Resolution
from greenroom.channels.points import POINTS, Point
from greenroom.kit.errors import Conflict, NotFound
from greenroom.studio import content_store
from tests.support.house import Tenant
from tests.support.platform import Died, Fault, Platform, at_platform, dying_at, pausing_at
from tests.support.publish import Desk, approve, make_desk

RUNNING = [point for point in POINTS if point != "claimed"]


async def settled(desk: Desk, post: Post, *, most: int = 8) -> Post:
    """The post after its job has been started as often as it asked to be."""
    for _ in range(most):
        if await desk.run(post.id) is None:
            break
    return await desk.post(post.id)


async def test_the_page_gets_it_once(desk: Desk) -> None:
    done = await settled(desk, await desk.planned())
    assert (done.state, done.permalink) == ("published", "/p/mara-vale/why-bread-rises")
    assert done.disclosure["read_back"] is True
    assert done.disclosure["sent"]["line"] == desk.character.disclosure.caption
    again = await settled(desk, done)
    assert (again.state, len(again.attempts)) == ("published", 1)


@pytest.mark.parametrize("point", RUNNING)
async def test_a_worker_that_dies_anywhere_leaves_one_post_on_the_page(desk: Desk, point: Point) -> None:
    post = await desk.planned()
    with dying_at(point), pytest.raises(Died):
        await desk.run(post.id)
    done = await settled(desk, post)
    assert (done.state, done.permalink) == ("published", "/p/mara-vale/why-bread-rises")
    async with desk.tenant.context() as ctx:
        assert len(await channels.entries(ctx, desk.page.id)) == 1
    assert [attempt.outcome for attempt in done.attempts][-1] == "published"


@pytest.mark.parametrize("probe", ["certain", "found"])
@pytest.mark.parametrize("point", RUNNING)
async def test_a_worker_that_dies_anywhere_never_posts_twice_elsewhere(desk: Desk, point: Point, probe: str) -> None:
    platform = Platform(probe=probe)  # type: ignore[arg-type]  # parametrised over the literal's values
    there = await at_platform(desk, platform)
    post = await there.planned()
    with dying_at(point), pytest.raises(Died):
        await there.run(post.id)
    done = await settled(there, post, most=3)
    assert len(platform.out) <= 1
    if point == "armed" and probe == "found":
        # The call may have been made or not, and this platform can't prove that it was not: nothing is sent again.
        assert (done.state, platform.commits) == ("unknown", 0)
    else:
        assert (done.state, len(platform.out)) == ("published", 1)


@pytest.mark.parametrize(
    ("fault", "probe", "state", "commits"),
    [
        ("lost after", "certain", "published", 1),
        ("lost after", "found", "published", 1),
        ("lost after", "none", "unknown", 1),
        ("lost before", "certain", "published", 2),
        ("lost before", "found", "unknown", 1),
        ("slow down", "none", "published", 2),
        ("refused", "certain", "failed", 1),
        ("locked out", "certain", "failed", 1),
    ],
)
async def test_what_the_platform_does_with_the_one_call(
    desk: Desk, fault: Fault, probe: str, state: str, commits: int
) -> None:
    platform = Platform(probe=probe)  # type: ignore[arg-type]  # parametrised over the literal's values
    platform.faults = [fault]
    there = await at_platform(desk, platform)
    done = await settled(there, await there.planned(), most=4)
    assert (done.state, platform.commits) == (state, commits)
    assert len(platform.out) == (1 if fault == "lost after" or state == "published" else 0)
    if state != "published":
        assert done.state_reason
        assert len(done.state_reason) > 20


async def test_a_post_that_turns_up_late_is_waited_for_and_not_repeated(desk: Desk) -> None:
    platform = Platform(probe="certain", settle=300)
    platform.faults = ["late"]
    there = await at_platform(desk, platform)
    post = await there.planned()
    wait = await there.run(post.id)
    assert wait is not None
    assert (await there.post(post.id)).state == "unknown"
    wait = await there.run(post.id)
    assert wait is not None
    assert timedelta(seconds=200) < wait <= timedelta(seconds=300) + looking.GUARD
    platform.appear()
    done = await settled(there, post)
    assert (done.state, platform.commits, len(platform.out)) == ("published", 1, 1)


async def test_half_a_thread_is_completed_and_never_taken_for_not_out(desk: Desk) -> None:
    platform = Platform()
    platform.faults = ["half", "half"]
    there = await at_platform(desk, platform)
    post = await there.planned()
    assert await there.run(post.id) is not None
    unfinished = await there.post(post.id)
    assert (unfinished.state, unfinished.attempts[-1].phase) == ("unknown", "commit")
    assert "A part of it is out" in (unfinished.attempts[-1].error or "")
    done = await settled(there, post)
    assert (done.state, platform.half, len(platform.out)) == ("published", [], 1)
    assert [attempt.outcome for attempt in done.attempts] == ["published"]


@pytest.mark.parametrize("fault", ["refused", "locked out", "rest refused"])
async def test_what_refuses_the_rest_of_a_thread_leaves_it_to_a_person(desk: Desk, fault: Fault) -> None:
    platform = Platform()
    platform.faults = ["half", fault]
    there = await at_platform(desk, platform)
    post = await there.planned()
    assert await there.run(post.id) is not None
    assert await there.run(post.id) is None
    asked = await there.post(post.id)
    assert (asked.state, asked.attempts[-1].outcome) == ("unknown", None)
    assert "A part of it went out" in (asked.state_reason or "")
    assert "Complete or delete it on Faulty account" in (asked.state_reason or "")
    async with there.tenant.context() as ctx:
        with pytest.raises(Conflict, match="is planned on"):
            await channels.add_post(ctx, content=post.content.id, account=there.page.id)


async def test_content_that_changes_while_half_a_thread_is_out_is_told_to_a_person(desk: Desk) -> None:
    platform = Platform()
    platform.faults = ["half"]
    there = await at_platform(desk, platform)
    post = await there.planned()
    assert await there.run(post.id) is not None
    async with there.tenant.context() as ctx:
        await ctx.db.execute("update content set version = version + 1, status = 'review', approval_id = null")
    assert await there.run(post.id) is None
    asked = await there.post(post.id)
    assert (asked.state, platform.commits) == ("unknown", 1)
    assert "is not approved" in (asked.state_reason or "")


async def test_half_a_thread_that_a_person_reported_is_taken_down(desk: Desk) -> None:
    platform = Platform()
    platform.faults = ["half", "refused"]
    there = await at_platform(desk, platform)
    post = await there.planned()
    assert (await settled(there, post)).state == "unknown"
    async with there.tenant.context() as ctx:
        await channels.resolve(ctx, post.id, Resolution(published=True))
        await channels.take_down(ctx, post.id)
    assert ((await settled(there, post)).state, platform.half) == ("removed", [])


async def test_an_open_try_that_may_be_out_is_a_twin_whatever_the_state_says(desk: Desk) -> None:
    platform = Platform(probe="none")
    platform.faults = ["lost after"]
    there = await at_platform(desk, platform)
    post = await there.planned()
    await there.run(post.id)
    async with there.tenant.context() as ctx:
        await ctx.db.execute("update post set state = 'failed' where id = %(id)s", {"id": post.id})
        with pytest.raises(Conflict, match="may be out on Faulty account already"):
            await channels.add_post(ctx, content=post.content.id, account=there.page.id)


async def test_a_person_is_asked_after_a_quarter_of_an_hour_and_settles_it(desk: Desk) -> None:
    platform = Platform(probe="found")
    platform.faults = ["late"]
    there = await at_platform(desk, platform)
    post = await there.planned()
    for _ in range(3):
        assert await there.run(post.id) is not None
    await _earlier(there, post, "armed_at")
    assert await there.run(post.id) is None
    asked = await there.post(post.id)
    assert asked.state == "unknown"
    assert "Look on Faulty account" in (asked.state_reason or "")

    async with there.tenant.context() as ctx:
        with pytest.raises(Conflict):
            await channels.cancel(ctx, post.id)
        await channels.claim(ctx, post.id)  # look again: nothing is sent
    platform.appear()
    found = await settled(there, post)
    assert (found.state, platform.commits) == ("published", 1)


@pytest.mark.parametrize(("seen", "state"), [(True, "published"), (False, "failed")])
async def test_what_a_person_saw_ends_it(desk: Desk, seen: bool, state: str) -> None:
    platform = Platform(probe="none")
    platform.faults = ["lost after" if seen else "lost before"]
    there = await at_platform(desk, platform)
    post = await there.planned()
    await there.run(post.id)
    async with there.tenant.context() as ctx:
        await channels.resolve(ctx, post.id, Resolution(published=seen, permalink="https://faulty.example/1"))
    done = await there.post(post.id)
    assert done.state == state
    assert done.attempts[-1].outcome == ("published" if seen else "absent")
    async with there.tenant.context() as ctx:
        with pytest.raises(Conflict):
            await channels.resolve(ctx, post.id, Resolution(published=True))


async def test_transient_refusals_are_tried_for_a_quarter_of_an_hour(desk: Desk) -> None:
    platform = Platform()
    platform.prepare_faults = ["slow down"] * 3
    there = await at_platform(desk, platform)
    post = await there.planned()
    assert await there.run(post.id) is not None
    assert (await there.post(post.id)).state == "publishing"
    await _earlier(there, post, "started_at")
    assert await there.run(post.id) is None
    done = await there.post(post.id)
    assert (done.state, done.state_reason) == ("failed", "Faulty asks us to slow down")
    async with there.tenant.context() as ctx:
        await channels.claim(ctx, post.id)
    platform.prepare_faults = []
    assert (await settled(there, post)).state == "published"


async def test_an_overtaken_worker_can_write_nothing(desk: Desk) -> None:
    """While the first worker waits for the platform's answer, a second one takes over, looks and finishes."""
    platform = Platform(probe="found")
    there = await at_platform(desk, platform)
    post = await there.planned()

    async def second() -> None:
        assert (await settled(there, post)).state == "published"

    platform.meanwhile = second
    await there.run(post.id)
    done = await there.post(post.id)
    assert (done.state, platform.commits) == ("published", 1)
    assert [attempt.outcome for attempt in done.attempts] == ["published"]


async def test_a_worker_that_stood_still_before_the_call_looks_first(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "GUARD", timedelta(milliseconds=500))
    platform = Platform(probe="certain")
    there = await at_platform(desk, platform)
    post = await there.planned()
    with pausing_at("armed", seconds=0.6):
        assert await there.run(post.id) is not None
    assert platform.commits == 0
    monkeypatch.undo()
    done = await settled(there, post)
    assert (done.state, platform.commits) == ("published", 1)
    assert [attempt.outcome for attempt in done.attempts] == ["absent", "published"]


async def test_the_time_that_arming_takes_counts_as_standing_still(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody holds the attempt's row while it is to be armed."""
    monkeypatch.setattr(looking, "GUARD", timedelta(milliseconds=500))
    platform = Platform(probe="certain")
    there = await at_platform(desk, platform)
    post = await there.planned()
    holding, holders = asyncio.Event(), []

    async def hold() -> None:
        async with there.tenant.context() as ctx:
            await ctx.db.all("select id from publish_attempt where post_id = %(id)s for update", {"id": post.id})
            holding.set()
            await asyncio.sleep(1.5)

    async def while_uploading() -> None:
        holders.append(asyncio.create_task(hold()))
        await holding.wait()

    platform.uploading = while_uploading
    assert await there.run(post.id) is not None
    await asyncio.gather(*holders)
    assert platform.commits == 0
    monkeypatch.undo()
    done = await settled(there, post)
    assert (done.state, platform.commits) == ("published", 1)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            "update account set state = 'closed', state_reason = 'It was unlinked'",
            "is closed and takes no posts: It was unlinked",
        ),
        ("update client set status = 'archived'", "is archived and publishes nothing"),
    ],
)
async def test_an_account_or_client_that_closes_after_the_claim_holds_the_post(
    desk: Desk, change: LiteralString, says: str
) -> None:
    platform = Platform()
    there = await at_platform(desk, platform)
    before, during = await there.planned(), await there.planned("Why dough rests")

    async def close() -> None:
        async with there.tenant.context() as ctx:
            await ctx.db.execute(change)

    platform.uploading = close
    for post in (during, before):
        held = await settled(there, post)
        assert (held.state, held.attempts[-1].outcome) == ("draft", "held")
        assert says in (held.state_reason or "")
    assert platform.commits == 0


async def test_nothing_unapproved_goes_out_by_any_door(desk: Desk) -> None:
    content = await desk.approved()
    async with desk.tenant.context() as ctx:
        await content_store.set_status(ctx, content, "review")
        with pytest.raises(Conflict, match="not approved"):
            await channels.add_post(ctx, content=content, account=desk.page.id)


async def test_content_that_is_changed_meanwhile_holds_its_post(desk: Desk) -> None:
    """Changed after the post was claimed, behind the listeners' back: the last look before the call sees it."""
    post = await desk.planned()
    async with desk.tenant.context() as ctx:
        await ctx.db.execute("update content set version = version + 1, status = 'review', approval_id = null")
    held = await settled(desk, post)
    assert held.state == "draft"
    assert "is not approved" in (held.state_reason or "")
    assert held.attempts[-1].outcome == "held"
    async with desk.tenant.context() as ctx:
        assert await channels.entries(ctx, desk.page.id) == []
        await approve(ctx, post.content.id)
        await channels.claim(ctx, post.id)
    assert (await settled(desk, post)).state == "published"


async def test_another_organisations_post_is_not_there(desk: Desk, other_tenant: Tenant) -> None:
    post = await desk.planned()
    async with other_tenant.context() as ctx:
        for act in (channels.get_post, channels.claim, channels.cancel, channels.take_down):
            with pytest.raises(NotFound):
                await act(ctx, post.id)  # type: ignore[operator]  # all take a context and an id
    other = await make_desk(other_tenant, desk.character.name)
    assert other.page.handle == "mara-vale-2"


async def test_a_failed_take_down_says_that_the_post_is_still_out(desk: Desk) -> None:
    platform = Platform()
    there = await at_platform(desk, platform)
    post = await settled(there, await there.planned())
    platform.removable = False
    async with there.tenant.context() as ctx:
        await channels.take_down(ctx, post.id)
    await settled(there, post)
    failed = await there.post(post.id)
    assert failed.state == "published"
    assert "could not be taken down and is still out: Faulty wants" in (failed.state_reason or "")
    async with there.tenant.context() as ctx:
        told = await ctx.db.all("select severity from event where kind = 'channels.post.still_out'")
        assert [event["severity"] for event in told] == ["error"]
        platform.removable = True
        await channels.take_down(ctx, post.id)
    assert ((await settled(there, post)).state, platform.out) == ("removed", [])


async def test_a_take_down_waits_for_a_platform_that_asks_to(desk: Desk) -> None:
    platform = Platform()
    there = await at_platform(desk, platform)
    post = await settled(there, await there.planned())
    platform.removing = ["slow down", "slow down"]
    async with there.tenant.context() as ctx:
        await channels.take_down(ctx, post.id)
        await channels.take_down(ctx, post.id)
    assert await there.run(post.id) is not None
    assert ((await settled(there, post)).state, platform.out) == ("removed", [])


@pytest.mark.parametrize("probe", ["certain", "none"])
async def test_what_a_person_reported_is_taken_down_by_its_marker_or_by_a_person(desk: Desk, probe: str) -> None:
    platform = Platform(probe=probe)  # type: ignore[arg-type]  # parametrised over the literal's values
    platform.faults = ["lost after"]
    there = await at_platform(desk, platform)
    post = await there.planned()
    await there.run(post.id)
    async with there.tenant.context() as ctx:
        await channels.resolve(ctx, post.id, Resolution(published=True, permalink="https://faulty.example/1"))
        await channels.take_down(ctx, post.id)
    done = await settled(there, post)
    if probe == "certain":
        assert (done.state, platform.out) == ("removed", [])
    else:
        assert (done.state, len(platform.out)) == ("published", 1)
        assert "delete it there by hand" in (done.state_reason or "")


async def _earlier(desk: Desk, post: Post, column: str) -> None:
    """As if a quarter of an hour had gone by since that moment of the post's attempt."""
    async with desk.tenant.context() as ctx:
        await ctx.db.execute(
            f"update publish_attempt set {column} = {column} - interval '16 minutes' where post_id = %(id)s",
            {"id": post.id},
        )
