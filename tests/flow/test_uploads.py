"""Uploads over HTTP: broken off and taken up again, after a restart too; what is no media ends as a refusal."""

import base64
import io
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from PIL import Image
from starlette.requests import ClientDisconnect

from greenroom.infra.context import House
from tests.support.studio import browser, invited

MINE = {"Content-Type": "application/offset+octet-stream", "Tus-Resumable": "1.0.0"}


def photo(side: int = 64) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "52.5163N 13.3777E"
    out = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(out, "PNG", exif=exif)
    return out.getvalue()


async def begin(web: httpx.AsyncClient, size: int, name: str = "Grüße.png") -> str:
    metadata = f"filename {base64.b64encode(name.encode()).decode()},filetype aW1hZ2UvcG5n"
    answer = await web.post("/uploads", headers={"Upload-Length": str(size), "Upload-Metadata": metadata})
    assert answer.status_code == 201, answer.text
    return answer.headers["location"].removeprefix("/api/v1")


async def send(web: httpx.AsyncClient, at: str, content: bytes, offset: int) -> httpx.Response:
    return await web.patch(at, content=content, headers={**MINE, "Upload-Offset": str(offset)})


def parts(house: House) -> list[Path]:
    return list((house.settings.home / "uploads").glob("*"))


async def test_a_picture_in_three_parts_becomes_a_clean_file(producer: httpx.AsyncClient, house: House) -> None:
    content = photo()
    at = await begin(producer, len(content))
    assert (await send(producer, at, content[:1000], 0)).status_code == 204
    middle = await send(producer, at, content[1000:1500], 1000)
    assert middle.headers["upload-offset"] == "1500"
    assert (await producer.get(at)).json()["state"] == "open"
    assert (await send(producer, at, content[1500:], 1500)).status_code == 204

    done = (await producer.get(at)).json()
    assert (done["state"], done["name"], done["offset"]) == ("done", "Grüße.png", len(content))
    file = await producer.get(f"/files/{done['file_id']}")
    assert (file.status_code, file.headers["content-type"]) == (200, "image/png")
    assert b"52.5163N" in content
    assert b"52.5163N" not in file.content
    assert Image.open(io.BytesIO(file.content)).size == (64, 64)
    assert parts(house) == []
    assert (await send(producer, at, b"x", len(content))).status_code == 410


async def test_another_offset_gets_the_true_one(producer: httpx.AsyncClient) -> None:
    at = await begin(producer, 100)
    await send(producer, at, b"x" * 10, 0)
    for wrong in (0, 9, 11, 100):
        answer = await send(producer, at, b"x", wrong)
        assert (answer.status_code, answer.json()["offset"]) == (409, 10)
    assert (await producer.head(at)).headers["upload-offset"] == "10"


async def test_it_goes_on_after_a_restart(producer: httpx.AsyncClient, house: House) -> None:
    content = photo()
    at = await begin(producer, len(content))
    await send(producer, at, content[:2000], 0)
    async with browser(house) as restarted:  # another application object over the same home and database
        restarted.cookies = producer.cookies
        head = await restarted.head(at)
        assert (head.headers["upload-offset"], head.headers["upload-length"]) == ("2000", str(len(content)))
        assert head.headers["cache-control"] == "no-store"
        assert (await send(restarted, at, content[2000:], 2000)).status_code == 204
    assert (await producer.get(at)).json()["state"] == "done"


async def test_a_break_keeps_what_came(producer: httpx.AsyncClient) -> None:
    at = await begin(producer, 100)

    async def breaking() -> AsyncIterator[bytes]:
        yield b"x" * 30
        raise ClientDisconnect  # what reading a body says when the other side is gone

    broken = await producer.patch(at, content=breaking(), headers={**MINE, "Upload-Offset": "0"})
    assert broken.status_code == 409
    assert (await producer.head(at)).headers["upload-offset"] == "30"


async def test_more_than_four_megabytes_at_once(producer: httpx.AsyncClient) -> None:
    content = photo(1600)
    assert len(content) > 5_000_000
    at = await begin(producer, len(content))
    assert (await send(producer, at, content, 0)).status_code == 204
    assert (await producer.get(at)).json()["state"] == "done"
    other = await producer.post("/characters", content=content, headers={"Content-Type": "application/json"})
    assert other.status_code == 413


async def test_more_than_was_said_is_not_kept(producer: httpx.AsyncClient) -> None:
    at = await begin(producer, 100)
    assert (await send(producer, at, b"x" * 101, 0)).status_code == 409
    assert int((await producer.head(at)).headers["upload-offset"]) <= 100


@pytest.mark.parametrize(
    "content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<script>1</script>", photo()[:900]]
)
async def test_what_is_no_media_is_refused_and_forgotten(
    producer: httpx.AsyncClient, house: House, content: bytes
) -> None:
    at = await begin(producer, len(content), "picture.png")
    answer = await send(producer, at, content, 0)
    assert (answer.status_code, answer.json()["title"]) == (422, "This file can't be taken")
    found = (await producer.get(at)).json()
    assert (found["state"], found["file_id"], found["reason"]) == ("refused", None, answer.json()["detail"])
    assert parts(house) == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload-Length": "0"}, 422),
        ({"Upload-Length": "-1"}, 422),
        ({"Upload-Length": "99999999999999"}, 422),
        ({}, 422),
        ({"Upload-Length": "1", "Tus-Resumable": "0.2.2"}, 412),
        ({"Upload-Length": "1", "Upload-Metadata": "filename ???"}, 422),
    ],
)
async def test_beginnings_that_are_refused(producer: httpx.AsyncClient, headers: dict[str, str], status: int) -> None:
    assert (await producer.post("/uploads", headers=headers)).status_code == status


async def test_only_bytes_come_by_patch(producer: httpx.AsyncClient) -> None:
    at = await begin(producer, 10)
    answer = await producer.patch(at, json={}, headers={"Upload-Offset": "0"})
    assert answer.status_code == 422


async def test_an_upload_can_be_given_up(producer: httpx.AsyncClient, house: House) -> None:
    at = await begin(producer, 10)
    await send(producer, at, b"x", 0)
    assert (await producer.delete(at)).status_code == 204
    assert parts(house) == []
    for answer in (await producer.get(at), await producer.delete(at), await send(producer, at, b"x", 1)):
        assert answer.status_code == 404


async def test_who_may_only_read_sends_nothing(producer: httpx.AsyncClient, house: House) -> None:
    at = await begin(producer, 10)
    async with invited(producer, house, level="read") as reader:
        assert (await reader.post("/uploads", headers={"Upload-Length": "10"})).status_code == 403
        assert (await send(reader, at, b"x", 0)).status_code == 403
    async with browser(house) as stranger:
        assert (await send(stranger, at, b"x", 0)).status_code == 401
    assert parts(house) == []
