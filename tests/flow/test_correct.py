"""Correcting what is out, over HTTP: on the own page, on two servers that edit, and on one that shows no edits."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

import httpx
import pytest

from greenroom.channels.platforms.bluesky.line import open_line
from greenroom.entrypoints.api import create_app
from greenroom.tenancy.sign_in import start_session
from tests.support.bluesky import Linked
from tests.support.editing import ask, settled
from tests.support.lossy import lossy
from tests.support.mastodon import Mock, Server, link_there
from tests.support.publish import Desk

RIGHT = "Yeast eats sugar and breathes out carbon dioxide."
LONG = "\n\n".join(f"{n}. " + "Yeast eats sugar and breathes out gas, which lifts the dough. " * 8 for n in range(3))
both = pytest.mark.parametrize("server", ["snac", "mastodon_mock"], indirect=True)


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Server:
    found: Server = request.getfixturevalue(request.param)
    return found


class Browsers:
    """A signed-in person's browser for each desk that is asked for."""

    def __init__(self, open_until: AsyncExitStack) -> None:
        self._open_until = open_until

    async def of(self, desk: Desk) -> httpx.AsyncClient:
        tenant = desk.tenant
        cookie = await start_session(tenant.house, tenant.organisation, tenant.user, address="", agent="Test")
        return await self._open_until.enter_async_context(
            httpx.AsyncClient(
                transport=httpx.ASGITransport(app=create_app(tenant.house)),
                base_url="http://localhost/api/v1",
                headers={"Cookie": f"greenroom={cookie}"},
            )
        )


@pytest.fixture
async def browsers() -> AsyncIterator[Browsers]:
    async with AsyncExitStack() as open_until:
        yield Browsers(open_until)


async def asked(answer: httpx.Response, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


async def correct(web: httpx.AsyncClient, post: dict[str, Any], caption: str, status: int = 200) -> Any:
    seen = {"If-Match": f'"{post["version"]}"'}
    return await asked(await web.post(f"/posts/{post['id']}/correct", json={"caption": caption}, headers=seen), status)


async def out(desk: Desk, web: httpx.AsyncClient, **words: Any) -> dict[str, Any]:
    """A post of this content that is published, as the API shows it."""
    content = await desk.approved(**words)
    made = await asked(
        await web.post("/posts", json={"content_id": str(content), "account_id": str(desk.page.id)}), 201
    )
    for _ in range(4):
        if await desk.run(UUID(made["id"])) is None:
            break
    post: dict[str, Any] = await asked(await web.get(f"/posts/{made['id']}"))
    assert post["state"] == "published", post["state_reason"]
    return post


async def done(desk: Desk, web: httpx.AsyncClient, post: dict[str, Any]) -> dict[str, Any]:
    for _ in range(6):
        if await desk.run(UUID(post["id"])) is None:
            break
    shown: dict[str, Any] = await asked(await web.get(f"/posts/{post['id']}"))
    return shown


async def test_a_post_on_the_page_is_corrected_and_says_what_it_said_before(desk: Desk, browsers: Browsers) -> None:
    web = await browsers.of(desk)
    post = await out(desk, web)
    assert (post["corrects"], post["corrects_not"], post["corrections"]) == (["text"], None, [])
    for caption, status in ((post["caption"], 422), ("x" * 6000, 422), ("x" * 20_001, 422)):
        await correct(web, post, caption, status)
    pending = await correct(web, post, RIGHT)
    assert (pending["caption"], pending["corrections"][0]["state"]) == (post["caption"], "correcting")
    await correct(web, post, "Other words", 412)
    await correct(web, pending, "Other words", 409)
    shown = await done(desk, web, post)
    (kept,) = shown["corrections"]
    assert (kept["state"], kept["before"], kept["after"], kept["asked_by"]) == (
        "corrected", post["caption"], RIGHT, "Ada",
    )  # fmt: skip
    reader = httpx.AsyncClient(transport=web._transport, base_url="http://localhost")
    text = (await reader.get(post["permalink"])).text
    assert RIGHT in text
    assert post["caption"] not in text
    assert desk.character.disclosure.caption in text
    trail = (await asked(await web.get("/audit", params={"subject": post["id"]})))["items"]
    assert {"post.correction_asked", "post.corrected"} <= {entry["action"] for entry in trail}


async def test_what_was_taken_down_or_waits_is_not_corrected(desk: Desk, browsers: Browsers) -> None:
    web = await browsers.of(desk)
    post = await out(desk, web)
    going = await asked(await web.post(f"/posts/{post['id']}/take-down"))
    assert "being taken down" in (await correct(web, going, RIGHT, 409))["detail"]
    gone = await done(desk, web, post)
    assert (await correct(web, gone, RIGHT, 409))["detail"].startswith("Only a post that is out")
    await asked(await web.post(f"/posts/{post['id']}/correct", json={"caption": RIGHT}), 422)


@both
async def test_a_server_of_the_fediverse_edits_the_post_and_keeps_its_video(
    desk: Desk, server: Server, browsers: Browsers
) -> None:
    linked = await link_there(desk, server)
    web = await browsers.of(linked.desk)
    post = await out(linked.desk, web)
    (before,) = linked.statuses()
    await correct(web, post, "Yeast eats sugar, and breathes out gas!")  # other signs, the same letters
    shown = await done(linked.desk, web, post)
    assert [one["state"] for one in shown["corrections"]] == ["corrected"], shown["corrections"]
    await correct(web, shown, RIGHT)
    shown = await done(linked.desk, web, post)
    assert (shown["caption"], shown["disclosure"]["read_back"]) == (RIGHT, True)
    (after,) = linked.statuses()
    assert (after["uri"], "carbon dioxide" in after["content"]) == (before["uri"], True)
    assert [file["url"] for file in after["media_attachments"]] == [file["url"] for file in before["media_attachments"]]
    assert after["media_attachments"][0]["description"] == before["media_attachments"][0]["description"]
    assert shown["permalink"] == post["permalink"]
    assert linked.desk.character.disclosure.caption.split()[0] in after["content"]


async def test_a_thread_is_corrected_part_by_part_and_never_gets_longer(
    desk: Desk, mastodon_mock: Mock, browsers: Browsers
) -> None:
    linked = await link_there(desk, mastodon_mock)
    web = await browsers.of(linked.desk)
    post = await out(linked.desk, web, caption=LONG)
    before = linked.statuses()
    assert len(before) > 2
    await correct(web, post, LONG.replace("lifts the dough", "raises the dough"))
    shown = await done(linked.desk, web, post)
    assert [one["state"] for one in shown["corrections"]] == ["corrected"], shown["corrections"]
    after = linked.statuses()
    assert sorted(one["uri"] for one in after) == sorted(one["uri"] for one in before)
    assert all("lifts" not in one["content"] for one in after)
    await correct(web, shown, RIGHT)
    shown = await done(linked.desk, web, post)
    assert shown["corrections"][-1]["state"] == "failed"
    assert "write about as much as before" in shown["corrections"][-1]["reason"]
    assert len(linked.statuses()) == len(before)


async def test_the_part_that_a_server_refuses_is_named(desk: Desk, mastodon_mock: Mock, browsers: Browsers) -> None:
    linked = await link_there(desk, mastodon_mock)
    web = await browsers.of(linked.desk)
    post = await out(linked.desk, web, caption=LONG)
    second = linked.statuses()[-2]
    path = f"/api/v1/statuses/{second['id']}"
    mastodon_mock.fault({"type": "status", "status": 422}, method="PUT", path=path)
    await correct(web, post, LONG.replace("lifts the dough", "raises the dough"))
    (kept,) = (await done(linked.desk, web, post))["corrections"]
    assert (kept["state"], kept["reason"].startswith("Part 2 of ")) == ("failed", True), kept
    assert kept["reason"].endswith("The one before it says the new words.")
    shown = await asked(await web.get(f"/posts/{post['id']}"))
    await correct(web, shown, LONG.replace("lifts the dough", "raises the dough"))
    shown = await done(linked.desk, web, post)
    assert shown["corrections"][-1]["state"] == "corrected"
    assert all("lifts" not in one["content"] for one in linked.statuses())


async def test_a_part_of_a_thread_that_is_gone_is_named(desk: Desk, mastodon_mock: Mock, browsers: Browsers) -> None:
    linked = await link_there(desk, mastodon_mock)
    web = await browsers.of(linked.desk)
    post = await out(linked.desk, web, caption=LONG)
    statuses = linked.statuses()
    mastodon_mock.ask("DELETE", f"/api/v1/statuses/{statuses[0]['id']}", linked.member).raise_for_status()
    await correct(web, post, LONG.replace("lifts the dough", "raises the dough"))
    shown = await done(linked.desk, web, post)
    (kept,) = shown["corrections"]
    assert kept["state"] == "failed"
    assert f"Part {len(statuses)} of {len(statuses)} was not found" in kept["reason"]
    assert all("raises" not in one["content"] for one in linked.statuses())


async def test_a_post_that_its_server_has_no_more_is_removed(
    desk: Desk, mastodon_mock: Mock, browsers: Browsers
) -> None:
    linked = await link_there(desk, mastodon_mock)
    web = await browsers.of(linked.desk)
    post = await out(linked.desk, web)
    (status,) = linked.statuses()
    mastodon_mock.ask("DELETE", f"/api/v1/statuses/{status['id']}", linked.member).raise_for_status()
    await correct(web, post, RIGHT)
    shown = await done(linked.desk, web, post)
    assert (shown["state"], shown["corrections"][0]["state"]) == ("removed", "failed")
    assert "not on" in shown["state_reason"]


@pytest.mark.parametrize("status", [404, 405, 501])
async def test_a_server_that_edits_nothing_is_told_from_one_where_the_post_is_gone(
    desk: Desk, mastodon_mock: Mock, browsers: Browsers, status: int
) -> None:
    linked = await link_there(desk, mastodon_mock)
    web = await browsers.of(linked.desk)
    post = await out(linked.desk, web)
    (there,) = linked.statuses()
    mastodon_mock.fault(
        {"type": "status", "status": status}, method="PUT", path=f"/api/v1/statuses/{there['id']}", count=5
    )
    await correct(web, post, RIGHT)
    shown = await done(linked.desk, web, post)
    assert (shown["state"], shown["caption"]) == ("published", post["caption"])
    (kept,) = shown["corrections"]
    if status == 501:  # an answer of the 500s may mean anything, so it is looked at first
        assert kept["state"] == "correcting"
        return
    assert (kept["state"], "takes no corrections from programs" in kept["reason"]) == ("failed", True)


async def test_lost_answers_leave_the_right_words_in_one_post(desk: Desk, mastodon_mock: Mock) -> None:
    async with lossy(mastodon_mock.port, "PUT /api/v1/statuses", seed=3) as proxy:
        linked = await link_there(desk, mastodon_mock, through=proxy.address, allow=proxy.allow)
        post = await settled(linked.desk, await linked.desk.planned())
        assert post.state == "published", post.state_reason
        proxy.share = 1.0
        await ask(linked.desk, post, RIGHT)
        assert await linked.desk.run(post.id) is not None
        assert proxy.lost
        proxy.share = 0.0
        async with linked.desk.tenant.context() as ctx:
            await ctx.db.execute("update post_correction set armed_at = armed_at - interval '1 minute'")
        shown = await settled(linked.desk, post)
    assert (shown.caption, [one.state for one in shown.corrections]) == (RIGHT, ["corrected"])
    (status,) = linked.statuses()
    assert "carbon dioxide" in status["content"]


async def test_bluesky_corrects_nothing_and_says_the_way_out(linked: Linked, browsers: Browsers) -> None:
    web = await browsers.of(linked.desk)
    post = await out(linked.desk, web)
    assert post["corrects"] == []
    refused = await correct(web, post, RIGHT, 409)
    assert "take it down and post it again" in refused["detail"]
    assert refused["instead"] == "take_down_and_post_again"
    (record,) = linked.posts()
    assert post["caption"] in record["value"]["text"]
    # Why: the server takes the edit, under another content id than the one that AppViews and likes refer to.
    line = await open_line(linked.adapters_desk)
    place = {"repo": line.did, "collection": "app.bsky.feed.post", "rkey": record["uri"].rpartition("/")[2]}
    put = await line.do("com.atproto.repo.putRecord", {**place, "record": {**record["value"], "text": RIGHT}})
    assert (put["uri"], put["cid"] != record["cid"]) == (record["uri"], True)
    # Taken down, it goes out again with the right words as a post of its own; ahead of that it is refused as a double.
    again = {"content_id": post["content"]["id"], "account_id": post["account"]["id"], "caption": RIGHT}
    await asked(await web.post("/posts", json=again), 409)
    await asked(await web.post(f"/posts/{post['id']}/take-down"))
    assert (await done(linked.desk, web, post))["state"] == "removed"
    new = await asked(await web.post("/posts", json=again), 201)
    assert (await done(linked.desk, web, new))["state"] == "published"
    (record,) = linked.posts()
    assert RIGHT in record["value"]["text"]
