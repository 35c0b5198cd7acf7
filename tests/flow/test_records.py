"""Records over HTTP: tags and versions, changes that name what they saw, queries that are known, lists turned round."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from greenroom.entrypoints.api import create_app
from greenroom.entrypoints.permissions import ANY_QUERY
from greenroom.infra.context import House
from greenroom.infra.http.describe import operations
from greenroom.kit.ids import uuid7
from tests.flow.test_two_tenants import KINDS, QUERIES, WORDS, Side, furnish, sent
from tests.support.house import Tenant


@pytest.fixture
async def side(tenant: Tenant) -> AsyncIterator[Side]:
    """An organisation with something of everything, and its super user's browser."""
    made = await furnish(tenant, "Own")
    yield made
    await made.browser.aclose()


async def test_a_record_comes_with_its_tag_which_a_change_takes(side: Side) -> None:
    path = f"/characters/{side.ids['character']}"
    first = await side.browser.get(path)
    tag = first.headers["etag"]
    assert tag.startswith(f'"{first.json()["version"]}.')

    same = await side.browser.get(path, headers={"If-None-Match": f'"other", {tag}'})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)

    changed = await side.browser.patch(path, json={"name": "Mara Vale"}, headers={"If-Match": tag})
    assert (changed.status_code, changed.json()["version"]) == (200, first.json()["version"] + 1)
    assert changed.headers["etag"].startswith(f'"{changed.json()["version"]}.')
    assert (await side.browser.get(path, headers={"If-None-Match": tag})).json() == changed.json()
    assert (await side.browser.patch(path, json={"name": "Mara"}, headers={"If-Match": tag})).status_code == 412


@pytest.mark.parametrize(
    ("path", "part"), [("/organisation", "organisation"), ("/profile", "user"), ("/profile/passkeys/…", "passkey")]
)
async def test_who_saw_an_older_one_changes_nothing(side: Side, path: str, part: str) -> None:
    path = path.replace("…", side.ids["passkey"])

    async def present() -> dict[str, Any]:
        if part == "passkey":
            return dict((await side.browser.get("/profile/sign-in")).json()["passkeys"][0])
        return dict((await side.browser.get("/session")).json()[part])

    before = await present()
    seen = {"If-Match": f'"{before["version"]}"'}
    assert (await side.browser.patch(path, json={"name": "Without"})).status_code == 422
    assert await present() == before
    changed = await side.browser.patch(path, json={"name": "First"}, headers=seen)
    assert changed.json() == await present() == {**before, "name": "First", "version": before["version"] + 1}
    late = await side.browser.patch(path, json={"name": "Second"}, headers=seen)
    assert (late.status_code, late.json()["present"]["name"]) == (412, "First")
    assert (await present())["name"] == "First"


@pytest.mark.parametrize("value", ['"1.zz"', "1.2.3", '"x"', "", '"-1"', '"1" "2"', '"9999999999"'])
async def test_what_is_no_version_is_refused_by_name(side: Side, value: str) -> None:
    refused = await side.browser.patch("/organisation", json={"name": "Taken"}, headers={"If-Match": value})
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["If-Match"])


async def test_no_operation_takes_a_query_that_it_does_not_know(side: Side, house: House) -> None:
    taken, refused = [], 0
    for method, path, operation in operations(create_app(house).openapi()):
        name = operation["operationId"]
        if name in ANY_QUERY:
            continue
        for word, value in WORDS.items():
            path = path.replace(word, value)
        for place in operation.get("parameters", []):
            if place["in"] == "path":
                path = path.replace(f"{{{place['name']}}}", side.ids.get(KINDS.get(place["name"], ""), str(uuid7())))
        query, method = {**QUERIES.get(name, {}), "sorted": "at"}, method.upper()
        answer = await side.ask(method, path.removeprefix("/api/v1"), params=query, **sent(method, name))
        if answer.status_code == 422 and list(answer.json()["errors"]) == ["sorted"]:
            refused += 1
        else:
            taken.append((name, answer.status_code, answer.text[:200]))
    assert taken == []
    assert refused > 100


@pytest.mark.parametrize("path", ["/posts", "/contents", "/jobs"])
async def test_a_list_turned_round_is_the_same_in_pages(side: Side, tenant: Tenant, path: str) -> None:
    for number in range(4):
        if path == "/posts":
            await _another_post(side, number)
        else:
            body = {"character_id": side.ids["character"], "topic": f"Tides {number}", "format": "explainer"}
            assert (await side.browser.post("/contents", json=body)).status_code == 202

    async def paged(sort: str) -> list[str]:
        found, query = list[str](), {"limit": 2, "sort": sort}
        while True:
            page = (await side.browser.get(path, params=query)).json()
            found += [one["id"] for one in page["items"]]
            if page["next"] is None:
                return found
            query = {**query, "cursor": page["next"]}

    latest_first = [one["id"] for one in (await side.browser.get(path)).json()["items"]]
    assert len(latest_first) >= 4
    assert await paged("-at") == latest_first
    assert await paged("at") == latest_first[::-1]
    assert (await side.browser.get(path, params={"sort": "name"})).status_code == 422


async def _another_post(side: Side, number: int) -> None:
    body = {
        "content_id": side.ids["content"],
        "account_id": side.ids["account"],
        "at": {"wall": f"2027-03-0{number + 1}T09:00", "zone": "Europe/Berlin"},
        "again": True,
    }
    made = await side.browser.post("/posts", json=body)
    assert made.status_code == 201, made.text


@pytest.mark.parametrize("path", ["/audit", "/definitions/character/…/versions"])
async def test_what_is_numbered_has_cursors_that_are_no_numbers(side: Side, path: str) -> None:
    path = path.replace("…", side.ids["character"])
    for number in range(3):
        record = f"/characters/{side.ids['character']}"
        seen = {"If-Match": (await side.browser.get(record)).headers["etag"]}
        await side.browser.patch(record, json={"name": f"Mara {number}"}, headers=seen)
    whole = (await side.browser.get(path)).json()["items"]
    first = (await side.browser.get(path, params={"limit": 2})).json()
    assert not first["next"].isdigit()
    second = (await side.browser.get(path, params={"limit": 200, "cursor": first["next"]})).json()
    assert [*first["items"], *second["items"]] == whole
    for wrong in ("2", "x", "", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5"):
        assert (await side.browser.get(path, params={"cursor": wrong})).status_code == 422
