"""How late a post may still go out is a setting."""

from dataclasses import replace
from datetime import timedelta

from greenroom.channels import facade as channels
from greenroom.channels import login_store
from greenroom.channels.rate import Limit
from greenroom.planner.due import send_due
from tests.support.platform import Platform, at_platform
from tests.support.publish import Desk


def patient(desk: Desk, late: timedelta) -> Desk:
    """The desk in a house with this setting."""
    house = desk.tenant.house
    settings = house.settings.model_copy(update={"late_after": late})
    return replace(desk, tenant=replace(desk.tenant, house=replace(house, settings=settings)))


async def due(desk: Desk, title: str, since: timedelta) -> str:
    """The state that a post comes to which was due so long ago."""
    content = await desk.approved(title)
    async with desk.tenant.context() as ctx:
        post = await channels.add_post(ctx, content=content, account=desk.page.id)
        now = await channels.database_now(ctx)
        await channels.schedule(ctx, post.id, wall=None, zone=None, due=now, note=None)
        await ctx.db.execute("update post set due_at = now() - %(by)s where id = %(id)s", {"by": since, "id": post.id})
    await send_due(desk.tenant.house)
    return (await desk.post(post.id)).state


async def test_the_setting_decides_what_is_too_late(desk: Desk) -> None:
    assert desk.tenant.house.settings.late_after == timedelta(hours=1)
    assert await due(patient(desk, timedelta(minutes=10)), "Strict", timedelta(minutes=20)) == "missed"
    assert await due(patient(desk, timedelta(hours=3)), "Easy", timedelta(minutes=90)) == "claimed"


async def test_it_holds_for_what_waits_for_a_dead_login(desk: Desk) -> None:
    there = await at_platform(desk, Platform())
    strict, easy = (patient(there, late) for late in (timedelta(minutes=10), timedelta(hours=3)))
    async with there.tenant.context() as ctx:
        content = await there.approved("Waits")
        post = await channels.add_post(ctx, content=content, account=there.page.id)
        await channels.schedule(ctx, post.id, wall=None, zone=None, due=await channels.database_now(ctx), note=None)
        await ctx.db.execute("update post set due_at = now() - interval '90 minutes'")
        await login_store.write_error(ctx, there.page.id, "The login is dead", reconnect=True)
    assert await send_due(easy.tenant.house) == 0
    assert await send_due(strict.tenant.house) == 1
    assert (await there.post(post.id)).state == "missed"


async def test_it_holds_for_the_turn_of_an_account(desk: Desk) -> None:
    there = await at_platform(desk, Platform(limits=(Limit("publish", 1, timedelta(minutes=30)),)))
    assert await there.run((await there.planned("First")).id) is None
    second = await there.planned("Second")
    assert await there.run(second.id) is not None
    strict = patient(there, timedelta(minutes=10))
    assert await strict.run(second.id) is None
    assert (await strict.post(second.id)).state == "missed"
