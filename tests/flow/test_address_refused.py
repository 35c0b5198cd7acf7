"""An address that is refused before anything is sent makes no outcome unknown: it is tried again, and then goes out."""

from dataclasses import replace
from datetime import timedelta

from tests.support.mastodon import Mock, link_there
from tests.support.publish import Desk


async def test_a_refused_address_at_the_call_is_tried_again(desk: Desk, mastodon_mock: Mock) -> None:
    linked = await link_there(desk, mastodon_mock)
    post = await linked.desk.planned()
    mastodon_mock.fault({"type": "ratelimit"})
    assert await linked.desk.run(post.id) is not None  # the file is there now
    await _open(linked.desk)
    tenant = linked.desk.tenant
    settings = tenant.house.settings.model_copy(update={"fetch_allow": ""})
    closed = replace(linked.desk, tenant=replace(tenant, house=replace(tenant.house, settings=settings)))
    wait = await closed.run(post.id)
    assert wait is not None
    assert wait <= timedelta(minutes=1)
    waits = await closed.post(post.id)
    assert (waits.state, waits.attempts[-1].phase) == ("publishing", "prepare")
    await _open(linked.desk)
    assert await linked.desk.run(post.id) is None
    assert ((await linked.desk.post(post.id)).state, len(linked.statuses())) == ("published", 1)


async def _open(desk: Desk) -> None:
    async with desk.tenant.context() as ctx:
        await ctx.db.execute("update rate_bucket set closed_until = null, level = capacity")
