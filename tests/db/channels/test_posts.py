"""Posts in the database: twins, versions, the calendar; and pages of characters."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from greenroom.cast import change as cast_change
from greenroom.cast.contracts import CharacterChange
from greenroom.channels import facade as channels
from greenroom.channels.errors import Rejected
from greenroom.kit.errors import Conflict, NotFound, Stale
from greenroom.planner import plan
from greenroom.planner.contracts import At, NewPost, PostChange
from greenroom.studio import content_store
from greenroom.studio.contracts import Disclosure
from greenroom.studio.news import changed
from tests.support.house import Tenant, make_tenant
from tests.support.publish import Desk, approve, make_desk

NEXT_YEAR = datetime.now(UTC).year + 1
AT = At(wall=datetime(NEXT_YEAR, 3, 1, 9, 0), zone="Europe/Berlin")  # noqa: DTZ001 -- a wall time has no zone


async def test_the_same_content_goes_to_an_account_once_unless_said(desk: Desk) -> None:
    content = await desk.approved()
    new = NewPost(content_id=content, account_id=desk.page.id, at=AT)
    async with desk.tenant.context() as ctx:
        first = await plan.plan(ctx, new)
        with pytest.raises(Conflict, match="is planned on Mara Vale already"):
            await plan.plan(ctx, new)
        await plan.plan(ctx, new.model_copy(update={"again": True}))
        await plan.cancel(ctx, first.id)
        with pytest.raises(Conflict):
            await plan.plan(ctx, new)


async def test_two_equal_requests_at_once_make_one_post(desk: Desk) -> None:
    content = await desk.approved()

    async def ask() -> bool:
        try:
            async with desk.tenant.context() as ctx:
                await plan.plan(ctx, NewPost(content_id=content, account_id=desk.page.id, at=AT))
        except Conflict:
            return False
        return True

    assert sorted(await asyncio.gather(*(ask() for _ in range(4)))) == [False, False, False, True]


async def test_a_change_names_the_version_it_was_made_from(desk: Desk) -> None:
    content = await desk.approved()
    async with desk.tenant.context() as ctx:
        post = await plan.plan(ctx, NewPost(content_id=content, account_id=desk.page.id, at=AT))
    later = PostChange(at=At(wall=AT.wall + timedelta(hours=1), zone="Europe/Berlin"), hashtags=("#one", "one", "two"))
    async with desk.tenant.context() as ctx:
        moved = await plan.change(ctx, post.id, post.version, later)
    assert moved.due_at == datetime(NEXT_YEAR, 3, 1, 9, 0, tzinfo=UTC)
    assert moved.hashtags == ("one", "two")
    with pytest.raises(Stale) as stale:
        async with desk.tenant.context() as ctx:
            await plan.change(ctx, post.id, post.version, later)
    assert stale.value.extra["present"]["version"] == moved.version


async def test_a_clock_change_is_noted_on_the_post(desk: Desk) -> None:
    content = await desk.approved()
    skipped = At(wall=datetime(2027, 3, 28, 2, 30), zone="Europe/Berlin")  # noqa: DTZ001 -- a wall time has no zone
    async with desk.tenant.context() as ctx:
        post = await plan.plan(ctx, NewPost(content_id=content, account_id=desk.page.id, at=skipped))
    assert post.due_at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert "put forward" in (post.note or "")


async def test_too_long_is_refused_and_the_line_that_says_ai_is_said_once(desk: Desk) -> None:
    line = Disclosure().caption
    content = await desk.approved(caption=f"Bread.\n\n{line}", disclosure=Disclosure())
    async with desk.tenant.context() as ctx:
        with pytest.raises(Rejected, match="characters too long"):
            await plan.plan(ctx, NewPost(content_id=content, account_id=desk.page.id, caption="x" * 5000, at=AT))
        post = await plan.plan(ctx, NewPost(content_id=content, account_id=desk.page.id, at=AT))
    assert post.caption == "Bread."


async def test_an_edit_of_the_content_holds_what_is_planned_until_approved_and_planned_again(desk: Desk) -> None:
    content = await desk.approved()
    async with desk.tenant.context() as ctx:
        post = await plan.plan(ctx, NewPost(content_id=content, account_id=desk.page.id, at=AT))
        row = await content_store.by_id(ctx, content)
        await content_store.set_edited(ctx, content, {**row["script"], "title": "Why bread really rises"})
        await changed(ctx, content, "was edited")
        held = await channels.get_post(ctx, post.id)
        assert held.state == "draft"
        assert "changed after this post was planned" in (held.state_reason or "")
        with pytest.raises(Conflict):
            await plan.publish_now(ctx, post.id)

        await content_store.set_made(ctx, content, row["render_id"])
        await approve(ctx, content)
        await changed(ctx, content, "was approved")
        free = await channels.get_post(ctx, post.id)
        assert (free.state, free.state_reason) == ("approved", "Its content is approved again; give it a time")
        again = await plan.change(ctx, post.id, free.version, PostChange(at=AT))
    assert (again.state, again.content.title) == ("scheduled", "Why bread really rises")


async def test_the_calendar_by_time_state_content_and_account_in_pages(desk: Desk) -> None:
    posts = []
    for day in range(1, 6):
        content = await desk.approved(f"Day {day}")
        at = At(wall=datetime(NEXT_YEAR, 4, day, 9, 0), zone="UTC")  # noqa: DTZ001 -- a wall time has no zone
        async with desk.tenant.context() as ctx:
            posts.append(await plan.plan(ctx, NewPost(content_id=content, account_id=desk.page.id, at=at)))
    since, until = datetime(NEXT_YEAR, 4, 2, tzinfo=UTC), datetime(NEXT_YEAR, 4, 4, tzinfo=UTC)
    async with desk.tenant.context() as ctx:
        await plan.cancel(ctx, posts[0].id)
        found = await channels.list_posts(ctx, since=since, until=until)
        assert [post.content.title for _, post in found] == ["Day 3", "Day 2"]
        assert [post.id for _, post in await channels.list_posts(ctx, states=["cancelled"])] == [posts[0].id]
        assert [p.id for _, p in await channels.list_posts(ctx, content=posts[4].content.id)] == [posts[4].id]
        seen, after = [], None
        while page := await channels.list_posts(ctx, account=desk.page.id, after=after, limit=2):
            seen += [post.content.title for _, post in page]
            after = (page[-1][0], page[-1][1].id)
        assert seen == [f"Day {day}" for day in (5, 4, 3, 2, 1)]


async def test_handles_are_one_address_over_the_installation(desk: Desk) -> None:
    async def another(number: int) -> str:
        tenant = await make_tenant(desk.tenant.house, f"Org {number}")
        return (await make_desk(tenant, "Mara Vale")).page.handle

    found = await asyncio.gather(*(another(number) for number in range(3)))
    assert sorted(found) == ["mara-vale-2", "mara-vale-3", "mara-vale-4"]
    async with desk.tenant.house.database.transaction() as tx:
        address = await channels.find_page(tx, "mara-vale")
        assert (address.organisation, address.client, address.account) == (
            desk.tenant.organisation, desk.tenant.client, desk.page.id,
        )  # fmt: skip
        with pytest.raises(NotFound):
            await channels.find_page(tx, "mara-vale-9")


async def test_a_page_follows_its_character(desk: Desk) -> None:
    content = await desk.approved()
    async with desk.tenant.context() as ctx:
        await cast_change.change(
            ctx, desk.character.id, CharacterChange(name="Mara Hill"), version=desk.character.version
        )
        assert (await channels.page_of(ctx, desk.character.id) or desk.page).name == "Mara Hill"
        await cast_change.delete(ctx, desk.character.id)
        page = await channels.page_of(ctx, desk.character.id)
        assert page is not None
        assert (page.state, page.handle) == ("closed", "mara-vale")
    async with desk.tenant.context() as ctx:
        with pytest.raises(Conflict, match="is closed and takes no posts"):
            await plan.plan(ctx, NewPost(content_id=content, account_id=desk.page.id, at=AT))
        await cast_change.restore(ctx, desk.character.id)
        await plan.plan(ctx, NewPost(content_id=content, account_id=desk.page.id, at=AT))


async def test_another_tenant_sees_none_of_it(desk: Desk, other_tenant: Tenant) -> None:
    content = await desk.approved()
    async with other_tenant.context() as ctx:
        assert await channels.list_posts(ctx) == []
        assert await channels.list_accounts(ctx) == []
        with pytest.raises(NotFound):
            await plan.plan(ctx, NewPost(content_id=content, account_id=desk.page.id, at=AT))


async def test_a_cancelled_post_asks_again_before_it_goes_where_its_content_is_already(desk: Desk) -> None:
    content = await desk.approved()
    new = NewPost(content_id=content, account_id=desk.page.id, at=AT)
    async with desk.tenant.context() as ctx:
        first = await plan.plan(ctx, new)
        await plan.cancel(ctx, first.id)
        second = await plan.plan(ctx, new)
        cancelled = await channels.get_post(ctx, first.id)
        with pytest.raises(Conflict, match="is planned on Mara Vale already"):
            await plan.publish_now(ctx, first.id)
        with pytest.raises(Conflict, match="is planned on Mara Vale already"):
            await plan.change(ctx, first.id, cancelled.version, PostChange(at=AT))
        await plan.cancel(ctx, second.id)
        assert (await plan.publish_now(ctx, first.id)).state == "claimed"


async def test_a_second_post_that_was_meant_is_not_asked_about_again_and_stops_no_planned_one(desk: Desk) -> None:
    content = await desk.approved()
    new = NewPost(content_id=content, account_id=desk.page.id, at=AT)
    async with desk.tenant.context() as ctx:
        first = await plan.plan(ctx, new)
        second = await plan.plan(ctx, new.model_copy(update={"again": True}))
        await plan.cancel(ctx, second.id)
        assert (await plan.publish_now(ctx, second.id)).state == "claimed"
        assert (await plan.publish_now(ctx, first.id)).state == "claimed"


async def test_two_cancelled_twins_brought_back_at_once_make_one(desk: Desk) -> None:
    content = await desk.approved()
    posts = []
    async with desk.tenant.context() as ctx:
        for _ in range(3):
            post = await plan.plan(ctx, NewPost(content_id=content, account_id=desk.page.id, at=AT))
            await plan.cancel(ctx, post.id)
            posts.append(post.id)

    async def bring_back(post: UUID) -> bool:
        try:
            async with desk.tenant.context() as ctx:
                await plan.publish_now(ctx, post)
        except Conflict:
            return False
        return True

    assert sorted(await asyncio.gather(*(bring_back(post) for post in posts))) == [False, False, True]


async def test_a_page_that_a_person_paused_stays_so_when_its_character_changes(desk: Desk) -> None:
    async with desk.tenant.context() as ctx:
        await ctx.db.execute("update account set state = 'paused', state_reason = 'On holiday'")
        await cast_change.change(
            ctx, desk.character.id, CharacterChange(name="Mara Hill"), version=desk.character.version
        )
        page = await channels.page_of(ctx, desk.character.id)
    assert page is not None
    assert (page.name, page.state, page.state_reason) == ("Mara Hill", "paused", "On holiday")
