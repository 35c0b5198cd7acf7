"""New rules for a zone's clocks: posts that wait keep their time on the wall, and get the instant that it means now."""

from datetime import timedelta

from greenroom.channels.contracts import Post
from greenroom.infra.context import House
from greenroom.planner import plan
from greenroom.planner.clocks import follow_clocks
from greenroom.planner.contracts import At, NewPost
from tests.support.house import Tenant
from tests.support.publish import Desk, make_desk
from tests.support.schedules import TODAY, ZONE, news

WALL = TODAY + timedelta(days=20, hours=9)


async def planned(desk: Desk, title: str) -> Post:
    content = await desk.approved(title)
    async with desk.tenant.context() as ctx:
        return await plan.plan(ctx, NewPost(content_id=content, account_id=desk.page.id, at=At(wall=WALL, zone=ZONE)))


async def as_older_rules_said(desk: Desk, post: Post) -> None:
    """An hour later: what the zone's rules meant before they were changed."""
    async with desk.tenant.context() as ctx:
        await ctx.db.execute("update post set due_at = due_at + interval '1 hour' where id = %(id)s", {"id": post.id})


async def test_posts_that_wait_follow_new_rules_on_every_clients_wall(
    desk: Desk, house: House, other_tenant: Tenant
) -> None:
    other = await make_desk(other_tenant, "Theo Lindqvist")
    here, there, same = await planned(desk, "Here"), await planned(other, "There"), await planned(desk, "Same")
    await as_older_rules_said(desk, here)
    await as_older_rules_said(other, there)
    assert await follow_clocks(house) == 2
    assert await follow_clocks(house) == 0
    for where, before in ((desk, here), (other, there), (desk, same)):
        after = await where.post(before.id)
        assert (after.wall_time, after.zone, after.due_at) == (WALL, ZONE, before.due_at)
    told = await news(desk, "channels.post.moved")
    assert [one["message"] for one in told] == ["“Here” still goes out at 09:00; the clocks of Europe/Berlin changed"]


async def test_what_left_or_has_no_time_on_a_wall_is_left_alone(desk: Desk, house: House) -> None:
    left = await planned(desk, "Left")
    async with desk.tenant.context() as ctx:
        await plan.cancel(ctx, left.id)
    await as_older_rules_said(desk, left)
    await desk.planned("Now")
    assert await follow_clocks(house) == 0


async def test_posts_are_gone_through_in_parts(desk: Desk, house: House) -> None:
    posts = [await planned(desk, f"Part {number}") for number in range(5)]
    for post in posts:
        await as_older_rules_said(desk, post)
    assert await follow_clocks(house, at_once=2) == 5
