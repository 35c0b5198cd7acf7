"""Linking accounts on servers that speak Mastodon's API, and a mock that honours idempotency keys as Mastodon does."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from mastodon_mock.testing import MockServer

from greenroom.channels import linking_oauth, post_store
from greenroom.channels.contracts import Account
from greenroom.channels.linking_contracts import NewAuthorisation
from greenroom.channels.linking_oauth import Returned
from greenroom.channels.platforms.adapter import Desk as AdapterDesk
from greenroom.channels.platforms.adapter import Package, Prepared
from greenroom.kit.ids import uuid7
from tests.support.publish import Desk

RETURN = "http://localhost/api/v1/accounts/return"


@dataclass(frozen=True)
class Member:
    """An account on a server, with a token of its owner's."""

    name: str
    password: str
    token: str


class Server(Protocol):
    """A server that a test can link an account on."""

    port: int

    @property
    def address(self) -> str: ...
    @property
    def allow(self) -> str: ...
    def member(self) -> Member: ...
    def authorise(self, address: str, member: Member) -> dict[str, str]: ...
    def ask(self, method: str, path: str, member: Member, **options: Any) -> httpx.Response: ...
    def statuses(self, member: Member) -> list[dict[str, Any]]: ...


@dataclass(frozen=True)
class Mock:
    """The running mock."""

    port: int

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def allow(self) -> str:
        return f"localhost:{self.port}, 127.0.0.0/8:{self.port}"

    def member(self) -> Member:
        name = f"m{secrets.token_hex(5)}"
        made = httpx.post(f"{self.address}/api/v1/_mock/dev_user", json={"username": name}, timeout=20)
        return Member(name, "", made.raise_for_status().json()["access_token"])

    def authorise(self, address: str, member: Member) -> dict[str, str]:
        """What the browser brings back after the member has let us in."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        answer = httpx.post(f"{self.address}/oauth/authorize", data={**asked, "username": member.name}, timeout=20)
        assert answer.status_code == 302, answer.text
        return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}

    def ask(self, method: str, path: str, member: Member, **options: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {member.token}"}
        return httpx.request(method, f"{self.address}{path}", headers=headers, timeout=20, **options)

    def statuses(self, member: Member) -> list[dict[str, Any]]:
        """Every status of the member, the newest first."""
        me = self.ask("GET", "/api/v1/accounts/verify_credentials", member).raise_for_status().json()["id"]
        found: list[dict[str, Any]] = []
        while True:
            query = {"limit": "40"} | ({"max_id": found[-1]["id"]} if found else {})
            page = self.ask("GET", f"/api/v1/accounts/{me}/statuses", member, params=query).json()
            if not page:
                return found
            found += page

    def fault(
        self, effect: dict[str, Any], *, path: str = "/api/v1/statuses", method: str = "POST", count: int = 1
    ) -> None:
        order = {"match": {"methods": [method], "path": path}, "effect": effect, "count": count}
        httpx.post(f"{self.address}/api/v1/_mock/faults", json=order, timeout=20).raise_for_status()


@dataclass(frozen=True)
class LinkedThere:
    """A publishing desk whose account is a member of a server, and that member."""

    desk: Desk
    member: Member
    server: Server

    @property
    def account(self) -> Account:
        return self.desk.page

    @property
    def adapters_desk(self) -> AdapterDesk:
        return AdapterDesk(self.desk.page, self.desk.tenant.context)

    def statuses(self) -> list[dict[str, Any]]:
        return self.server.statuses(self.member)


async def link_there(
    desk: Desk, server: Server, member: Member | None = None, *, through: str = "", allow: str = ""
) -> LinkedThere:
    """The desk with a linked account instead of the page; `through` is another way to the server."""
    member = member or server.member()
    settings = desk.tenant.house.settings.model_copy(update={"fetch_allow": allow or server.allow})
    tenant = replace(desk.tenant, house=replace(desk.tenant.house, settings=settings))
    form = NewAuthorisation(
        platform="mastodon", service=through or server.address, character_id=desk.character.id, established=True
    )
    async with tenant.steps() as steps:
        departure = await linking_oauth.begin(steps, form, RETURN)
    brought = server.authorise(departure.address, member)
    returned = Returned(brought["state"], brought["code"], "", departure.browser, RETURN)
    async with tenant.steps() as steps:
        account = await linking_oauth.finish(steps, returned)
    assert isinstance(account, Account), account
    return LinkedThere(replace(desk, tenant=tenant, page=account), member, server)


async def write_down(desk: AdapterDesk, package: Package, prepared: Prepared) -> None:
    """The attempt as publishing leaves it when it is about to make the call."""
    async with desk.open() as ctx:
        post = await post_store.by_id(ctx, package.post)
        job = post["job_id"] or uuid7()
        attempt = await post_store.begin_attempt(
            ctx,
            post["client_id"],
            {"id": uuid7(), "post": package.post, "marker": package.marker, "job": job, "epoch": 1},
        )
        assert await post_store.write_phase(ctx, attempt["id"], job, 1, "commit", remote=dict(prepared))


@pytest.fixture(scope="session")
def mastodon_mock() -> Iterator[Mock]:
    """A thread of this process, on a port of its own."""
    with MockServer(log_level="error") as running:
        yield Mock(running.port)
