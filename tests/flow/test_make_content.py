"""From a brief to an approved video, over HTTP, by a real worker with the real pipeline in the draft profile."""

from uuid import UUID

import httpx
import psycopg
import pytest

from greenroom.infra.context import House
from greenroom.infra.postgres.addresses import Addresses
from greenroom.studio import facade as studio
from greenroom.studio.errors import NotApproved
from tests.support.studio import acting, ask, character, invited, settled
from tests.support.wait import until

TEXT = """Bees visit about four thousand flowers a day. A colony keeps its brood at 35 degrees. Bees see ultraviolet
light. A worker bee lives for about six weeks in summer. Honey keeps for years because it holds little water."""


async def test_a_brief_becomes_an_approved_video(producer: httpx.AsyncClient, worker: None, house: House) -> None:
    who = await character(producer)
    id = await ask(producer, who["id"], "Bees", text=TEXT, text_name="A leaflet")
    content = await settled(producer, id)

    assert content["status"] == "review", content["error"]
    assert [stage["state"] for stage in content["stages"]] == ["done"] * 6
    assert [stage["starts"] for stage in content["stages"]] == [1] * 6
    assert content["brief"] == {"text": TEXT, "text_name": "A leaflet"}
    assert content["script"]["sources"]
    assert 14 <= content["duration"] <= 17
    assert (content["render"]["width"], content["render"]["height"]) == (270, 480)
    assert -15.5 <= content["render"]["loudness"]["integrated"] <= -12.5
    assert content["render"]["manifest"]["state"] in ("Trusted", "Valid")
    assert content["checks"]
    assert not [check for check in content["checks"] if not check["ok"] and check["level"] == "block"]

    await _the_files_can_be_read(producer, content)
    provenance = (await producer.get(f"/contents/{id}/provenance")).json()
    assert provenance["state"] == "Trusted"
    assert "AlgorithmicMedia" in provenance["digital_source_type"].replace("algorithmic", "Algorithmic")
    assert provenance["manifest"]["active_manifest"]

    async with acting(house) as ctx:
        with pytest.raises(NotApproved):
            await studio.approved(ctx, UUID(id))
    verdict = {"decision": "approve", "note": "", "version": content["version"]}
    answer = await producer.post(f"/contents/{id}/reviews", json=verdict)
    assert answer.status_code == 201, answer.text
    assert answer.json()["status"] == "approved"
    assert answer.json()["reviews"][0]["reviewer"] == "Ada Lovelace"
    assert (await producer.post(f"/contents/{id}/reviews", json=verdict)).status_code == 409
    async with acting(house) as ctx:
        approved = await studio.approved(ctx, UUID(id))
    assert approved.version == content["version"]
    assert approved.video.type == "video/mp4"
    assert approved.transcript
    assert approved.disclosure.label


async def test_only_what_follows_an_edit_is_made_again(producer: httpx.AsyncClient, worker: None, house: House) -> None:
    who = await character(producer)
    id = await ask(producer, who["id"])
    first = await settled(producer, id)
    verdict = {"decision": "approve", "version": first["version"]}
    assert (await producer.post(f"/contents/{id}/reviews", json=verdict)).status_code == 201

    edit = {"caption": "Another caption. Made with AI.", "hashtags": ["#bees"]}
    stale = await producer.patch(f"/contents/{id}/script", json=edit, headers={"If-Match": '"99"'})
    assert stale.status_code == 412
    assert stale.json()["current"]["version"] == first["version"]

    started = await producer.patch(f"/contents/{id}/script", json=edit, headers={"If-Match": f'"{first["version"]}"'})
    assert started.status_code == 202, started.text
    assert started.json()["content"]["status"] == "scripting"
    async with acting(house) as ctx:
        with pytest.raises(NotApproved):
            await studio.approved(ctx, UUID(id))

    second = await settled(producer, id)
    assert second["status"] == "review", second["error"]
    assert second["version"] > first["version"]
    assert second["script"]["caption"] == edit["caption"]
    assert second["script"]["hashtags"] == ["bees"]
    assert second["script"]["edited"] is True
    cached = {stage["name"]: stage["cached"] for stage in second["stages"]}
    assert cached["voice"]
    assert cached["pictures"]
    assert not cached["script"]
    assert [review["version"] for review in second["reviews"]] == [first["version"]]

    old = await producer.post(f"/contents/{id}/reviews", json=verdict)
    assert old.status_code == 412
    back = await producer.post(f"/contents/{id}/reviews", json={"decision": "changes", "version": second["version"]})
    assert back.status_code == 422
    note = {"decision": "changes", "note": "Slower.", "at_seconds": 3.5, "version": second["version"]}
    sent = await producer.post(f"/contents/{id}/reviews", json=note)
    assert sent.json()["status"] == "rejected"
    assert sent.json()["reviews"][-1]["at_seconds"] == 3.5


async def test_a_video_of_the_same_brief_is_not_made_twice(producer: httpx.AsyncClient, worker: None) -> None:
    who = await character(producer)
    first = await settled(producer, await ask(producer, who["id"]))
    again = await settled(producer, await ask(producer, who["id"]))
    assert again["status"] == "review"
    assert all(stage["cached"] for stage in again["stages"])
    assert again["render"]["video_url"] == first["render"]["video_url"]
    assert again["id"] != first["id"]


async def test_cancelled_at_once_and_taken_up_again(producer: httpx.AsyncClient, worker: None) -> None:
    who = await character(producer)
    id = await ask(producer, who["id"], seconds=30)

    async def begun() -> bool:
        return (await status(producer, id)) != "scripting"

    await until(begun, within=60)
    job = (await producer.get(f"/contents/{id}")).json()["job_id"]
    cancelled = await producer.post(f"/contents/{id}/cancel")
    assert cancelled.json()["status"] == "cancelled"

    async def ended() -> bool:
        return (await producer.get(f"/jobs/{job}")).json()["state"] == "cancelled"

    await until(ended, within=20)
    assert await status(producer, id) == "cancelled"
    assert (await producer.post(f"/contents/{id}/cancel")).status_code == 409

    assert (await producer.post(f"/contents/{id}/retry")).status_code == 202
    content = await settled(producer, id)
    assert content["status"] == "review", content["error"]
    assert content["stages"][0]["starts"] == 1
    assert (await producer.post(f"/contents/{id}/retry")).status_code == 409


async def test_the_jobs_page_is_another_door_to_the_same(producer: httpx.AsyncClient) -> None:
    who = await character(producer)
    id = await ask(producer, who["id"])
    job = (await producer.get(f"/contents/{id}")).json()["job_id"]
    await producer.post(f"/jobs/{job}/cancel")
    assert (await producer.get(f"/contents/{id}")).json()["status"] == "cancelled"
    await producer.post(f"/jobs/{job}/retry")
    content = (await producer.get(f"/contents/{id}")).json()
    assert content["status"] == "scripting"
    assert content["progress"]["message"] == "Waits for a worker"
    assert (await producer.patch(f"/contents/{id}/script", json={}, headers={"If-Match": "1"})).status_code == 409
    assert (await producer.delete(f"/contents/{id}")).status_code == 204
    assert (await producer.get(f"/contents/{id}")).status_code == 404
    assert (await producer.get(f"/jobs/{job}")).json()["state"] == "cancelled"


async def test_who_may_not_approve_may_send_back_and_what_a_check_blocks_nobody_approves(
    producer: httpx.AsyncClient, worker: None, house: House, database_urls: Addresses
) -> None:
    who = await character(producer)
    content = await settled(producer, await ask(producer, who["id"]))
    verdict = {"decision": "approve", "note": "Fine", "version": content["version"]}
    address = f"/contents/{content['id']}/reviews"
    async with invited(producer, house, level="limited") as limited, invited(producer, house, level="read") as reader:
        assert (await limited.post(address, json=verdict)).status_code == 403
        assert (await reader.post(address, json=verdict)).status_code == 403
        assert (await reader.get(f"/contents/{content['id']}")).status_code == 200
        assert (await reader.post(f"/contents/{content['id']}/cancel")).status_code == 403
        assert (await reader.get(content["render"]["video_url"].removeprefix("/api/v1"))).status_code == 200
        sent = await limited.post(address, json={**verdict, "decision": "changes"})
        assert sent.json()["status"] == "rejected"

    with psycopg.connect(database_urls.superuser or "", autocommit=True) as admin:
        admin.execute(
            "update gr.check_result set ok = false, level = 'block', reason = 'The label is missing' where position = 0"
        )
    refused = await producer.post(address, json=verdict)
    assert refused.status_code == 409
    assert "The label is missing" in refused.json()["detail"]


async def test_lists(producer: httpx.AsyncClient) -> None:
    ida = await character(producer, name="Ida")
    mei = await character(producer, template="orbit")
    for topic, who in (("Bees", ida), ("Tides and moons", mei), ("Bread", ida)):
        await ask(producer, who["id"], topic)

    async def topics(**query: str | int) -> list[str]:
        return [one["topic"] for one in (await producer.get("/contents", params=query)).json()["items"]]

    assert await topics() == ["Bread", "Tides and moons", "Bees"]
    assert await topics(character=ida["id"]) == ["Bread", "Bees"]
    assert await topics(q="moons") == ["Tides and moons"]
    assert await topics(status="review") == []
    page = (await producer.get("/contents", params={"limit": 2})).json()
    assert await topics(limit=2, cursor=page["next"]) == ["Bees"]
    assert (await producer.get("/contents", params={"status": "nonsense"})).status_code == 422


async def test_no_video_for_a_character_that_is_gone(producer: httpx.AsyncClient) -> None:
    who = await character(producer)
    await producer.delete(f"/characters/{who['id']}")
    answer = await producer.post("/contents", json={"character_id": who["id"], "topic": "Bees"})
    assert answer.status_code == 409
    unknown = {"character_id": "00000000-0000-7000-8000-000000000000", "topic": "Bees"}
    assert (await producer.post("/contents", json=unknown)).status_code == 404


async def status(web: httpx.AsyncClient, content_id: str) -> str:
    return str((await web.get(f"/contents/{content_id}")).json()["status"])


async def _the_files_can_be_read(web: httpx.AsyncClient, content: dict[str, dict[str, str]]) -> None:
    render = content["render"]
    video = render["video_url"].removeprefix("/api/v1")
    whole = await web.get(video)
    assert whole.headers["content-type"] == "video/mp4"
    assert whole.headers["x-content-type-options"] == "nosniff"
    assert whole.headers["cache-control"].startswith("private")
    part = await web.get(video, headers={"Range": "bytes=4-7"})
    assert part.status_code == 206
    assert part.content == whole.content[4:8] == b"ftyp"
    assert part.headers["content-range"] == f"bytes 4-7/{len(whole.content)}"
    assert (await web.get(video, headers={"If-None-Match": whole.headers["etag"]})).status_code == 304
    assert (await web.get(video, headers={"Range": "bytes=99999999-"})).status_code == 416
    captions = await web.get(render["captions_url"].removeprefix("/api/v1"))
    assert captions.text.startswith("WEBVTT")
    poster = await web.get(render["thumbnail_url"].removeprefix("/api/v1"))
    assert poster.content.startswith(b"\xff\xd8")
