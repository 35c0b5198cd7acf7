"""Mastodon's limits: taken from before a call, believed when the server says them, and nobody else's."""

import pytest

from greenroom.channels import facade as channels
from greenroom.channels import post_store
from greenroom.channels.errors import Queued, RetryLater
from greenroom.channels.package import pack
from greenroom.channels.platforms.adapter import Package
from greenroom.channels.platforms.mastodon.adapter import MastodonAdapter
from tests.support.mastodon import LinkedThere, Mock, link_there
from tests.support.publish import Desk
from tests.support.snac import Snac

mastodon = MastodonAdapter()


async def package_for(linked: LinkedThere) -> Package:
    content = await linked.desk.approved("Why bread rises")
    async with linked.desk.tenant.context() as ctx:
        post = await channels.add_post(ctx, content=content, account=linked.account.id)
        return await pack(ctx, await post_store.by_id(ctx, post.id))


async def buckets(linked: LinkedThere) -> dict[str, tuple[int, bool]]:
    """By bucket what it holds, and whether it is closed."""
    async with linked.desk.tenant.context() as ctx:
        rows = await ctx.db.all("select operation, level, closed_until > now() as closed from rate_bucket")
        return {row["operation"]: (int(row["level"]), bool(row["closed"])) for row in rows}


async def test_files_are_counted_by_themselves_and_wait_when_there_were_too_many(
    desk: Desk, mastodon_mock: Mock
) -> None:
    linked = await link_there(desk, mastodon_mock)
    package = await package_for(linked)
    prepared = await mastodon.prepare(linked.adapters_desk, package)
    held = await buckets(linked)
    assert held["upload"] == (29, False)
    assert 295 <= held["call"][0] < 300
    async with linked.desk.tenant.context() as ctx:
        await ctx.db.execute("update rate_bucket set level = 0 where operation = 'upload'")
    with pytest.raises(Queued, match="used up") as wait:
        await mastodon.prepare(linked.adapters_desk, package)
    assert 50 < wait.value.after.total_seconds() <= 60
    receipt = await mastodon.commit(linked.adapters_desk, package, prepared)
    await mastodon.take_down(linked.adapters_desk, receipt)
    assert (await buckets(linked))["delete"] == (29, False)


async def test_a_limit_that_the_server_says_is_reached_is_closed_until_it_says(desk: Desk, mastodon_mock: Mock) -> None:
    linked = await link_there(desk, mastodon_mock)
    package = await package_for(linked)
    prepared = await mastodon.prepare(linked.adapters_desk, package)
    mastodon_mock.fault({"type": "ratelimit"})
    with pytest.raises(RetryLater, match="slow down"):
        await mastodon.commit(linked.adapters_desk, package, prepared)
    assert (await buckets(linked))["publish"] == (0, True)


async def test_other_servers_are_not_held_to_them(desk: Desk, snac: Snac) -> None:
    linked = await link_there(desk, snac)
    await mastodon.prepare(linked.adapters_desk, await package_for(linked))
    assert await buckets(linked) == {}
