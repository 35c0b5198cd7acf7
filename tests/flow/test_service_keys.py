"""Keys of external services over HTTP: whose they are, which one is used, and that no value ever comes back."""

import json
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from greenroom.entrypoints.api import create_app
from greenroom.infra.database import Scope
from greenroom.infra.vault.secret import Secret
from greenroom.kit.clock import FixedClock
from greenroom.kit.ids import uuid7
from greenroom.tenancy import facade, store
from greenroom.tenancy.jobs import warn_of_keys
from greenroom.tenancy.service_registry import services
from greenroom.tenancy.sign_in import start_session
from tests.support.house import Tenant

CANARY = "sk-ZZCANARYZZ-value-never-shown-c3d4"
OWN, HOUSE = "sk-own-key-of-the-client-0001", "sk-key-of-the-organisation-0002"


def caller(tenant: Tenant, token: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=create_app(tenant.house), client=("192.0.2.7", 1))
    return httpx.AsyncClient(
        transport=transport, base_url="http://localhost/api/v1", headers={"Cookie": f"greenroom={token}"}
    )


@pytest.fixture
async def browser(tenant: Tenant) -> AsyncIterator[httpx.AsyncClient]:
    """Signed in as the tenant's super user."""
    token = await start_session(tenant.house, tenant.organisation, tenant.user, address="", agent="test")
    async with caller(tenant, token) as client:
        yield client


async def person(tenant: Tenant, role: str, level: str) -> httpx.AsyncClient:
    """Another person of the same organisation, signed in."""
    user = uuid7()
    async with tenant.house.database.transaction(Scope(tenant.organisation, (tenant.client,), "system:test")) as tx:
        row = {"id": user, "email": f"{user.hex}@a.example", "name": "Eve", "role": role, "status": "active"}
        await store.add_user(tx, tenant.organisation, {**row, "zone": "UTC"})
        await store.set_access(tx, tenant.organisation, user, [{"client_id": tenant.client, "level": level}])
    return caller(tenant, await start_session(tenant.house, tenant.organisation, user, address="", agent="test"))


async def made(browser: httpx.AsyncClient, **form: Any) -> dict[str, Any]:
    answer = await browser.post("/service-keys", json={"service": "voice", "value": CANARY, **form})
    assert answer.status_code == 201, answer.text
    result: dict[str, Any] = answer.json()
    return result


async def changed(browser: httpx.AsyncClient, key: dict[str, Any], **form: Any) -> httpx.Response:
    headers = {"If-Match": f'"{key["version"]}"'}
    return await browser.patch(f"/service-keys/{key['id']}", json=form, headers=headers)


async def shared(browser: httpx.AsyncClient, client: UUID, shared: bool = True, service: str = "voice") -> None:
    answer = await browser.put(f"/clients/{client}/service-shares", json={"service": service, "shared": shared})
    assert answer.status_code == 204, answer.text


async def used(tenant: Tenant, now: datetime | None = None) -> str | None:
    """The key that the tenant's client gets for its voice, as work for it would ask."""
    async with tenant.context(clock=FixedClock(now) if now else None) as ctx:
        secret = await facade.service_key(ctx, "voice", why="speaks a script")
    return secret.text() if secret else None


# own: what the client has; house: what the organisation has; lent: whether the client may use that; then what is used.
CASES = [
    ("works", "works", True, OWN),
    ("works", "works", False, OWN),
    ("works", "none", False, OWN),
    ("none", "works", True, HOUSE),
    ("none", "works", False, None),
    ("off", "works", True, HOUSE),
    ("off", "works", False, None),
    ("ended", "works", True, HOUSE),
    ("ended", "works", False, None),
    ("none", "off", True, None),
    ("none", "ended", True, None),
    ("off", "off", True, None),
    ("none", "none", True, None),
]


@pytest.mark.parametrize(("own", "whole", "lent", "expected"), CASES)
async def test_the_clients_own_key_comes_first_then_the_organisations_where_it_is_lent(
    tenant: Tenant, browser: httpx.AsyncClient, own: str, whole: str, lent: bool, expected: str | None
) -> None:
    later = tenant.house.clock.now() + timedelta(days=2)
    for state, value, client in ((own, OWN, str(tenant.client)), (whole, HOUSE, None)):
        if state == "none":
            continue
        ends = (later - timedelta(days=1)).isoformat() if state == "ended" else None
        key = await made(browser, value=value, client_id=client, expires_at=ends)
        if state == "off":
            assert (await changed(browser, key, active=False)).json()["state"] == "off"
    if lent:
        await shared(browser, tenant.client)
    assert await used(tenant, later) == expected


async def test_permission_for_one_client_and_service_is_for_no_other(
    tenant: Tenant, browser: httpx.AsyncClient
) -> None:
    await made(browser, value=HOUSE)
    other = (await browser.post("/clients", json={"name": "Other"})).json()["id"]
    await shared(browser, other)
    await shared(browser, tenant.client, service="pictures")
    assert await used(tenant) is None
    await shared(browser, tenant.client)
    assert await used(tenant) == HOUSE
    await shared(browser, tenant.client, shared=False)
    assert await used(tenant) is None
    listed = (await browser.get("/service-shares")).json()["items"]
    assert {(one["client_id"], one["service"]) for one in listed} == {
        (other, "voice"),
        (str(tenant.client), "pictures"),
    }


async def test_a_use_is_on_record_with_its_reason(tenant: Tenant, browser: httpx.AsyncClient) -> None:
    key = await made(browser, client_id=str(tenant.client))
    assert key["last_used_at"] is None
    assert await used(tenant) == CANARY
    (listed,) = (await browser.get("/service-keys")).json()["items"]
    assert listed["last_used_at"] is not None
    async with tenant.context() as ctx:
        (event,) = await ctx.db.all("select actor, data from event where kind = 'vault.opened'")
    assert event["actor"] == f"user:{tenant.user}"
    assert event["data"] == {"kind": "service_key", "why": "voice: speaks a script"}


async def test_a_key_lives_through_replacing_switching_off_and_deleting(
    tenant: Tenant, browser: httpx.AsyncClient
) -> None:
    soon = (tenant.house.clock.now() + timedelta(days=3)).isoformat()
    key = await made(browser, client_id=str(tenant.client), expires_at=soon, value=f"  {OWN}\n")
    assert (key["hint"], key["state"], key["made_by"]) == ("…0001", "ends_soon", str(tenant.user))
    assert await used(tenant) == OWN
    again = await browser.post(
        "/service-keys", json={"service": "voice", "value": HOUSE, "client_id": str(tenant.client)}
    )
    assert again.status_code == 409
    fresh = (await changed(browser, key, value=HOUSE)).json()
    assert (fresh["hint"], fresh["state"], fresh["expires_at"], fresh["version"]) == ("…0002", "works", None, 2)
    assert (await changed(browser, key, active=False)).status_code == 412
    assert await used(tenant) == HOUSE
    off = (await changed(browser, fresh, active=False)).json()
    assert await used(tenant) is None
    assert (await changed(browser, off, active=True)).json()["state"] == "works"
    assert (await browser.delete(f"/service-keys/{key['id']}")).status_code == 204
    assert (await browser.delete(f"/service-keys/{key['id']}")).status_code == 404
    assert (await browser.get("/service-keys")).json()["items"] == []
    async with tenant.context() as ctx:
        assert await ctx.db.value("select count(*) from secret") == 0
    entries = (await browser.get("/audit")).json()["items"]
    done = ["deleted", "changed", "changed", "replaced", "added"]
    assert [one["action"] for one in entries] == [f"service_key.{one}" for one in done]
    assert all("service" in [change["field"] for change in one["changes"]] for one in entries)
    (switched,) = [change for change in entries[2]["changes"] if change["field"] == "active"]
    assert (switched["before"], switched["after"]) == (True, False)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"value": "short"}, "value"),
        ({"value": f"{CANARY}{'x' * 20_000}"}, "value"),
        ({"value": [CANARY]}, "value"),
        ({"value": CANARY, "expires_at": "2001-01-01T00:00:00Z"}, "expires_at"),
        ({"value": CANARY, "expires_at": "2101-01-01T00:00:00"}, "expires_at"),
        ({"value": CANARY, "more": CANARY}, "more"),
    ],
)
async def test_what_is_refused_says_why_and_repeats_no_value(
    tenant: Tenant, browser: httpx.AsyncClient, form: dict[str, Any], field: str
) -> None:
    answer = await browser.post("/service-keys", json={"service": "voice", **form})
    assert answer.status_code == 422
    assert field in answer.json()["errors"]
    assert "ZZCANARYZZ" not in answer.text


async def test_services_are_named_and_others_are_unknown(tenant: Tenant, browser: httpx.AsyncClient) -> None:
    listed = (await browser.get("/services")).json()["items"]
    assert [one["id"] for one in listed] == [one.id for one in services()]
    assert all(one["name"] and one["about"] for one in listed)
    assert (await browser.post("/service-keys", json={"service": "coffee", "value": CANARY})).status_code == 404


@pytest.mark.parametrize(
    ("role", "level", "own", "whole", "hint"),
    [
        ("admin", "full", 201, 403, "…c3d4"),
        ("admin", "limited", 403, 403, ""),
        ("member", "full", 403, 403, ""),
        ("member", "limited", 403, 403, ""),
        ("viewer", "read", 403, 403, ""),
    ],
)
async def test_who_may_what(
    tenant: Tenant, browser: httpx.AsyncClient, role: str, level: str, own: int, whole: int, hint: str
) -> None:
    await made(browser)  # the organisation's
    mine = await made(browser, client_id=str(tenant.client))
    hidden = (await browser.post("/clients", json={"name": "Hidden"})).json()["id"]
    other = await made(browser, client_id=hidden)
    async with await person(tenant, role, level) as eve:
        seen = (await eve.get("/service-keys")).json()["items"]
        assert [(one["client_id"], one["hint"]) for one in seen] == [(None, ""), (str(tenant.client), hint)]
        for client, status in ((str(tenant.client), own), (None, whole)):
            form = {"service": "pictures", "value": CANARY, "client_id": client}
            assert (await eve.post("/service-keys", json=form)).status_code == status
        share = {"service": "voice", "shared": True}
        assert (await eve.put(f"/clients/{tenant.client}/service-shares", json=share)).status_code == 403
        assert (await changed(eve, mine, active=False)).status_code == (200 if own == 201 else 403)
        assert (await eve.delete(f"/service-keys/{other['id']}")).status_code == (404 if own == 201 else 403)
    async with tenant.context() as ctx:
        assert await facade.service_key(ctx, "voice", why="test") == (None if own == 201 else Secret(CANARY))


async def test_another_organisation_has_its_own(
    tenant: Tenant, other_tenant: Tenant, browser: httpx.AsyncClient
) -> None:
    key = await made(browser)
    await shared(browser, tenant.client)
    token = await start_session(other_tenant.house, other_tenant.organisation, other_tenant.user, address="", agent="t")
    async with caller(other_tenant, token) as theirs:
        assert (await theirs.get("/service-keys")).json()["items"] == []
        assert (await theirs.get("/service-shares")).json()["items"] == []
        assert (await changed(theirs, key, active=False)).status_code == 404
        assert (await theirs.delete(f"/service-keys/{key['id']}")).status_code == 404
        form = {"service": "voice", "value": OWN, "client_id": str(tenant.client)}
        assert (await theirs.post("/service-keys", json=form)).status_code == 404
    assert await used(other_tenant) is None
    assert await used(tenant) == CANARY


async def test_the_value_stands_in_no_answer_log_event_or_audit_entry(
    tenant: Tenant, browser: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    headers = {"Idempotency-Key": "once"}
    form = {"service": "voice", "value": CANARY, "client_id": str(tenant.client)}
    answers = [await browser.post("/service-keys", json=form, headers=headers) for _ in range(2)]
    key = answers[0].json()
    assert answers[1].json() == key
    answers.append(await changed(browser, key, value=f"{CANARY}-2"))
    assert await used(tenant) == f"{CANARY}-2"
    paths = ("/service-keys", "/services", "/service-shares", "/audit", "/audit/export", "/jobs")
    answers.extend([await browser.get(path) for path in paths])
    answers.append(await browser.delete(f"/service-keys/{key['id']}"))
    assert [one.status_code for one in answers if not one.is_success] == []
    async with tenant.context() as ctx:
        tables = ("event", "audit_entry", "audit_value", "idempotent_answer", "service_key", "secret")
        kept = [str(await ctx.db.all(f"select t::text from {name} t")) for name in tables]
    hexed = CANARY.encode().hex()
    for text in [*(one.text for one in answers), *kept, caplog.text]:
        assert "ZZCANARYZZ" not in text
        assert hexed not in text


async def test_a_key_that_ends_is_warned_of_once_before_and_once_when_it_is_over(
    tenant: Tenant, other_tenant: Tenant, browser: httpx.AsyncClient
) -> None:
    now = tenant.house.clock.now()
    key = await made(browser, client_id=str(tenant.client), expires_at=(now + timedelta(days=20)).isoformat())
    await made(browser, expires_at=(now + timedelta(days=20)).isoformat())
    await made(browser, service="pictures")

    async def warnings_after(days: int) -> list[str]:
        at = replace(tenant.house, clock=FixedClock(now + timedelta(days=days)))
        for _ in range(2):
            await warn_of_keys(at)
        async with tenant.context() as ctx:
            rows = await ctx.db.all(
                "select kind, severity, client_id from event where kind like '%%.service_key.end%%' order by id"
            )
        return [f"{one['kind'].rpartition('.')[2]} {one['severity']} {bool(one['client_id'])}" for one in rows]

    assert await warnings_after(1) == []
    before = sorted(await warnings_after(10))
    assert before == ["ends_soon warning False", "ends_soon warning True"]
    assert len(await warnings_after(15)) == 2
    assert sorted((await warnings_after(21))[2:]) == ["ended error False", "ended error True"]
    assert len(await warnings_after(30)) == 4
    async with other_tenant.context() as ctx:
        assert await ctx.db.value("select count(*) from event where kind like '%%.service_key.%%'") == 0
    moved = (now + timedelta(days=40)).isoformat()
    (listed,) = [one for one in (await browser.get("/service-keys")).json()["items"] if one["id"] == key["id"]]
    assert (await changed(browser, listed, expires_at=moved)).is_success
    assert len(await warnings_after(35)) == 5


async def test_the_description_says_that_a_value_is_written_only(tenant: Tenant) -> None:
    schemas = create_app(tenant.house).openapi()["components"]["schemas"]
    assert schemas["NewServiceKey"]["properties"]["value"]["writeOnly"] is True
    assert "value" not in json.dumps(schemas["ServiceKey"]["properties"])
