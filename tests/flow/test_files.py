"""Files and portraits over HTTP: in parts, kept by the reader, and never run as a page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from greenroom.cast.artist import artist
from greenroom.infra.context import House
from greenroom.infra.database import Scope, Tx
from greenroom.kit.clock import FixedClock
from greenroom.media import facade as media
from greenroom.media import links
from greenroom.studio import create
from tests.support.house import Tenant
from tests.support.studio import acting, browser, character, invited

PAGE = b"<script>alert(document.cookie)</script>"


async def kept(house: House, content: bytes, **about: str) -> str:
    async with acting(house) as ctx:
        return f"/files/{(await media.keep(ctx, content, **about)).id}"


async def test_a_page_is_only_ever_saved(producer: httpx.AsyncClient, house: House) -> None:
    address = await kept(house, PAGE, type="text/html", name='evil".html')
    answer = await producer.get(address)
    assert answer.content == PAGE
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == 'attachment; filename="evil_.html"'
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


async def test_head_parts_and_what_the_reader_has(producer: httpx.AsyncClient, house: House) -> None:
    address = await kept(house, b"0123456789", type="audio/wav", name="count.wav")
    head = await producer.head(address)
    assert (head.status_code, head.headers["content-length"], head.content) == (200, "10", b"")
    tag = head.headers["etag"]
    part = await producer.get(address, headers={"Range": "bytes=-3", "If-Range": tag})
    assert (part.status_code, part.content) == (206, b"789")
    whole = await producer.get(address, headers={"Range": "bytes=-3", "If-Range": '"old"'})
    assert (whole.status_code, whole.content) == (200, b"0123456789")
    for sent in (tag, f'"x", W/{tag}', "*"):
        assert (await producer.get(address, headers={"If-None-Match": sent})).status_code == 304
    beyond = await producer.get(address, headers={"Range": "bytes=10-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, "bytes */10")


async def test_nobody_without_a_session_sees_anything(producer: httpx.AsyncClient, house: House) -> None:
    address = await kept(house, PAGE, type="text/plain", name="note.txt")
    assert (await producer.get("/files/00000000-0000-7000-8000-000000000000")).status_code == 404
    assert (await producer.get("/files/../../etc/passwd")).status_code == 404
    async with browser(house) as stranger:
        assert (await stranger.get(address)).status_code == 401


async def test_a_signed_link_works_without_a_session_for_one_file_and_a_time(
    producer: httpx.AsyncClient, house: House
) -> None:
    address = await kept(house, b"0123456789", type="audio/wav", name="count.wav")
    other = await kept(house, b"other", type="audio/wav", name="other.wav")
    link = (await producer.post(f"{address}/links", json={"seconds": 3600})).json()["url"].removeprefix("/api/v1")
    query = link.partition("?")[2]
    clock = FixedClock(house.clock.now())
    async with browser(replace(house, clock=clock)) as stranger:
        assert (await stranger.get(link)).content == b"0123456789"
        part = await stranger.get(link, headers={"Range": "bytes=2-3"})
        assert (part.status_code, part.content) == (206, b"23")
        expires, signature = (one.partition("=")[2] for one in query.split("&"))
        refusals = [
            await stranger.get(wrong)
            for wrong in (
                f"{other}?{query}",
                f"/files/00000000-0000-7000-8000-000000000000?{query}",
                f"{address}?expires={int(expires) + 1}&signature={signature}",
                f"{address}?expires={expires}&signature={signature[:-1]}x",
                f"{address}?expires={expires}&signature=é",
                f"{address}?expires={expires}&signature=",
            )
        ]
        assert {one.status_code for one in refusals} == {403}
        assert len({one.text for one in refusals}) == 1
        assert (await stranger.get(f"{address}?expires={expires}")).status_code == 401
        assert (await stranger.get(f"/files?{query}")).status_code == 404
        clock.advance(timedelta(hours=1))
        assert (await stranger.get(link)).status_code == 403
    assert (house.settings.home / "keys" / "links.key").stat().st_mode & 0o777 == 0o600


async def test_a_link_of_another_home_or_organisation_is_worth_nothing(
    producer: httpx.AsyncClient, house: House, other_tenant: Tenant, tmp_path: Path
) -> None:
    address = await kept(house, b"0123456789", type="audio/wav", name="count.wav")
    file, until = UUID(address.rpartition("/")[2]), house.clock.now() + timedelta(hours=1)
    elsewhere = house.settings.model_copy(update={"home": tmp_path / "elsewhere"})
    async with browser(house) as stranger:
        for settings, organisation in ((elsewhere, None), (house.settings, other_tenant.organisation)):
            async with acting(house) as ctx:
                link = links.sign(settings, organisation or ctx.organisation, file, until=until)
            assert (await stranger.get(link.url.removeprefix("/api/v1"))).status_code == 403


async def test_who_may_only_read_gives_no_links_and_nobody_for_longer_than_a_week(
    producer: httpx.AsyncClient, house: House
) -> None:
    address = await kept(house, b"0123456789", type="audio/wav", name="count.wav")
    async with invited(producer, house, level="read") as reader:
        assert (await reader.get(address)).status_code == 200
        assert (await reader.post(f"{address}/links", json={})).status_code == 403
    assert (await producer.post(f"{address}/links", json={"seconds": 604_801})).status_code == 422


async def test_a_portrait_is_asked_for_again_only_when_it_changed(producer: httpx.AsyncClient) -> None:
    who = await character(producer)
    address = who["portrait_url"].removeprefix("/api/v1")
    first = await producer.get(address)
    assert first.headers["content-type"] == "image/png"
    assert (await producer.get(address, headers={"If-None-Match": first.headers["etag"]})).status_code == 304
    redrawn = (await producer.post(f"/characters/{who['id']}/portrait", json={"seed": 12345})).json()
    assert redrawn["seed"] == 12345
    assert redrawn["portrait_url"] != who["portrait_url"]
    second = await producer.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert second.status_code == 200


async def test_characters_over_http(producer: httpx.AsyncClient) -> None:
    who = await character(producer)
    assert who["page_url"] == "/p/nora-ledger"
    change = {"persona": {**who["persona"], "tone": "dry"}}
    assert (await producer.patch(f"/characters/{who['id']}", json=change)).status_code == 422
    saved = await producer.patch(f"/characters/{who['id']}", json=change, headers={"If-Match": '"1"'})
    assert saved.json()["persona"]["tone"] == "dry"
    stale = await producer.patch(f"/characters/{who['id']}", json=change, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["current"]["version"]) == (412, 2)
    refused = await producer.post("/characters", json={"name": "Ida", "profile": {"biography": "A 15-year-old"}})
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["profile.biography"])
    empty = await producer.patch(
        f"/characters/{who['id']}",
        json={"disclosure": {**who["disclosure"], "label": " "}},
        headers={"If-Match": '"2"'},
    )
    assert empty.json()["errors"] == {"disclosure.label": "Write something that can be seen"}
    assert len((await producer.get("/character-templates")).json()["items"]) >= 4
    voices = (await producer.get("/voices")).json()["items"]
    sample = {**{key: voices[-1][key] for key in ("engine", "voice")}, "speed": 1.0, "pitch": 0, "text": "Hello."}
    heard = await producer.post("/voices/sample", json=sample)
    assert (heard.headers["content-type"], heard.content[:4]) == ("audio/wav", b"RIFF")
    assert (await producer.post("/voices/sample", json={**sample, "text": "a" * 201})).status_code == 422
    assert (await producer.get("/formats")).json()["items"][0]["id"]


async def test_who_may_only_look_hears_no_samples_and_asks_for_no_videos(
    producer: httpx.AsyncClient, house: House
) -> None:
    who = await character(producer)
    voice = (await producer.get("/voices")).json()["items"][-1]
    sample = {"engine": voice["engine"], "voice": voice["voice"], "speed": 1.0, "pitch": 0, "text": "Hello."}
    async with invited(producer, house, level="read") as viewer:
        assert (await viewer.post("/voices/sample", json=sample)).status_code == 403
        asked = await viewer.post("/contents", json={"character_id": who["id"], "topic": "Bees", "seconds": 15})
        assert asked.status_code == 403
    async with browser(house) as stranger:
        assert (await stranger.post("/voices/sample", json=sample)).status_code == 401


async def test_speaking_and_judging_hold_no_connection(
    producer: httpx.AsyncClient, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every transaction is over while the slow part is done."""
    open_now: list[int] = []
    seen: list[int] = []
    begin = house.database.transaction

    @asynccontextmanager
    async def counted(*scope: Scope | None) -> AsyncIterator[Tx]:
        async with begin(*scope) as tx:
            open_now.append(1)
            try:
                yield tx
            finally:
                open_now.pop()

    who = await character(producer)
    voice = (await producer.get("/voices")).json()["items"][-1]
    speak, read_brief = type(artist()).sample, create.read_brief

    def spoken(*given: Any, **named: Any) -> bytes:
        seen.append(len(open_now))
        return speak(*given, **named)

    def judged(*given: Any) -> Any:
        seen.append(len(open_now))
        return read_brief(*given)

    monkeypatch.setattr(house.database, "transaction", counted)
    monkeypatch.setattr(type(artist()), "sample", spoken)
    monkeypatch.setattr(create, "read_brief", judged)
    sample = {"engine": voice["engine"], "voice": voice["voice"], "speed": 1.0, "pitch": 0, "text": "Hello."}
    assert (await producer.post("/voices/sample", json=sample)).status_code == 200
    asked = await producer.post("/contents", json={"character_id": who["id"], "topic": "Bees", "seconds": 15})
    assert asked.status_code == 202
    assert seen == [0, 0]
