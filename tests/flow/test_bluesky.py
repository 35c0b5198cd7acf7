"""Publishing on a real Bluesky server: what arrives there, and that nothing arrives twice or not at all."""

import asyncio
import io
import itertools
import json
import random
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from greenroom.channels import facade as channels
from greenroom.channels import login_store, post_store
from greenroom.channels.errors import Reconnect, Rejected
from greenroom.channels.package import pack
from greenroom.channels.platforms.adapter import Package, Partly, Receipt
from greenroom.channels.platforms.bluesky.adapter import BlueskyAdapter
from greenroom.channels.platforms.bluesky.keys import key_of
from greenroom.channels.platforms.bluesky.line import open_line
from greenroom.channels.platforms.bluesky.metrics import metrics
from greenroom.channels.platforms.bluesky.session import present, renewed
from greenroom.media import facade as media
from tests.support.bluesky import Linked, Pds, link_at
from tests.support.lossy import lossy
from tests.support.publish import Desk

LONG = "\n\n".join(f"{n}. " + "Yeast eats sugar and breathes out gas, which lifts the dough. " * 3 for n in range(5))
bluesky = BlueskyAdapter()


async def package_for(linked: Linked, title: str = "Why bread rises", **words: Any) -> Package:
    content = await linked.desk.approved(title, **words)
    async with linked.desk.tenant.context() as ctx:
        post = await channels.add_post(ctx, content=content, account=linked.account.id)
        return await pack(ctx, await post_store.by_id(ctx, post.id))


async def send(linked: Linked, package: Package) -> Receipt:
    desk = linked.adapters_desk
    return await bluesky.commit(desk, package, await bluesky.prepare(desk, package))


async def test_a_video_goes_out_with_its_words_its_captions_and_its_label(linked: Linked) -> None:
    post = await linked.desk.planned()
    assert await linked.desk.run(post.id) is None
    shown = await linked.desk.post(post.id)
    assert (shown.state, shown.disclosure["read_back"]) == ("published", True), shown.state_reason
    (record,) = linked.posts()
    value = record["value"]
    assert shown.permalink == f"https://bsky.app/profile/{linked.member.did}/post/{record['uri'].rpartition('/')[2]}"
    assert value["text"].endswith(shown.disclosure["line"])
    assert value["labels"]["values"] == [{"val": "ai-generated"}]
    assert value["langs"] == ["en"]
    assert value["embed"]["video"]["mimeType"] == "video/mp4"
    assert value["embed"]["alt"].startswith("Yeast eats sugar")
    assert value["embed"]["captions"][0]["file"]["mimeType"] == "text/vtt"
    assert value["embed"]["aspectRatio"] == {"width": 1080, "height": 1920}
    tags = [facet["features"][0]["tag"] for facet in value["facets"]]
    assert tags == ["bread", "baking"]


async def test_a_picture_that_is_too_large_is_made_smaller_and_described(linked: Linked) -> None:
    noise = random.Random(1).randbytes(1500 * 1500 * 3)
    picture = io.BytesIO()
    Image.frombytes("RGB", (1500, 1500), noise).save(picture, "PNG")
    assert picture.tell() > 2_000_000
    package = await package_for(linked)
    async with linked.desk.tenant.context() as ctx:
        kept = await media.keep(ctx, picture.getvalue(), type="image/png", name="noise.png")
    await send(linked, replace(package, video=kept.id, captions=None, width=1500, height=1500))
    (record,) = linked.posts()
    (image,) = record["value"]["embed"]["images"]
    assert image["image"]["mimeType"] == "image/jpeg"
    assert image["image"]["size"] <= 2_000_000
    assert image["alt"] == package.transcript


async def test_links_and_people_lead_where_they_should_also_behind_wide_characters(linked: Linked, pds: Pds) -> None:
    friend = pds.member()
    words = f"Grüße 👩‍🍳 an @{friend.handle} und @nobody.test: https://example.com/brot?a=1."
    package = await package_for(linked, caption=words, hashtags=("Bäckerei",))
    await send(linked, package)
    (record,) = linked.posts()
    text, found = record["value"]["text"].encode(), {}
    for facet in record["value"]["facets"]:
        feature, span = facet["features"][0], facet["index"]
        found[text[span["byteStart"] : span["byteEnd"]].decode()] = feature
    assert found[f"@{friend.handle}"]["did"] == friend.did
    assert found["https://example.com/brot?a=1"]["uri"] == "https://example.com/brot?a=1"
    assert found["#Bäckerei"]["tag"] == "Bäckerei"
    assert len(found) == 3


async def test_what_is_too_long_for_one_post_becomes_a_thread_and_is_taken_down_whole(linked: Linked) -> None:
    package = await package_for(linked, caption=LONG)
    receipt = await send(linked, package)
    records = linked.posts()
    assert len(records) > 2
    first = records[0]
    assert first["uri"] == receipt.remote_id
    assert package.disclosure in first["value"]["text"]
    for before, record in itertools.pairwise(records):
        assert record["value"]["reply"]["root"]["cid"] == first["cid"]
        assert record["value"]["reply"]["parent"] == {"uri": before["uri"], "cid": before["cid"]}
        assert "embed" not in record["value"]
    said = "".join(record["value"]["text"].replace(package.disclosure, "") for record in records)
    assert "".join(said.split()) == "".join((LONG + "#bread#baking").split())
    await bluesky.take_down(linked.adapters_desk, receipt)
    assert linked.posts() == []


async def test_where_nobody_counts_the_numbers_are_not_known(linked: Linked) -> None:
    receipt = await send(linked, await package_for(linked))
    assert await metrics(linked.adapters_desk, receipt) is None


async def test_half_a_thread_is_found_and_finished(linked: Linked) -> None:
    package = await package_for(linked, caption=LONG)
    desk = linked.adapters_desk
    receipt = await send(linked, package)
    whole = linked.posts()
    line = await open_line(desk)
    for record in whole[2:]:
        place = {"repo": line.did, "collection": "app.bsky.feed.post", "rkey": record["uri"].rpartition("/")[2]}
        await line.do("com.atproto.repo.deleteRecord", place)
    assert await bluesky.probe(desk, package.marker) == Partly(receipt)
    assert await send(linked, package) == receipt
    assert [record["uri"] for record in linked.posts()] == [record["uri"] for record in whole]
    assert linked.posts()[:2] == whole[:2]
    assert await bluesky.probe(desk, package.marker) == receipt


async def test_a_place_that_another_post_has_is_never_written_over(linked: Linked) -> None:
    package = await package_for(linked)
    line = await open_line(linked.adapters_desk)
    other = {"$type": "app.bsky.feed.post", "text": "Mine", "createdAt": "2026-11-21T09:00:00Z"}
    place = {"repo": line.did, "collection": "app.bsky.feed.post", "rkey": key_of(package.marker), "record": other}
    await line.do("com.atproto.repo.putRecord", place)
    assert await bluesky.probe(linked.adapters_desk, package.marker) == "absent"
    with pytest.raises(Rejected, match="Another post"):
        await send(linked, package)
    (record,) = linked.posts()
    assert record["value"]["text"] == "Mine"


async def test_of_two_that_find_the_session_expired_one_renews_it(desk: Desk, pds: Pds) -> None:
    async with lossy(pds.port, "refreshSession", seed=1) as proxy:
        linked = await link_at(desk, pds, through=proxy.address, allow=proxy.allow)
        await _expire(linked)
        packages = [await package_for(linked, title) for title in ("One", "Two")]
        await asyncio.gather(*(send(linked, package) for package in packages))
        assert proxy.seen == 1
        assert len(linked.posts()) == 2


async def test_an_outage_while_the_session_is_renewed_keeps_the_account_connected(desk: Desk, pds: Pds) -> None:
    async with lossy(pds.port, "refreshSession", seed=1) as proxy:
        linked = await link_at(desk, pds, through=proxy.address, allow=proxy.allow)
        await _expire(linked)
        post = await linked.desk.planned()
        proxy.share = 1.0
        assert await linked.desk.run(post.id) is not None
        async with linked.desk.tenant.context() as ctx:
            account = await channels.get_account(ctx, linked.account.id)
        assert (account.needs_reconnect, bool(account.last_error)) == (False, True)
        proxy.share = 0.0
        await send(linked, await package_for(linked, "Another loaf"))
        assert len(linked.posts()) == 1
        async with linked.desk.tenant.context() as ctx:
            assert (await channels.get_account(ctx, linked.account.id)).last_error is None


async def test_a_login_that_is_dead_asks_to_reconnect_and_holds_what_waits(linked: Linked) -> None:
    post = await linked.desk.planned()
    await _revoke(linked)
    with pytest.raises(Reconnect):
        await renewed(linked.adapters_desk, await present(linked.adapters_desk))
    async with linked.desk.tenant.context() as ctx:
        account = await channels.get_account(ctx, linked.account.id)
    assert account.needs_reconnect
    await linked.desk.run(post.id)
    held = await linked.desk.post(post.id)
    assert held.state == "scheduled"
    assert "connected again" in (held.state_reason or "")


@pytest.mark.timeout(400)
async def test_forty_posts_with_lost_answers_are_forty_posts(desk: Desk, pds: Pds) -> None:
    async with lossy(pds.port, "putRecord", seed=7) as proxy:
        linked = await link_at(desk, pds, through=proxy.address, allow=proxy.allow)
        posts = [await linked.desk.planned(f"Loaf {number}") for number in range(40)]
        proxy.share = 0.4
        for post in posts:
            for _ in range(20):
                if await linked.desk.run(post.id) is None:
                    break
        assert proxy.lost >= 10
        states = [(await linked.desk.post(post.id)).state for post in posts]
    assert states == ["published"] * 40
    records = linked.posts()
    assert len(records) == 40
    assert len({record["value"]["greenroomPost"] for record in records}) == 40


async def _expire(linked: Linked, *, refresh: bool = False) -> None:
    """The kept session's access token (with `refresh` the other one too) is over."""
    dead = linked.pds.expired(linked.member.did)
    async with linked.desk.tenant.context() as ctx:
        login = await login_store.login(ctx, linked.account.id)
        assert login is not None
        kept = json.loads((await ctx.house.vault.open(ctx, login["session_id"], why="Test")).reveal())
        kept |= {"access": dead} | ({"refresh": dead} if refresh else {})
        await ctx.house.vault.replace(ctx, login["session_id"], json.dumps(kept))


async def _revoke(linked: Linked) -> None:
    """Neither the session nor the app password opens the account any more."""
    await _expire(linked, refresh=True)
    pds, member = linked.pds, linked.member
    form = {"identifier": member.handle, "password": member.password}
    token = pds.ask("POST", "com.atproto.server.createSession", json=form).json()["accessJwt"]
    pds.ask("POST", "com.atproto.server.revokeAppPassword", token=token, json={"name": "Greenroom"}).raise_for_status()
