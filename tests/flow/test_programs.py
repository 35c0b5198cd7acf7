"""Programs over HTTP: tokens with scopes, and requests that are sent again."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi.routing import APIRoute

from greenroom.entrypoints.api import create_app
from greenroom.entrypoints.permissions import PERMISSIONS, PERSONS_ONLY, SECRET_ANSWERS
from greenroom.entrypoints.wiring import routers
from greenroom.infra.context import House
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.kit.clock import FixedClock
from greenroom.tenancy.rules import TOKEN_SCOPES
from greenroom.tenancy.sign_in import start_session
from tests.support.house import Tenant


def caller(house: House, headers: dict[str, str]) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=create_app(house), client=("192.0.2.7", 1))
    return httpx.AsyncClient(transport=transport, base_url="http://localhost/api/v1", headers=headers)


@pytest.fixture
async def browser(tenant: Tenant) -> AsyncIterator[httpx.AsyncClient]:
    """Signed in as the tenant's super user."""
    token = await start_session(tenant.house, tenant.organisation, tenant.user, address="", agent="test")
    async with caller(tenant.house, {"Cookie": f"greenroom={token}"}) as client:
        yield client


async def token_of(browser: httpx.AsyncClient, *scopes: str, **form: Any) -> str:
    made = await browser.post("/tokens", json={"name": "A program", "scopes": scopes, **form})
    assert made.status_code == 201, made.text
    return str(made.json()["token"])


def bearer(house: House, token: str) -> httpx.AsyncClient:
    return caller(house, {"Authorization": f"Bearer {token}"})


async def test_a_token_may_what_its_scopes_say(tenant: Tenant, browser: httpx.AsyncClient) -> None:
    token = await token_of(browser, "read")
    async with bearer(tenant.house, token) as program:
        session = (await program.get("/session")).json()
        assert [client["permissions"] for client in session["clients"]] == [["read"]]
        assert (await program.get("/characters")).status_code == 200
        refused = await program.post("/characters", json={"template": "ledger"})
        assert refused.status_code == 403
        assert "make" in refused.json()["detail"]
    (listed,) = (await browser.get("/tokens")).json()["items"]
    assert listed["used_from"] == "192.0.2.7"
    assert listed["used_at"] is not None
    assert token not in (await browser.get("/tokens")).text
    assert listed["hint"] == token[:7]


async def test_a_token_of_a_super_user_for_some_scopes_is_no_super_user(
    tenant: Tenant, browser: httpx.AsyncClient
) -> None:
    token = await token_of(browser, "read", "make")
    async with bearer(tenant.house, token) as program:
        assert (await program.get("/users")).status_code == 403
        assert (await program.post("/clients", json={"name": "Taken"})).status_code == 403


@pytest.mark.parametrize("operation", sorted(PERSONS_ONLY))
async def test_a_token_never_decides_who_may_enter(tenant: Tenant, browser: httpx.AsyncClient, operation: str) -> None:
    token = await token_of(browser, *TOKEN_SCOPES)
    (route,) = (
        route
        for router in routers()
        for route in router.routes
        if isinstance(route, APIRoute) and route.operation_id == operation
    )
    path = route.path
    for name in route.param_convertors:
        path = path.replace(f"{{{name}}}", str(uuid4()))
    (method,) = route.methods
    async with bearer(tenant.house, token) as program:
        refused = await program.request(method, path, json={}, headers={"If-Match": '"1"'})
    assert refused.status_code == 403, refused.text
    assert "browser" in refused.json()["detail"]


async def test_a_token_ends_by_time_by_hand_and_with_its_person(tenant: Tenant, browser: httpx.AsyncClient) -> None:
    token = await token_of(browser, "read", days=3)
    later = replace(tenant.house, clock=FixedClock(datetime.now(UTC) + timedelta(days=3, seconds=1)))
    async with bearer(tenant.house, token) as program, bearer(later, token) as late:
        assert (await program.get("/clients")).status_code == 200
        assert (await late.get("/clients")).status_code == 401
        (listed,) = (await browser.get("/tokens")).json()["items"]
        assert (await browser.delete(f"/tokens/{listed['id']}")).status_code == 204
        over = await program.get("/clients")
        assert over.status_code == 401
        assert "revoked" in over.json()["detail"]
        assert (await browser.delete(f"/tokens/{listed['id']}")).status_code == 404

    other = await token_of(browser, "read")
    async with tenant.context() as ctx:
        await ctx.db.execute("update app_user set status = 'disabled' where id = %(id)s", {"id": tenant.user})
    async with bearer(tenant.house, other) as program:
        assert (await program.get("/clients")).status_code == 401


async def test_a_token_for_some_clients_sees_only_those(tenant: Tenant, browser: httpx.AsyncClient) -> None:
    second = (await browser.post("/clients", json={"name": "Second"})).json()["id"]
    token = await token_of(browser, "read", clients=[second])
    async with bearer(tenant.house, token) as program:
        assert [c["id"] for c in (await program.get("/session")).json()["clients"]] == [second]
        assert (await program.get("/characters", params={"client": str(tenant.client)})).status_code == 404


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"scopes": ["everything"]}, 422),
        ({"scopes": ["read", "approve"]}, 422),
        ({"scopes": []}, 422),
        ({"scopes": ["read"], "days": 400}, 422),
        ({"scopes": ["read"], "days": 0}, 422),
        ({"scopes": ["read", "manage"], "clients": ["CLIENT"]}, 422),
        ({"scopes": ["read"], "clients": ["00000000-0000-7000-8000-000000000000"]}, 404),
        ({"scopes": ["read"], "organisation_id": "x"}, 422),
        ({"scopes": ["read"], "name": "  "}, 422),
    ],
)
async def test_a_token_that_cannot_be_made_says_why(
    tenant: Tenant, browser: httpx.AsyncClient, form: dict[str, Any], status: int
) -> None:
    if form.get("clients") == ["CLIENT"]:
        form = {**form, "clients": [str(tenant.client)]}
    refused = await browser.post("/tokens", json={"name": "A program", **form})
    assert refused.status_code == status, refused.text
    assert refused.headers["content-type"] == "application/problem+json"
    assert (await browser.get("/tokens")).json()["items"] == []


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer gr_nonsense", "bearer gr_", "Bearer \tgr_x"])
async def test_what_is_no_token_is_nobody(house: House, header: str) -> None:
    async with caller(house, {"Authorization": header}) as program:
        assert (await program.get("/clients")).status_code == 401


async def test_another_organisations_tokens_are_not_there(
    tenant: Tenant, other_tenant: Tenant, browser: httpx.AsyncClient
) -> None:
    await token_of(browser, "read")
    (listed,) = (await browser.get("/tokens")).json()["items"]
    cookie = await start_session(tenant.house, other_tenant.organisation, other_tenant.user, address="", agent="test")
    async with caller(tenant.house, {"Cookie": f"greenroom={cookie}"}) as other:
        assert (await other.get("/tokens")).json()["items"] == []
        assert (await other.delete(f"/tokens/{listed['id']}")).status_code == 404


async def test_a_request_sent_again_is_answered_not_done(browser: httpx.AsyncClient) -> None:
    key = {"Idempotency-Key": "one-and-the-same"}
    first = await browser.post("/clients", json={"name": "Once"}, headers=key)
    again = await browser.post("/clients", json={"name": "Once"}, headers=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["content-type"] == first.headers["content-type"]
    assert again.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    assert [c["name"] for c in (await browser.get("/clients")).json()["items"]].count("Once") == 1

    other = await browser.post("/clients", json={"name": "Another"}, headers=key)
    assert other.status_code == 422
    assert "Idempotency-Key" in other.json()["errors"]


async def test_twenty_at_once_do_it_once(browser: httpx.AsyncClient) -> None:
    key = {"Idempotency-Key": "all-at-once"}
    answers = await asyncio.gather(*(browser.post("/clients", json={"name": "Once"}, headers=key) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sum("idempotency-replayed" not in answer.headers for answer in answers) == 1


async def test_what_failed_is_done_again(browser: httpx.AsyncClient) -> None:
    key = {"Idempotency-Key": "mended"}
    form = {"name": "Programme", "email": "eve@example.com", "role": "member"}
    unknown = {**form, "access": [{"client_id": str(uuid4()), "level": "full"}]}
    assert (await browser.post("/users", json=unknown, headers=key)).status_code == 404
    assert (await browser.post("/users", json=form, headers=key)).status_code == 201


async def test_keys_belong_to_their_organisation(
    tenant: Tenant, other_tenant: Tenant, browser: httpx.AsyncClient
) -> None:
    key = {"Idempotency-Key": "the-same-word"}
    cookie = await start_session(tenant.house, other_tenant.organisation, other_tenant.user, address="", agent="test")
    async with caller(tenant.house, {"Cookie": f"greenroom={cookie}"}) as other:
        mine = await browser.post("/clients", json={"name": "Once"}, headers=key)
        theirs = await other.post("/clients", json={"name": "Once"}, headers=key)
    assert (mine.status_code, theirs.status_code) == (201, 201)
    assert mine.json()["id"] != theirs.json()["id"]


async def test_an_answer_is_forgotten_after_a_day(tenant: Tenant, browser: httpx.AsyncClient) -> None:
    key = {"Idempotency-Key": "yesterday"}
    first = await browser.post("/clients", json={"name": "Once"}, headers=key)
    async with tenant.context() as ctx:
        await ctx.db.execute("update idempotent_answer set created_at = now() - interval '25 hours'")
    again = await browser.post("/clients", json={"name": "Once"}, headers=key)
    assert first.json()["id"] != again.json()["id"]


async def test_what_is_shown_once_is_kept_nowhere(tenant: Tenant, browser: httpx.AsyncClient) -> None:
    key = {"Idempotency-Key": "secret"}
    made = await browser.post("/tokens", json={"name": "A program", "scopes": ["read"]}, headers=key)
    again = await browser.post("/tokens", json={"name": "A program", "scopes": ["read"]}, headers=key)
    assert (made.status_code, again.status_code) == (201, 409)
    assert len((await browser.get("/tokens")).json()["items"]) == 1
    async with tenant.context() as ctx:
        (kept,) = await ctx.db.all("select status, body from idempotent_answer")
    assert kept == {"status": 201, "body": None}


async def test_what_was_asked_is_kept_as_nobody_can_guess_it(tenant: Tenant, browser: httpx.AsyncClient) -> None:
    """Bodies hold passwords: whoever reads the database finds nothing to try words on. A newer key changes nothing."""
    key, form = {"Idempotency-Key": "guess"}, b'{"name": "Once"}'
    json = {"Content-Type": "application/json"}
    first = await browser.post("/clients", content=form, headers={**key, **json})
    async with tenant.context() as ctx:
        (kept,) = await ctx.db.all("select request_hash from idempotent_answer")
    hash = bytes(kept["request_hash"])
    parts = (b"POST", b"/api/v1/clients", b"", b"[]")
    told = b"".join(len(part).to_bytes(8, "big") + part for part in parts) + form
    assert hash not in (sha256(form).digest(), sha256(told).digest())
    assert [hash] == await tenant.house.vault.master.mac("idempotent requests", told)
    assert [hash] != await tenant.house.vault.master.mac("another purpose", told)

    tenant.house.vault.master.make()
    assert (await browser.post("/clients", content=form, headers={**key, **json})).content == first.content
    assert (await browser.post("/clients", content=b'{"name": "Two"}', headers={**key, **json})).status_code == 422


async def test_an_answer_comes_again_with_its_headers(browser: httpx.AsyncClient) -> None:
    """Those that a route takes are part of what was asked: another length is another upload."""
    key = {"Idempotency-Key": "upload", "Upload-Length": "9", "Upload-Metadata": "filename YQ=="}
    first = await browser.post("/uploads", headers=key)
    again = await browser.post("/uploads", headers={**key, "User-Agent": "the same program, started anew"})
    assert again.headers["idempotency-replayed"] == "true"
    for name in ("location", "upload-offset", "upload-length", "upload-expires", "tus-resumable", "content-type"):
        assert again.headers[name] == first.headers[name]
    assert "set-cookie" not in again.headers
    for other in ({"Upload-Length": "10"}, {"Upload-Metadata": "filename Yg=="}):
        assert (await browser.post("/uploads", headers={**key, **other})).status_code == 422

    form = {"name": "Once"}
    made, replayed = [await browser.post("/clients", json=form, headers={"Idempotency-Key": "tag"}) for _ in range(2)]
    assert made.headers["etag"] == replayed.headers["etag"]


@pytest.mark.parametrize("key", ["", "x" * 201, "a\tb"])
async def test_a_key_that_is_none_is_refused(browser: httpx.AsyncClient, key: str) -> None:
    refused = await browser.post("/clients", json={"name": "Once"}, headers={"Idempotency-Key": key})
    assert refused.status_code == 422


def test_every_change_by_post_honours_the_key() -> None:
    posts = [
        route
        for router in routers()
        for route in router.routes
        if isinstance(route, APIRoute) and "POST" in route.methods and PERMISSIONS[str(route.operation_id)] != "public"
    ]
    assert len(posts) > 10
    # A file that comes twice is two files that end after an hour, and a key would have to read it whole first.
    assert [route.path for route in posts if not isinstance(route, AnswersOnce)] == ["/phones/files"]
    assert set(PERMISSIONS) >= SECRET_ANSWERS | PERSONS_ONLY
