"""Accounts over HTTP: what each may post, its health, its history, and what a person does about its state."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from greenroom.channels import account_acts, health_note
from greenroom.channels.errors import Rejected, Shut
from greenroom.entrypoints.api import create_app
from greenroom.tenancy.sign_in import start_session
from tests.support.publish import Desk


@pytest.fixture
async def web(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    tenant = desk.tenant
    cookie = await start_session(tenant.house, tenant.organisation, tenant.user, address="", agent="Test")
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=create_app(tenant.house)),
        base_url="http://localhost/api/v1",
        headers={"Cookie": f"greenroom={cookie}"},
    ) as client:
        yield client


async def at(web: httpx.AsyncClient, desk: Desk) -> dict[str, Any]:
    found: dict[str, Any] = (await web.get(f"/accounts/{desk.page.id}")).json()
    return found


async def act(web: httpx.AsyncClient, desk: Desk, what: str, body: dict[str, Any]) -> httpx.Response:
    version = (await at(web, desk))["version"]
    return await web.post(f"/accounts/{desk.page.id}/{what}", json=body, headers={"If-Match": f'"{version}"'})


async def test_an_account_tells_what_it_may_post(web: httpx.AsyncClient, desk: Desk) -> None:
    account = await at(web, desk)
    (listed,) = (await web.get("/accounts")).json()["items"]
    assert listed == account
    assert account["pace"]["ramp"] is None
    assert (account["pace"]["cap_today"], account["pace"]["used_today"], account["pace"]["free_now"]) == (25, 0, True)
    assert (account["pace"]["zone"], account["health"]) == ("Europe/Berlin", {"score": 100, "reasons": []})
    async with desk.tenant.context() as ctx:
        await account_acts.begin(ctx, desk.page.id, established=False)
        await health_note.note(ctx, desk.page.id, Rejected("Too long"))
    content = await desk.approved()
    wall = (datetime.now(UTC) + timedelta(days=2)).strftime("%Y-%m-%dT12:00")
    planned = {"content_id": str(content), "account_id": account["id"], "at": {"wall": wall, "zone": "Europe/Berlin"}}
    assert (await web.post("/posts", json=planned)).status_code == 201
    other = await web.post("/posts", json={**planned, "content_id": str(await desk.approved("More"))})
    assert (other.status_code, "1 post a day in phase 1 of its ramp" in other.json()["detail"]) == (409, True)
    account = await at(web, desk)
    assert (account["state"], account["pace"]["ramp"]["phase"], account["pace"]["cap_today"]) == ("ramping", 1, 1)
    assert [reason["words"] for reason in account["health"]["reasons"]] == ["A post was refused"]
    version = {"If-Match": f'"{account["version"]}"'}
    paced = await web.patch(
        f"/accounts/{account['id']}/pace", json={"ramp_from": None, "daily_cap": 4}, headers=version
    )
    assert (paced.json()["state"], paced.json()["pace"]["cap_today"]) == ("active", 4)


async def test_what_people_do_stands_in_its_history(web: httpx.AsyncClient, desk: Desk) -> None:
    until = (datetime.now(UTC) + timedelta(days=2)).isoformat()
    paused = await act(web, desk, "moves", {"to": "paused", "why": "  The client\nasked for it "})
    assert (paused.status_code, paused.json()["state_reason"]) == (200, "Paused by Ada: The client asked for it")
    assert (await act(web, desk, "moves", {"to": "resting"})).json()["errors"].keys() == {"until"}
    assert (await act(web, desk, "moves", {"to": "resting", "until": until})).json()["state"] == "resting"
    assert (await act(web, desk, "moves", {"to": "banned"})).status_code == 422
    refused = await act(web, desk, "reversal", {})
    assert (refused.status_code, "No rule moved Mara Vale last" in refused.json()["detail"]) == (409, True)
    assert (await act(web, desk, "moves", {"to": "active"})).json()["state"] == "active"
    stale = await web.post(
        f"/accounts/{desk.page.id}/moves", json={"to": "paused"}, headers={"If-Match": f'"{desk.page.version}"'}
    )
    assert stale.status_code == 412
    place = f"/accounts/{desk.page.id}/moves"
    first = (await web.get(place, params={"limit": 2})).json()
    rest = (await web.get(place, params={"limit": 2, "cursor": first["next"]})).json()
    assert [(one["was"], one["state"], one["by"], one["who"]) for one in first["items"] + rest["items"]] == [
        ("resting", "active", "person", "Ada"),
        ("paused", "resting", "person", "Ada"),
        ("active", "paused", "person", "Ada"),
    ]
    trail = (await web.get("/audit", params={"subject": str(desk.page.id)})).json()["items"]
    assert [entry["action"] for entry in trail][:3] == ["account.resumed", "account.put_to_rest", "account.paused"]


async def test_what_its_platform_did_is_refused_with_a_sentence(web: httpx.AsyncClient, desk: Desk) -> None:
    async with desk.tenant.context() as ctx:
        await health_note.note(ctx, desk.page.id, Shut("Taken for spam", state="banned"))
    for what, body in (("moves", {"to": "active"}), ("moves", {"to": "paused"}), ("reversal", {})):
        refused = await act(web, desk, what, body)
        assert refused.status_code == 409
        assert "is banned by Own page: Taken for spam. Only Own page can lift that" in refused.json()["detail"]
