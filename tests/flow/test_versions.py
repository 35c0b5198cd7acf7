"""Versions of definitions over HTTP: listed, compared, restored by the rules of today."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from greenroom.entrypoints.api import create_app
from greenroom.kit.ids import uuid7
from greenroom.tenancy.sign_in import start_session
from tests.support.house import Tenant


@pytest.fixture
async def browser(tenant: Tenant) -> AsyncIterator[httpx.AsyncClient]:
    """Signed in as the tenant's super user."""
    cookie = await start_session(tenant.house, tenant.organisation, tenant.user, address="", agent="test")
    transport = httpx.ASGITransport(app=create_app(tenant.house))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost/api/v1", headers={"Cookie": f"greenroom={cookie}"}
    ) as client:
        yield client


@pytest.fixture
async def character(browser: httpx.AsyncClient) -> dict[str, Any]:
    """Made, then changed twice: three versions, at version 3 of the record."""
    made = (await browser.post("/characters", json={"template": "ledger"})).json()
    dry = {**made["persona"], "tone": "dry", "traits": [*made["persona"]["traits"], "short"]}
    await changed(browser, made["id"], 1, persona=dry)
    return await changed(browser, made["id"], 2, name="Nora Plain")


async def changed(browser: httpx.AsyncClient, id: str, version: int, **fields: Any) -> dict[str, Any]:
    answer = await browser.patch(f"/characters/{id}", json=fields, headers={"If-Match": f'"{version}"'})
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.json()
    return said


def of(character: dict[str, Any], rest: str = "") -> str:
    return f"/definitions/character/{character['id']}/versions{rest}"


async def restored(
    browser: httpx.AsyncClient, character: dict[str, Any], number: int, version: int, reason: str = ""
) -> httpx.Response:
    path = of(character, f"/{number}/restore")
    return await browser.post(path, json={"reason": reason}, headers={"If-Match": f'"{version}"'})


async def test_the_list_says_who_when_and_what_page_by_page(
    browser: httpx.AsyncClient, character: dict[str, Any]
) -> None:
    first = (await browser.get(of(character), params={"limit": 2})).json()
    assert [(one["number"], one["author"], one["changed"]) for one in first["items"]] == [
        (3, "Ada", ["name"]),
        (2, "Ada", ["persona"]),
    ]
    rest = (await browser.get(of(character), params={"cursor": first["next"]})).json()
    assert ([one["number"] for one in rest["items"]], rest["next"]) == ([1], None)
    wrong = await browser.get(of(character), params={"cursor": "x"})
    assert wrong.status_code == 422


async def test_two_versions_are_compared_either_way(browser: httpx.AsyncClient, character: dict[str, Any]) -> None:
    last = (await browser.get(of(character, "/3/diff"))).json()
    assert [(one["op"], one["path"]) for one in last["changes"]] == [("replace", "/name")]
    both = (await browser.get(of(character, "/1/diff"), params={"against": 3})).json()
    assert (both["before"]["number"], both["after"]["number"]) == (3, 1)
    assert [(one["op"], one["path"], one["before"], one["after"]) for one in both["changes"]] == [
        ("replace", "/name", "Nora Plain", "Nora Ledger"),
        ("replace", "/persona/tone", "dry", "calm"),
        ("remove", "/persona/traits/3", "short", None),
    ]
    alone = (await browser.get(of(character, "/1/diff"))).json()
    assert alone["before"] is None
    assert {one["op"] for one in alone["changes"]} == {"add"}


async def test_restoring_is_a_new_version_with_its_reason_here_and_in_the_audit_trail(
    browser: httpx.AsyncClient, character: dict[str, Any]
) -> None:
    done = await restored(browser, character, 1, 3, "The client liked her calmer")
    assert done.status_code == 200, done.text
    assert (done.json()["number"], done.json()["reason"]) == (4, "Version 1 again: The client liked her calmer")
    now = (await browser.get(f"/characters/{character['id']}")).json()
    assert (now["name"], now["persona"]["tone"], now["version"]) == ("Nora Ledger", "calm", 4)
    audit = (await browser.get("/audit", params={"subject": character["id"]})).json()["items"][0]
    assert (audit["action"], audit["reason"]) == ("character.changed", "Version 1 again: The client liked her calmer")
    again = await restored(browser, character, 1, 4)
    assert again.status_code == 409
    assert "already" in again.json()["detail"]


async def test_who_has_not_seen_the_present_state_restores_nothing(
    browser: httpx.AsyncClient, character: dict[str, Any]
) -> None:
    stale = await restored(browser, character, 1, 2)
    assert stale.status_code == 412
    assert stale.json()["current"]["version"] == 3
    unsaid = await browser.post(of(character, "/1/restore"), json={})
    assert unsaid.status_code == 422
    assert len((await browser.get(of(character))).json()["items"]) == 3


async def test_what_the_rules_of_today_refuse_does_not_come_back(
    tenant: Tenant, browser: httpx.AsyncClient, character: dict[str, Any]
) -> None:
    # As versions of an earlier Greenroom may be: a voice that is no longer there, a field that has gone.
    for number, change in ((4, {"voice": {"engine": "old", "voice": "gone"}}), (5, {"mood": "blue"})):
        async with tenant.context() as ctx:
            await ctx.db.execute(
                """insert into definition_version (organisation_id, client_id, kind, definition_id, number, document,
                                                   author, at)
                   select organisation_id, client_id, kind, definition_id, %(number)s, document || %(change)s::jsonb,
                          'system', now() from definition_version where definition_id = %(id)s and number = 1""",
                {
                    "id": character["id"],
                    "number": number,
                    "change": httpx.Request("POST", "/", json=change).content.decode(),
                },
            )
    for number, field in ((4, "voice.voice"), (5, "mood")):
        refused = await restored(browser, character, number, 3)
        assert refused.status_code == 422, refused.text
        assert refused.json()["detail"].startswith(f"Version {number} can't come back as it is: ")
        assert field in refused.json()["errors"]
    assert (await browser.get(f"/characters/{character['id']}")).json()["version"] == 3


async def test_a_deleted_character_keeps_its_versions_and_is_restored_first(
    browser: httpx.AsyncClient, character: dict[str, Any]
) -> None:
    assert (await browser.delete(f"/characters/{character['id']}")).status_code == 204
    assert len((await browser.get(of(character))).json()["items"]) == 3
    refused = await restored(browser, character, 1, 4)
    assert refused.status_code == 409
    assert "restore it first" in refused.json()["detail"]


async def test_a_clients_settings_have_versions_and_take_the_right_to_manage(
    tenant: Tenant, browser: httpx.AsyncClient
) -> None:
    path = f"/definitions/client/{tenant.client}/versions"
    change = {"name": "Blue Door Two", "colour": "#112233"}
    await browser.patch(f"/clients/{tenant.client}", json=change, headers={"If-Match": '"1"'})
    assert [one["number"] for one in (await browser.get(path)).json()["items"]] == [2, 1]
    token = (await browser.post("/tokens", json={"name": "Maker", "scopes": ["read", "make"]})).json()["token"]
    headers = {"If-Match": '"2"'}
    maker = {**headers, "Authorization": f"Bearer {token}", "Cookie": ""}
    refused = await browser.post(f"{path}/1/restore", json={}, headers=maker)
    assert (refused.status_code, "manage" in refused.json()["detail"]) == (403, True)
    done = await browser.post(f"{path}/1/restore", json={}, headers=headers)
    assert done.status_code == 200, done.text
    assert done.json()["document"]["name"] == "Blue Door One"


async def test_two_who_change_a_client_at_once_do_not_overwrite_each_other(
    tenant: Tenant, browser: httpx.AsyncClient
) -> None:
    path, headers = f"/clients/{tenant.client}", {"If-Match": '"1"'}
    asked = (browser.patch(path, json={"name": f"Name {number}"}, headers=headers) for number in range(4))
    answers = await asyncio.gather(*asked)
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
    listed = (await browser.get(f"/definitions/client/{tenant.client}/versions")).json()["items"]
    assert [one["number"] for one in listed] == [2, 1]


async def test_what_is_not_there_is_not_found(browser: httpx.AsyncClient, character: dict[str, Any]) -> None:
    for path in (
        f"/definitions/spell/{character['id']}/versions",
        f"/definitions/character/{uuid7()}/versions",
        f"/definitions/client/{character['id']}/versions",
        of(character, "/9"),
        of(character, "/1/diff?against=9"),
    ):
        assert (await browser.get(path)).status_code == 404, path
    assert (await browser.get(of(character, "/0"))).status_code == 422
    assert (await browser.get(of(character, f"/{2**31}"))).status_code == 422
