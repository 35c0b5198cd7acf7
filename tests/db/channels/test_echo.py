"""The same words or the same file on one account within 20 hours are asked about, whatever content they come from."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from greenroom.channels import facade as channels
from greenroom.channels.echo import words_hash
from greenroom.infra.context import Context
from greenroom.kit.errors import Conflict
from greenroom.planner.due import send_due
from tests.support.house import Tenant
from tests.support.platform import Platform, at_platform
from tests.support.publish import Desk, make_desk

FILE = bytes(range(200)) * 30


async def planned(desk: Desk, content: UUID, ahead: timedelta, *, again: bool = False) -> UUID:
    """A post of the content, so long from now."""
    async with desk.tenant.context() as ctx:
        post = await channels.add_post(ctx, content=content, account=desk.page.id, again=again)
        await _schedule(ctx, post.id, ahead)
        return post.id


async def _schedule(ctx: Context, post: UUID, ahead: timedelta) -> None:
    now: datetime = await channels.database_now(ctx)
    await channels.schedule(ctx, post, wall=None, zone=None, due=now + ahead, note=None)


def test_words_are_the_same_however_they_are_set() -> None:
    assert words_hash("Bread rises — slowly!\n") == words_hash("  bread RISES slowly")
    assert words_hash("Bread rises") != words_hash("Breadrises")
    assert words_hash(" … \n") is None


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ({"caption": "Bread rises."}, {"caption": "BREAD rises!"}, "with the same words"),
        ({"video": FILE}, {"video": FILE}, "with the same file"),
    ],
)
async def test_the_same_again_within_20_hours_is_asked_about_when_it_is_planned(
    desk: Desk, first: dict[str, object], second: dict[str, object], says: str
) -> None:
    await planned(desk, await desk.approved("One", **first), timedelta(days=3))
    two = await desk.approved("Two", **second)
    for ahead in (timedelta(days=3, hours=19), timedelta(days=2, hours=5)):
        with pytest.raises(Conflict, match=says) as asked:
            await planned(desk, two, ahead)
        assert set(asked.value.fields) == {"again"}
        assert "“One”, is planned on Mara Vale within 20 hours" in asked.value.detail
    await planned(desk, two, timedelta(days=3, hours=20))
    await planned(desk, await desk.approved("Three", **second), timedelta(days=3, hours=1), again=True)


async def test_new_words_and_a_new_time_are_held_against_the_others_too(desk: Desk) -> None:
    await planned(desk, await desk.approved("One", caption="Bread rises."), timedelta(days=3))
    two = await planned(desk, await desk.approved("Two", caption="Bread falls."), timedelta(days=3, hours=1))
    async with desk.tenant.context() as ctx:
        with pytest.raises(Conflict, match="with the same words"):
            await channels.change_text(ctx, two, "Bread rises", None)
    async with desk.tenant.context() as ctx:
        await channels.allow_again(ctx, two)
        await channels.change_text(ctx, two, "Bread rises", None)
    three = await planned(desk, await desk.approved("Three", caption="Bread rises."), timedelta(days=9))
    async with desk.tenant.context() as ctx:
        with pytest.raises(Conflict, match="with the same words"):
            await _schedule(ctx, three, timedelta(days=3))


async def test_one_whose_time_came_near_is_held_when_it_is_to_go_out_until_a_person_says_so(desk: Desk) -> None:
    platform = Platform()
    there = await at_platform(desk, platform)
    first = await planned(there, await there.approved("One", caption="Bread rises."), timedelta(days=1))
    second = await planned(there, await there.approved("Two", caption="Bread rises."), timedelta(days=9))
    async with there.tenant.context() as ctx:
        await ctx.db.execute("update post set due_at = now() where id = any(%(ids)s)", {"ids": [first]})
    assert await send_due(there.tenant.house) == 1
    assert await there.run(first) is None
    async with there.tenant.context() as ctx:
        await ctx.db.execute("update post set due_at = now() where id = %(id)s", {"id": second})
    assert await send_due(there.tenant.house) == 1
    held = await there.post(second)
    assert (held.state, len(platform.out)) == ("draft", 1)
    assert "“One”, is published on Faulty account within 20 hours" in (held.state_reason or "")
    async with there.tenant.context() as ctx:
        with pytest.raises(Conflict, match="with the same words"):
            await channels.claim(ctx, second)
        await channels.allow_again(ctx, second)
        await channels.claim(ctx, second)
    assert await there.run(second) is None
    assert len(platform.out) == 2


async def test_other_accounts_and_other_organisations_are_no_echo(desk: Desk, other_tenant: Tenant) -> None:
    other = await make_desk(other_tenant, "Theo Lindqvist")
    elsewhere = await at_platform(desk, Platform())
    for one in (desk, elsewhere, other):
        await planned(one, await one.approved("One", caption="Bread rises.", video=FILE), timedelta(days=3))
