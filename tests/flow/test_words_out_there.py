"""What a post says out there is compared with what was meant: an earlier try's words are never passed over."""

from dataclasses import replace

from greenroom.channels import facade as channels
from greenroom.channels import post_store
from greenroom.channels.package import pack
from greenroom.channels.platforms.mastodon.adapter import MastodonAdapter
from tests.support.lossy import lossy
from tests.support.mastodon import Mock, link_there
from tests.support.publish import Desk, taken_for_not_out

mastodon = MastodonAdapter()


async def test_other_words_have_another_key_and_the_same_words_the_same(desk: Desk, mastodon_mock: Mock) -> None:
    """Where nothing is known of an earlier try, its key brings back no post of other words."""
    linked = await link_there(desk, mastodon_mock)
    content = await linked.desk.approved()
    async with linked.desk.tenant.context() as ctx:
        post = await channels.add_post(ctx, content=content, account=linked.account.id)
        package = await pack(ctx, await post_store.by_id(ctx, post.id))
    at = linked.adapters_desk
    first = await mastodon.commit(at, package, await mastodon.prepare(at, package))
    assert await mastodon.commit(at, package, await mastodon.prepare(at, package)) == first
    other = replace(package, caption="Bread falls.")
    second = await mastodon.commit(at, other, await mastodon.prepare(at, other))
    assert second.remote_id != first.remote_id
    assert [(await mastodon.observe(at, one, of)).as_meant for one, of in ((package, first), (other, second))] == [
        True,
        True,
    ]
    assert (await mastodon.observe(at, other, first)).as_meant is False


async def test_a_try_that_was_out_after_all_is_found_and_said_to_have_other_words(
    desk: Desk, mastodon_mock: Mock
) -> None:
    async with lossy(mastodon_mock.port, "POST /api/v1/statuses", seed=3) as proxy:
        linked = await link_there(desk, mastodon_mock, through=proxy.address, allow=proxy.allow)
        post = await linked.desk.planned()
        proxy.share = 1.0
        assert await linked.desk.run(post.id) is not None
        proxy.share = 0.0
        await taken_for_not_out(linked.desk, post.id, "Bread falls.")
        assert await linked.desk.run(post.id) is None
    shown = await linked.desk.post(post.id)
    assert (shown.state, len(linked.statuses())) == ("published", 1)
    assert shown.disclosure["as_meant"] is False
    assert "does not say there what was meant" in (shown.state_reason or "")


async def test_words_that_a_server_shows_in_its_own_way_are_as_meant(desk: Desk, mastodon_mock: Mock) -> None:
    linked = await link_there(desk, mastodon_mock)
    words = "Bread & <butter>: see https://example.com/a?b=1&c=2 and ask @theo@example.social — “soon”!\n\nTwo."
    content = await linked.desk.approved("Odd", caption=words)
    async with linked.desk.tenant.context() as ctx:
        post = await channels.add_post(ctx, content=content, account=linked.account.id)
        await channels.claim(ctx, post.id)
    assert await linked.desk.run(post.id) is None
    shown = await linked.desk.post(post.id)
    assert (shown.state, shown.state_reason, shown.disclosure["as_meant"]) == ("published", None, True)


async def test_the_page_tells_when_its_entry_has_other_words(desk: Desk) -> None:
    post = await desk.planned()
    assert await desk.run(post.id) is None
    shown = await desk.post(post.id)
    assert (shown.disclosure["as_meant"], shown.state_reason) == (True, None)
