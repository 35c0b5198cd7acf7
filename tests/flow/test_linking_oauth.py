"""Linking an account in the browser over HTTP: on a real server of the fediverse, and what a stranger can't do."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from greenroom.channels import login_store
from greenroom.entrypoints.api import create_app
from greenroom.tenancy.sign_in import start_session
from tests.support.mastodon import LinkedThere, link_there
from tests.support.publish import Desk
from tests.support.snac import Snac


@pytest.fixture
async def linked(desk: Desk, snac: Snac) -> LinkedThere:
    return await link_there(desk, snac)


async def browser_of(linked: LinkedThere) -> httpx.AsyncClient:
    tenant = linked.desk.tenant
    cookie = await start_session(tenant.house, tenant.organisation, tenant.user, address="", agent="Test")
    transport = httpx.ASGITransport(app=create_app(tenant.house))
    return httpx.AsyncClient(transport=transport, base_url="http://localhost/api/v1", cookies={"greenroom": cookie})


@pytest.fixture
async def web(linked: LinkedThere) -> AsyncIterator[httpx.AsyncClient]:
    async with await browser_of(linked) as client:
        yield client


async def leave(web: httpx.AsyncClient, linked: LinkedThere, path: str = "/accounts/authorisations") -> str:
    form = {"platform": "mastodon", "service": linked.server.address, "character_id": str(linked.desk.character.id)}
    answer = await web.post(path, json=form)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["address"])


async def arrive(web: httpx.AsyncClient, brought: dict[str, str]) -> dict[str, str]:
    """What the accounts' page is told."""
    answer = await web.get("/accounts/return", params=brought)
    assert answer.status_code == 303, answer.text
    where = urlsplit(answer.headers["location"])
    assert where.path == "/accounts"
    return {name: values[0] for name, values in parse_qs(where.query).items()}


async def account(web: httpx.AsyncClient, id: str) -> dict[str, Any]:
    items: list[dict[str, Any]] = (await web.get("/accounts")).json()["items"]
    return next(one for one in items if one["id"] == id)


async def test_linked_in_the_browser_it_shows_no_secret(web: httpx.AsyncClient, linked: LinkedThere) -> None:
    member = linked.server.member()
    address = await leave(web, linked)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert asked["redirect_uri"] == "http://localhost/api/v1/accounts/return"
    assert asked["code_challenge_method"] == "S256"
    brought = linked.server.authorise(address, member)
    told = await arrive(web, brought)
    shown = await account(web, told["linked"])
    host = urlsplit(linked.server.address).netloc
    assert (shown["platform"], shown["handle"]) == ("mastodon", f"{member.name}@{host}")
    assert (shown["character_id"], shown["needs_reconnect"]) == (str(linked.desk.character.id), False)
    assert await arrive(web, brought) == {"failed": "elsewhere"}
    again = linked.server.authorise(await leave(web, linked), member)
    assert await arrive(web, again) == {"failed": "linked-already"}
    audit = (await web.get("/audit")).text
    assert "account.linked" in audit
    for secret in (brought["code"], brought["state"]):
        assert secret not in audit + (await web.get("/accounts")).text


async def test_another_browser_or_a_refusal_links_nothing(web: httpx.AsyncClient, linked: LinkedThere) -> None:
    before = (await web.get("/accounts")).json()
    brought = linked.server.authorise(await leave(web, linked), linked.server.member())
    async with await browser_of(linked) as other:
        assert await arrive(other, brought) == {"failed": "elsewhere"}
    state = parse_qs(urlsplit(await leave(web, linked)).query)["state"][0]
    assert await arrive(web, {"state": state, "error": "access_denied"}) == {"failed": "cancelled"}
    assert await arrive(web, {"state": state, "code": "x"}) == {"failed": "elsewhere"}
    assert await arrive(web, {}) == {"failed": "elsewhere"}
    assert (await web.get("/accounts")).json() == before


async def test_what_is_no_such_server_is_said_at_its_field(web: httpx.AsyncClient, linked: LinkedThere) -> None:
    for service in ("http://example.org", "https://10.0.0.7", "://", "@mara@10.0.0.7"):
        refused = await web.post("/accounts/authorisations", json={"platform": "mastodon", "service": service})
        assert (refused.status_code, list(refused.json()["errors"])) == (422, ["service"]), refused.text


async def test_reconnecting_takes_the_same_account_only(web: httpx.AsyncClient, linked: LinkedThere) -> None:
    place = f"/accounts/{linked.account.id}/authorisation"
    async with linked.desk.tenant.context() as ctx:
        await login_store.write_error(ctx, linked.account.id, "The login is dead", reconnect=True)
    wrong = linked.server.authorise(await leave(web, linked, place), linked.server.member())
    assert await arrive(web, wrong) == {"failed": "other-account"}
    assert (await account(web, str(linked.account.id)))["needs_reconnect"] is True
    right = linked.server.authorise(await leave(web, linked, place), linked.member)
    assert await arrive(web, right) == {"linked": str(linked.account.id)}
    shown = await account(web, str(linked.account.id))
    assert (shown["needs_reconnect"], shown["last_error"]) == (False, None)
    password = await web.post(f"/accounts/{linked.account.id}/connection", json={"password": "a password"})
    assert password.status_code == 409


async def test_unlinked_its_secrets_are_gone_and_its_token_is_given_back(
    web: httpx.AsyncClient, linked: LinkedThere
) -> None:
    brought = linked.server.authorise(await leave(web, linked), linked.server.member())
    id = (await arrive(web, brought))["linked"]
    assert isinstance(linked.server, Snac)
    before = len(list((linked.server.home / "token").iterdir()))
    assert (await web.delete(f"/accounts/{id}")).status_code == 204
    assert len(list((linked.server.home / "token").iterdir())) == before - 1
    assert id not in (await web.get("/accounts")).text
