"""Linking an account on a real Bluesky server over HTTP: who it is, what is kept, what is said, and its end."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from greenroom.channels import facade as channels
from greenroom.channels import login_store
from greenroom.entrypoints.api import create_app
from greenroom.tenancy.sign_in import start_session
from tests.support.bluesky import Linked


@pytest.fixture
async def web(linked: Linked) -> AsyncIterator[httpx.AsyncClient]:
    """A browser of the desk's person."""
    tenant = linked.desk.tenant
    cookie = await start_session(tenant.house, tenant.organisation, tenant.user, address="", agent="Test")
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=create_app(tenant.house)),
        base_url="http://localhost/api/v1",
        headers={"Cookie": f"greenroom={cookie}"},
    ) as client:
        yield client


async def at(web: httpx.AsyncClient, linked: Linked) -> dict[str, Any]:
    items: list[dict[str, Any]] = (await web.get("/accounts")).json()["items"]
    return next(one for one in items if one["id"] == str(linked.account.id))


async def test_linked_by_its_handle_it_is_known_by_its_id_and_shows_no_secret(
    web: httpx.AsyncClient, linked: Linked
) -> None:
    member = linked.pds.member()
    form = {
        "platform": "bluesky", "identifier": f" @{member.handle.upper()} ", "password": member.app_password,
        "service": linked.pds.address + "/", "character_id": str(linked.desk.character.id),
    }  # fmt: skip
    made = await web.post("/accounts", json=form)
    assert made.status_code == 201, made.text
    account = made.json()
    assert (account["remote_id"], account["handle"]) == (member.did, member.handle)
    assert (account["state"], account["needs_reconnect"], account["pace"]["ramp"]["phase"]) == ("ramping", False, 1)
    assert account["character_id"] == str(linked.desk.character.id)
    again = await web.post("/accounts", json=form)
    assert again.status_code == 409
    assert "linked already" in again.json()["detail"]
    audit = (await web.get("/audit")).text
    assert "account.linked" in audit
    for place in (made.text, again.text, audit, (await web.get("/accounts")).text):
        assert member.app_password not in place


async def test_sent_twice_it_is_linked_once_and_answered_alike(web: httpx.AsyncClient, linked: Linked) -> None:
    member = linked.pds.member()
    form = {"platform": "bluesky", "identifier": member.handle, "password": member.app_password}
    form["service"] = linked.pds.address
    headers = {"Idempotency-Key": "link-once"}
    both = await asyncio.gather(*(web.post("/accounts", json=form, headers=headers) for _ in range(2)))
    assert [answer.status_code for answer in both] == [201, 201], [answer.text for answer in both]
    assert both[0].json() == both[1].json()
    wrong = await web.post("/accounts", json=form | {"password": "wrong"}, headers={"Idempotency-Key": "refused"})
    assert wrong.status_code == 422
    right = await web.post("/accounts", json=form, headers={"Idempotency-Key": "refused"})
    assert right.status_code == 409  # linked already: what was refused has kept no key
    login = {"identifier": member.handle, "password": member.password}
    mine = linked.pds.ask("POST", "com.atproto.server.createSession", json=login).json()["accessJwt"]
    linked.pds.ask("POST", "com.atproto.server.revokeAppPassword", token=mine, json={"name": "Greenroom"})
    again = await web.post("/accounts", json=form, headers=headers)  # nobody asks the server for it again
    assert (again.json(), again.headers["Idempotency-Replayed"]) == (both[0].json(), "true")
    other = await web.post("/accounts", json=form | {"identifier": "another.test"}, headers=headers)
    assert other.status_code == 422


async def test_what_does_not_open_an_account_links_nothing(web: httpx.AsyncClient, linked: Linked) -> None:
    member = linked.pds.member()
    before = (await web.get("/accounts")).json()
    form = {"platform": "bluesky", "identifier": member.handle, "password": "wrong-pass-word-here"}
    wrong = await web.post("/accounts", json={**form, "service": linked.pds.address})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["password"])
    for service, field in (("http://example.org", "service"), ("https://10.0.0.7", "service"), (None, "identifier")):
        refused = await web.post("/accounts", json={**form, "service": service})
        assert (refused.status_code, list(refused.json()["errors"])) == (422, [field]), refused.text
    assert (await web.get("/accounts")).json() == before


async def test_reconnecting_takes_the_same_account_only(web: httpx.AsyncClient, linked: Linked) -> None:
    other = linked.pds.member()
    place = f"/accounts/{linked.account.id}/connection"
    wrong = await web.post(place, json={"password": other.app_password})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["password"])
    async with linked.desk.tenant.context() as ctx:
        await login_store.write_error(ctx, linked.account.id, "The login is dead", reconnect=True)
    shown = await at(web, linked)
    assert (shown["needs_reconnect"], shown["last_error"]) == (True, "The login is dead")
    right = await web.post(place, json={"password": linked.member.app_password})
    assert right.status_code == 200, right.text
    assert (right.json()["needs_reconnect"], right.json()["last_error"]) == (False, None)


async def test_reconnecting_trusts_no_other_server_than_the_accounts_own(
    web: httpx.AsyncClient, linked: Linked
) -> None:
    place, password = f"/accounts/{linked.account.id}/connection", linked.member.app_password
    same = await web.post(place, json={"password": password, "service": f"{linked.pds.address}/"})
    assert same.status_code == 200, same.text
    # It answers as the account's own server does, and nobody who knows the account says that it is on it.
    elsewhere = linked.pds.address.replace("localhost", "127.0.0.1")
    assert elsewhere != linked.pds.address
    refused = await web.post(place, json={"password": password, "service": elsewhere})
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["service"])
    assert f"is on {linked.pds.address}" in refused.json()["detail"]


async def test_a_paused_account_takes_no_posts_until_it_is_resumed(web: httpx.AsyncClient, linked: Linked) -> None:
    content = str(await linked.desk.approved())
    version = (await at(web, linked))["version"]
    place, new = f"/accounts/{linked.account.id}", {"content_id": content, "account_id": str(linked.account.id)}
    paused = await web.patch(place, json={"paused": True}, headers={"If-Match": f'"{version}"'})
    assert (paused.json()["state"], paused.json()["state_reason"]) == ("paused", "Paused by Ada")
    stale = await web.patch(place, json={"paused": False}, headers={"If-Match": f'"{version}"'})
    assert stale.status_code == 412
    assert (await web.post("/posts", json=new)).status_code == 409
    version = paused.json()["version"]
    resumed = await web.patch(place, json={"paused": False}, headers={"If-Match": f'"{version}"'})
    assert resumed.json()["state"] == "active"
    assert (await web.post("/posts", json=new)).is_success


async def test_unlinked_its_secrets_are_gone_and_it_can_be_linked_anew(web: httpx.AsyncClient, linked: Linked) -> None:
    place = f"/accounts/{linked.account.id}"
    assert (await web.delete(place)).status_code == 204
    assert (await web.delete(place)).status_code == 204
    async with linked.desk.tenant.context() as ctx:
        assert await ctx.house.vault.list(ctx, subject=("account", linked.account.id)) == []
    assert str(linked.account.id) not in (await web.get("/accounts")).text
    member = linked.member
    form = {"platform": "bluesky", "identifier": member.did, "password": member.app_password}
    made = await web.post("/accounts", json={**form, "service": linked.pds.address})
    assert made.status_code == 201, made.text
    assert made.json()["id"] != str(linked.account.id)


async def test_a_page_has_no_login_to_take_away(web: httpx.AsyncClient, linked: Linked) -> None:
    async with linked.desk.tenant.context() as ctx:
        page = await channels.page_of(ctx, linked.desk.character.id)
    assert page is not None
    assert (await web.delete(f"/accounts/{page.id}")).status_code == 409
