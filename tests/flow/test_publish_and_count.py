"""From an approved video to a counted view: planned over HTTP, sent by the due runner, read on the public page."""

import xml.etree.ElementTree as ET
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import feedparser
import httpx
import pytest

from greenroom.cast.contracts import Character
from greenroom.infra.context import House
from greenroom.infra.database import Scope
from greenroom.planner.due import send_due
from tests.support.house import Tenant
from tests.support.publish import CAPTIONS, VIDEO, approved_content, run_newest
from tests.support.studio import producer as producer

READER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


class Stage:
    """A signed-in producer with a character, and readers."""

    def __init__(self, house: House, producer: httpx.AsyncClient, session: dict[str, Any]) -> None:
        self.house = house
        self.producer = producer
        self.organisation = UUID(session["organisation"]["id"])
        self.client = UUID(session["clients"][0]["id"])
        self.user = UUID(session["user"]["id"])
        self.app = producer._transport.app  # type: ignore[attr-defined]  # httpx keeps it to itself

    @property
    def tenant(self) -> Tenant:
        return Tenant(self.house, self.organisation, self.client, self.user)

    def reader(self, address: str = "203.0.113.7", agent: str = READER) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=self.app, client=(address, 1))
        return httpx.AsyncClient(transport=transport, base_url="https://localhost", headers={"User-Agent": agent})

    async def approved(self, character: dict[str, Any], title: str) -> str:
        async with self.tenant.context() as ctx:
            return str(await approved_content(ctx, Character.model_validate(character), title))

    async def get(self, path: str, **params: Any) -> Any:
        answer = await self.producer.get(path, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def published(self, title: str = "Why bread rises") -> tuple[dict[str, Any], dict[str, Any]]:
        """A character with one published post."""
        character = (await self.producer.post("/characters", json={"name": "Mara Vale"})).json()
        account = next(a for a in (await self.get("/accounts"))["items"] if a["character_id"] == character["id"])
        content = await self.approved(character, title)
        body = {"content_id": content, "account_id": account["id"], "at": None}
        answer = await self.producer.post("/posts", json=body)
        assert answer.status_code == 201, answer.text
        await run_newest(self.tenant, UUID(answer.json()["id"]))
        return account, await self.get(f"/posts/{answer.json()['id']}")


@pytest.fixture
async def stage(house: House, producer: httpx.AsyncClient) -> Stage:
    return Stage(house, producer, (await producer.get("/session")).json())


async def test_a_post_is_planned_sent_at_its_time_read_and_counted(stage: Stage) -> None:
    character = (await stage.producer.post("/characters", json={"name": "Mara Vale"})).json()
    (account,) = (await stage.get("/accounts"))["items"]
    assert (account["handle"], account["url"]) == ("mara-vale", "/p/mara-vale")
    assert character["page_url"] == "/p/mara-vale"
    content = await stage.approved(character, "Why bread rises")

    today = datetime.now(ZoneInfo("Europe/London")).replace(hour=12, minute=0, second=0, microsecond=0, tzinfo=None)
    wall = today + timedelta(days=2)  # at noon no clock is changed
    body = {
        "content_id": content,
        "account_id": account["id"],
        "at": {"wall": wall.isoformat(), "zone": "Europe/London"},
    }
    answer = await stage.producer.post("/posts", json=body)
    assert answer.status_code == 201, answer.text
    post = answer.json()
    assert post["state"] == "scheduled"
    assert post["wall_time"] == wall.isoformat()
    assert (await stage.producer.post("/posts", json=body)).status_code == 409

    assert await send_due(stage.house) == 0
    await _make_due(stage, post["id"])
    assert await send_due(stage.house) == 1
    assert await send_due(stage.house) == 0
    await run_newest(stage.tenant, UUID(post["id"]))

    post = await stage.get(f"/posts/{post['id']}")
    assert post["state"] == "published"
    assert post["permalink"] == "/p/mara-vale/why-bread-rises"
    assert [(a["phase"], a["outcome"]) for a in post["attempts"]] == [("finish", "published")]
    assert post["disclosure"]["read_back"] is True

    async with stage.reader() as reader:
        page = await reader.get(post["permalink"])
        assert page.status_code == 200
        assert "Why bread rises" in page.text
        assert character["disclosure"]["caption"] in page.text
        assert character["disclosure"]["label"] in page.text
        assert "The dough holds it." in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert "script-src" not in page.headers["content-security-policy"]
        assert (await reader.get(f"{post['permalink']}/captions.vtt")).content == CAPTIONS
        part = await reader.get(f"{post['permalink']}/video.mp4", headers={"Range": "bytes=10-19"})
        assert (part.status_code, part.content) == (206, VIDEO[10:20])

    summary = await stage.get("/insights/summary", days=7)
    assert (summary["views"], summary["posts"]) == (1, 1)
    assert summary["days"][-1]["views"] == 1
    (ranked,) = (await stage.get("/insights/posts"))["items"]
    assert (ranked["views"], sum(ranked["spark"])) == (1, 1)
    one = await stage.get(f"/insights/posts/{post['id']}")
    assert one["points"][-1]["views"] == 1
    assert one["sources"] == [{"source": "direct", "views": 1}]
    assert "30 minutes" in one["definition"]
    assert (await stage.get("/posts"))["items"][0]["views"] == 1


async def test_only_readers_are_counted_and_each_once(stage: Stage) -> None:
    _, post = await stage.published()
    path = post["permalink"]
    async with stage.reader() as reader:
        for _ in range(3):
            await reader.get(path)
        await reader.get(f"{path}/video.mp4", headers={"Range": "bytes=0-"})
        await reader.head(path)
        await reader.get(path, headers={"Sec-Purpose": "prefetch;prerender"})
        tag = (await reader.get(path)).headers["etag"]
        assert (await reader.get(path, headers={"If-None-Match": tag})).status_code == 304
    async with stage.reader("198.51.100.4") as second:
        await second.head(path)
        await second.get(path, headers={"Purpose": "prefetch"})
        await second.get(f"{path}/video.mp4", headers={"Range": "bytes=500-"})
        await second.get(f"{path}/video.mp4?via=feed")
    for agent in ("facebookexternalhit/1.1", "TelegramBot (like TwitterBot)", "curl/8.5.0", ""):
        async with stage.reader("192.0.2.9", agent) as robot:
            await robot.get(path)

    one = await stage.get(f"/insights/posts/{post['id']}")
    assert (one["views"], one["bots"]) == (2, 4)
    assert {s["source"]: s["views"] for s in one["sources"]} == {"direct": 1, "feed": 1}


async def test_links_are_followed_and_counted(stage: Stage) -> None:
    account, post = await stage.published()
    link = await stage.producer.post(
        "/links", json={"account_id": account["id"], "title": "The recipe", "address": "https://example.com/r?a=1&b=2"}
    )
    assert link.status_code == 201, link.text
    number = link.json()["id"]
    async with stage.reader() as reader:
        assert f"/p/mara-vale/go/{number}?at=why-bread-rises" in (await reader.get(post["permalink"])).text
        for _ in range(2):
            gone = await reader.get(f"/p/mara-vale/go/{number}?at=why-bread-rises")
            assert (gone.status_code, gone.headers["location"]) == (302, "https://example.com/r?a=1&b=2")
            assert gone.headers["cache-control"] == "no-store"
        assert (await reader.get("/p/mara-vale/go/nonsense")).status_code == 404
    (shown,) = (await stage.get("/links"))["items"]
    assert shown["clicks"] == 1
    one = await stage.get(f"/insights/posts/{post['id']}")
    assert (one["views"], one["clicks"]) == (1, 1)

    stale = await stage.producer.patch(f"/links/{number}", json={"title": "Bread"}, headers={"If-Match": '"7"'})
    assert stale.status_code == 412
    ended = await stage.producer.patch(
        f"/links/{number}", json={"active_to": "2026-01-01T00:00:00Z"}, headers={"If-Match": '"1"'}
    )
    assert ended.status_code == 200, ended.text
    async with stage.reader() as reader:
        assert (await reader.get(f"/p/mara-vale/go/{number}")).status_code == 404


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "https://", "https://a b", "ftp://x.example",
                "https://user:pass@x.example", "https://x.example\\@evil.example", "http://[::1"],
)  # fmt: skip
async def test_a_link_leads_to_a_web_address_or_is_refused(stage: Stage, address: str) -> None:
    account, _ = await stage.published()
    answer = await stage.producer.post("/links", json={"account_id": account["id"], "title": "x", "address": address})
    assert answer.status_code == 422
    assert "address" in answer.json()["errors"]


async def test_what_was_taken_down_answers_410_and_leaves_the_feeds(stage: Stage) -> None:
    _, post = await stage.published()
    async with stage.reader() as reader:
        before = feedparser.parse((await reader.get("/p/mara-vale/feed.xml")).text)
        assert before.entries[0].id.startswith("urn:uuid:")
        assert [entry.title for entry in before.entries] == ["Why bread rises"]
        assert before.entries[0].enclosures[0].type == "video/mp4"
        assert int(before.entries[0].enclosures[0].length) == len(VIDEO)
        feed = (await reader.get("/p/mara-vale/feed.json")).json()
        assert feed["items"][0]["id"] == before.entries[0].id
        assert feed["items"][0]["attachments"][0]["size_in_bytes"] == len(VIDEO)

        asked = await stage.producer.post(f"/posts/{post['id']}/take-down")
        assert asked.status_code == 200, asked.text
        await run_newest(stage.tenant, UUID(post["id"]))
        assert (await stage.get(f"/posts/{post['id']}"))["state"] == "removed"

        for end in ("", "/video.mp4", "/captions.vtt", "/poster.jpg"):
            assert (await reader.get(post["permalink"] + end)).status_code == 410
        assert feedparser.parse((await reader.get("/p/mara-vale/feed.xml")).text).entries == []
        assert (await reader.get("/p/mara-vale/feed.json")).json()["items"] == []
        assert "Why bread rises" not in (await reader.get("/p/mara-vale")).text
        assert (await reader.get("/p/mara-vale/never-was")).status_code == 404
        assert (await reader.get("/p/nobody")).status_code == 404
        assert "text/html" in (await reader.get("/p/nobody")).headers["content-type"]


NOBODYS = (
    "/p", "/p/", "/p/%00", "/p/..%2f..%2fetc", "/p/mara-vale/%00", "/p/MARA-VALE", "/p/mara-vale/why-bread-rises/",
    "/p/mara-vale/go/%00?at=%00", "/p/-/../secrets.toml", "/p/-/nothing.css", "/p/" + "x" * 4000, "/p/\u202ex",
)  # fmt: skip


async def test_addresses_that_nobody_has_are_a_page_that_says_so(stage: Stage) -> None:
    await stage.published()
    async with stage.reader() as reader:
        for path in NOBODYS:
            answer = await reader.get(path)
            assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8"), path
            assert "There is nothing here" in answer.text


async def test_a_page_needs_no_sign_in_sets_no_cookie_and_may_be_found(stage: Stage) -> None:
    _, post = await stage.published()
    async with stage.reader() as reader:
        for path in ("/p/mara-vale", post["permalink"], "/p/mara-vale/feed.xml", "/p/mara-vale/palette.css"):
            answer = await reader.get(path)
            assert answer.status_code == 200
            assert "set-cookie" not in answer.headers
            assert answer.headers["cache-control"] == "private, no-cache"
            assert "x-robots-tag" not in answer.headers
        assert "Allow: /p/" in (await reader.get("/robots.txt")).text
        assert (await reader.get("/p/-/inter-latin.woff2")).headers["content-type"] == "font/woff2"
        text = (await reader.get(post["permalink"])).text
        for wanted in ('property="og:video"', 'name="twitter:card"', '"@type": "VideoObject"', 'rel="canonical"'):
            assert wanted in text


async def test_markup_in_every_field_stays_text(stage: Stage) -> None:
    hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)>]]></title>&amp;'
    character = (
        await stage.producer.post(
            "/characters", json={"name": "Bo <b>", "profile": {"biography": hostile, "pronouns": hostile[:40]}}
        )
    ).json()
    account = (await stage.get("/accounts"))["items"][0]
    async with stage.tenant.context() as ctx:
        content = await approved_content(
            ctx, Character.model_validate(character), hostile, caption=hostile, transcript=hostile, hashtags=["a"]
        )
    body = {"content_id": str(content), "account_id": account["id"]}
    made = (await stage.producer.post("/posts", json=body)).json()
    await run_newest(stage.tenant, UUID(made["id"]))
    post = await stage.get(f"/posts/{made['id']}")
    async with stage.reader() as reader:
        for path in (account["url"], post["permalink"]):
            text = (await reader.get(path)).text
            assert "<script>" not in text
            assert "<img src=x" not in text
            assert text.count("</script>") == 1  # the end of the linked data
        root = ET.fromstring((await reader.get(f"{account['url']}/feed.xml")).text)  # noqa: S314 -- our own feed
        assert root.findtext("channel/item/title") == hostile
        assert (await reader.get(f"{account['url']}/feed.json")).json()["items"][0]["title"] == hostile


async def _make_due(stage: Stage, post: str) -> None:
    scope = Scope(stage.organisation, (stage.client,), "system:test")
    async with stage.house.database.transaction(scope) as tx:
        await tx.execute("update post set due_at = now() - interval '1 second' where id = %(id)s", {"id": post})
