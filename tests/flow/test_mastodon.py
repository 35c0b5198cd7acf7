"""Publishing on a real server of the fediverse and on one that honours idempotency keys: what arrives, how often."""

import html
import io
import itertools
import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from greenroom.channels import facade as channels
from greenroom.channels import post_store
from greenroom.channels.errors import NeedsPerson, Reconnect, Rejected, RetryLater
from greenroom.channels.package import pack
from greenroom.channels.platforms.adapter import Package, Receipt
from greenroom.channels.platforms.mastodon.adapter import MastodonAdapter
from greenroom.infra.fetch.call import NoAnswer
from greenroom.media import facade as media
from tests.support.lossy import lossy
from tests.support.mastodon import LinkedThere, Mock, Server, link_there, write_down
from tests.support.publish import Desk
from tests.support.snac import Snac

LONG = "\n\n".join(f"{n}. " + "Yeast eats sugar and breathes out gas, which lifts the dough. " * 5 for n in range(5))
mastodon = MastodonAdapter()
both = pytest.mark.parametrize("server", ["snac", "mastodon_mock"], indirect=True)


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Server:
    found: Server = request.getfixturevalue(request.param)
    return found


async def package_for(linked: LinkedThere, title: str = "Why bread rises", **words: Any) -> Package:
    content = await linked.desk.approved(title, **words)
    async with linked.desk.tenant.context() as ctx:
        post = await channels.add_post(ctx, content=content, account=linked.account.id)
        return await pack(ctx, await post_store.by_id(ctx, post.id))


async def send(linked: LinkedThere, package: Package) -> Receipt:
    desk = linked.adapters_desk
    return await mastodon.commit(desk, package, await mastodon.prepare(desk, package))


@both
async def test_a_video_goes_out_with_its_words_its_description_and_its_line(desk: Desk, server: Server) -> None:
    linked = await link_there(desk, server)
    post = await linked.desk.planned()
    assert await linked.desk.run(post.id) is None
    shown = await linked.desk.post(post.id)
    assert (shown.state, shown.disclosure["read_back"]) == ("published", True), shown.state_reason
    (status,) = linked.statuses()
    assert shown.permalink == status["url"]
    assert status["visibility"] == "public"
    assert status["language"] == "en"
    (file,) = status["media_attachments"]
    assert file["type"] == "video"
    assert file["description"].startswith("Yeast eats sugar")
    assert {tag["name"] for tag in status["tags"]} == {"bread", "baking"}
    assert shown.disclosure["described"] is True


@both
async def test_a_picture_goes_out_described(desk: Desk, server: Server) -> None:
    linked = await link_there(desk, server)
    package = await package_for(linked)
    picture = io.BytesIO()
    Image.new("RGB", (64, 64), "#d9a05b").save(picture, "PNG")
    async with linked.desk.tenant.context() as ctx:
        kept = await media.keep(ctx, picture.getvalue(), type="image/png", name="loaf.png")
    await send(linked, replace(package, video=kept.id, captions=None, width=64, height=64))
    (status,) = linked.statuses()
    (file,) = status["media_attachments"]
    assert file["type"] == "image"
    assert file["description"] == package.transcript


@both
@pytest.mark.timeout(300)
async def test_thirty_posts_with_lost_answers_are_thirty_posts(desk: Desk, server: Server) -> None:
    async with lossy(server.port, "/api/v1/statuses", seed=7) as proxy:
        linked = await link_there(desk, server, through=proxy.address, allow=proxy.allow)
        posts = [await linked.desk.planned(f"Loaf {number}") for number in range(30)]
        proxy.share = 0.4
        for post in posts:
            for _ in range(20):
                if await linked.desk.run(post.id) is None:
                    break
        assert proxy.lost >= 10
        states = [(await linked.desk.post(post.id)).state for post in posts]
    assert states == ["published"] * 30
    assert len(linked.statuses()) == 30


async def test_the_key_makes_one_of_two_calls_where_it_is_honoured(desk: Desk, mastodon_mock: Mock) -> None:
    linked = await link_there(desk, mastodon_mock)
    package = await package_for(linked)
    prepared = await mastodon.prepare(linked.adapters_desk, package)
    first = await mastodon.commit(linked.adapters_desk, package, prepared)
    again = await mastodon.prepare(linked.adapters_desk, package)
    assert await mastodon.commit(linked.adapters_desk, package, again) == first
    assert len(linked.statuses()) == 1


async def test_where_the_key_means_nothing_absence_is_never_said(desk: Desk, snac: Snac, mastodon_mock: Mock) -> None:
    for server, said in ((snac, "unclear"), (mastodon_mock, "absent")):
        linked = await link_there(desk, server)
        package = await package_for(linked)
        assert await mastodon.probe(linked.adapters_desk, package.marker) == said
        prepared = await mastodon.prepare(linked.adapters_desk, package)
        await write_down(linked.adapters_desk, package, prepared)
        receipt = await mastodon.commit(linked.adapters_desk, package, prepared)
        assert await mastodon.probe(linked.adapters_desk, package.marker) == receipt
        # Another post with the very same words is another post.
        twin = await package_for(linked)
        await write_down(linked.adapters_desk, twin, await mastodon.prepare(linked.adapters_desk, twin))
        assert await mastodon.probe(linked.adapters_desk, twin.marker) == said


async def test_what_is_too_long_for_one_post_becomes_a_thread_and_is_taken_down_whole(
    desk: Desk, mastodon_mock: Mock
) -> None:
    linked = await link_there(desk, mastodon_mock)
    package = await package_for(linked, caption=LONG)
    receipt = await send(linked, package)
    statuses = linked.statuses()[::-1]
    assert len(statuses) > 2
    assert statuses[0]["id"] == receipt.remote_id
    assert all(len(_words(status)) <= 500 for status in statuses)
    assert package.disclosure in _words(statuses[0])
    for before, status in itertools.pairwise(statuses):
        assert status["in_reply_to_id"] == before["id"]
        assert status["media_attachments"] == []
    said = "".join(_words(status).replace(package.disclosure, "") for status in statuses)
    assert "".join(said.split()) == "".join((LONG + "#bread#baking").split())
    await mastodon.take_down(linked.adapters_desk, receipt)
    assert linked.statuses() == []


async def test_half_a_thread_is_found_and_finished(desk: Desk, mastodon_mock: Mock) -> None:
    linked = await link_there(desk, mastodon_mock)
    package = await package_for(linked, caption=LONG)
    prepared = await mastodon.prepare(linked.adapters_desk, package)
    mastodon_mock.fault({"type": "latency"}, count=2)
    mastodon_mock.fault({"type": "status", "status": 503})
    with pytest.raises(NoAnswer):
        await mastodon.commit(linked.adapters_desk, package, prepared)
    before = [status["id"] for status in linked.statuses()]
    assert len(before) == 2
    receipt = await mastodon.commit(linked.adapters_desk, package, prepared)
    after = [status["id"] for status in linked.statuses()]
    assert after[-2:] == before
    assert (after[-1], len(after)) == (receipt.remote_id, len(json.loads(prepared["texts"])))


async def test_a_thread_that_had_to_wait_in_between_begins_no_second_time(desk: Desk, mastodon_mock: Mock) -> None:
    linked = await link_there(desk, mastodon_mock)
    package, adapters_desk = await package_for(linked, caption=LONG), linked.adapters_desk
    await write_down(adapters_desk, package, await mastodon.prepare(adapters_desk, package))
    # The file of the next upload is another one, yet the first part that is out is still known.
    prepared = await mastodon.prepare(adapters_desk, package)
    first = json.loads(prepared["earlier"])
    form = {"status": json.loads(prepared["texts"])[0], "media_ids": first}
    made = linked.server.ask("POST", "/api/v1/statuses", linked.member, json=form).raise_for_status().json()
    assert (await mastodon.commit(adapters_desk, package, prepared)).remote_id == made["id"]
    assert len(linked.statuses()) == len(json.loads(prepared["texts"]))


async def test_taken_down_it_is_gone_and_where_the_server_deletes_nothing_a_person_is_asked(
    desk: Desk, snac: Snac, mastodon_mock: Mock
) -> None:
    linked = await link_there(desk, mastodon_mock)
    receipt = await send(linked, await package_for(linked))
    await mastodon.take_down(linked.adapters_desk, receipt)
    await mastodon.take_down(linked.adapters_desk, receipt)
    assert linked.statuses() == []
    linked = await link_there(desk, snac)
    receipt = await send(linked, await package_for(linked, "Another loaf"))
    with pytest.raises(NeedsPerson, match="only its owner delete"):
        await mastodon.take_down(linked.adapters_desk, receipt)
    assert len(linked.statuses()) == 1


@both
async def test_what_readers_did_is_counted(desk: Desk, server: Server) -> None:
    linked = await link_there(desk, server)
    receipt = await send(linked, await package_for(linked))
    assert await mastodon.metrics(linked.adapters_desk, receipt) == {"likes": 0, "replies": 0, "reposts": 0}
    reader = server.member() if isinstance(server, Mock) else linked.member
    server.ask("POST", f"/api/v1/statuses/{receipt.remote_id}/favourite", reader).raise_for_status()
    counted = await mastodon.metrics(linked.adapters_desk, receipt)
    assert counted is not None
    assert counted["likes"] == 1
    assert await mastodon.metrics(linked.adapters_desk, Receipt("1", None)) is None


async def test_a_token_that_is_over_asks_to_reconnect_and_an_outage_does_not(desk: Desk, snac: Snac) -> None:
    async with lossy(snac.port, "/api/", seed=1) as proxy:
        linked = await link_there(desk, snac, through=proxy.address, allow=proxy.allow)
        package = await package_for(linked)
        proxy.share = 1.0
        with pytest.raises(RetryLater):
            await mastodon.prepare(linked.adapters_desk, package)
        assert await _health(linked) == (False, True)
        proxy.share = 0.0
        await mastodon.prepare(linked.adapters_desk, package)
        assert await _health(linked) == (False, False)
        snac.forget_logins()
        with pytest.raises(Reconnect, match="reconnect the account"):
            await mastodon.prepare(linked.adapters_desk, package)
        assert await _health(linked) == (True, True)
        proxy.share = 1.0
        with pytest.raises(RetryLater):
            await mastodon.prepare(linked.adapters_desk, package)
        assert await _health(linked) == (True, True)


async def test_refusals_mean_what_the_server_says(desk: Desk, mastodon_mock: Mock) -> None:
    linked = await link_there(desk, mastodon_mock)
    package = await package_for(linked)
    prepared = await mastodon.prepare(linked.adapters_desk, package)
    words = {"type": "status", "status": 422, "body": {"error": "Validation failed: Text smells of yeast"}}
    mastodon_mock.fault(words)
    with pytest.raises(Rejected, match="smells of yeast"):
        await mastodon.commit(linked.adapters_desk, package, prepared)
    mastodon_mock.fault({"type": "ratelimit"})
    with pytest.raises(RetryLater, match="slow down") as told:
        await mastodon.commit(linked.adapters_desk, package, prepared)
    assert timedelta(seconds=250) < told.value.after <= timedelta(seconds=301)
    mastodon_mock.fault({"type": "status", "status": 503})
    with pytest.raises(NoAnswer):
        await mastodon.commit(linked.adapters_desk, package, prepared)
    mastodon_mock.fault({"type": "malformed"})
    with pytest.raises(NoAnswer):
        await mastodon.commit(linked.adapters_desk, package, prepared)
    assert linked.statuses() == []


async def test_the_instances_own_limits_are_read_and_kept(desk: Desk, mastodon_mock: Mock) -> None:
    linked = await link_there(desk, mastodon_mock)
    package = await package_for(linked)
    async with linked.desk.tenant.context() as ctx:
        kept = await media.keep(ctx, b"x" * 100, type="video/x-matroska", name="loaf.mkv")
    with pytest.raises(Rejected, match="takes no files of type video/x-matroska"):
        await mastodon.prepare(linked.adapters_desk, replace(package, video=kept.id))
    assert linked.statuses() == []


def _words(status: dict[str, Any]) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", status["content"]))


async def _health(linked: LinkedThere) -> tuple[bool, bool]:
    """Whether its login is dead, and whether anything is wrong."""
    async with linked.desk.tenant.context() as ctx:
        account = await channels.get_account(ctx, linked.account.id)
    return account.needs_reconnect, bool(account.last_error)
