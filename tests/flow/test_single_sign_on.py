"""Single sign-on against a real, certified provider (oidc-provider) on loopback: who comes in, and who must not."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import psycopg
import pyotp
import pytest

from greenroom.infra.context import House
from greenroom.infra.postgres.addresses import Addresses
from greenroom.kit.clock import FixedClock
from greenroom.tenancy.sign_in import start_session
from tests.support.house import Tenant, make_tenant
from tests.support.oidc import SECRET, US, OpenIdProvider, browser_at_provider, openid_provider
from tests.support.studio import ROOT, browser

RETURN = f"{ROOT}/api/v1/session/oidc/return"
ADA = {"email": "ada@example.com", "password": "a green door opens"}


@pytest.fixture(scope="module")
def idp() -> Iterator[OpenIdProvider]:
    with openid_provider(redirects=[RETURN]) as running:
        running.person("ada")
        yield running


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime.now(UTC))


@pytest.fixture
def house(house: House, clock: FixedClock, idp: OpenIdProvider) -> House:
    settings = house.settings.model_copy(update={"fetch_allow": idp.allow})
    return replace(house, clock=clock, settings=settings)


@dataclass
class Door:
    """The sign-in of one provider, as a browser sees it."""

    house: House
    idp: OpenIdProvider
    admin: httpx.AsyncClient
    provider: dict[str, Any]

    @asynccontextmanager
    async def browser(self) -> AsyncIterator[httpx.AsyncClient]:
        async with browser(self.house) as web:
            yield web

    async def leave(self, web: httpx.AsyncClient, to: str = "/") -> str:
        answer = await web.post(f"/session/oidc/{self.provider['id']}", json={"to": to})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["address"])

    async def arrive(self, web: httpx.AsyncClient, brought: dict[str, str]) -> str:
        """Where the browser is sent with what the provider gave it."""
        answer = await web.get("/session/oidc/return", params=brought)
        assert answer.status_code == 303, answer.text
        assert answer.headers["cache-control"] == "no-store"
        return answer.headers["location"]

    async def enter(self, web: httpx.AsyncClient, sub: str | None, to: str = "/") -> str:
        return await self.arrive(web, self.idp.sign_in(await self.leave(web, to), sub))

    async def tie(self, web: httpx.AsyncClient, sub: str) -> str:
        """Where a signed-in browser is sent after it went to say which account is its person's."""
        answer = await web.post(f"/profile/sign-in/providers/{self.provider['id']}", json={"to": "/settings/sign-in"})
        assert answer.status_code == 200, answer.text
        return await self.arrive(web, self.idp.sign_in(answer.json()["address"], sub))

    async def change(self, **fields: Any) -> None:
        version = (await self.admin.get("/identity-providers")).json()["items"][0]["version"]
        address = f"/identity-providers/{self.provider['id']}"
        answer = await self.admin.patch(address, json=fields, headers={"If-Match": f'"{version}"'})
        assert answer.status_code == 200, answer.text

    async def invite(self, name: str, **more: Any) -> dict[str, Any]:
        form = {
            "name": name.title(),
            "email": f"{name}@example.com",
            "role": "member",
            "access": await self.access(),
            **more,
        }
        answer = await self.admin.post("/users", json=form)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def access(self) -> list[dict[str, str]]:
        client = (await self.admin.get("/clients")).json()["items"][0]["id"]
        return [{"client_id": client, "level": "full"}]

    async def audit(self, action: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.admin.get("/audit")).json()["items"]
        return [one for one in found if one["action"] == action]


async def new_door(producer: httpx.AsyncClient, house: House, idp: OpenIdProvider, **form: Any) -> Door:
    """A provider that is trusted with the addresses of example.com."""
    form = {"issuer": idp.issuer, "oauth_client_id": US, "enabled": True, "tie_domains": ["example.com"], **form}
    made = await producer.post("/identity-providers", json=form)
    assert made.status_code == 201, made.text
    assert made.json()["redirect_address"] == RETURN
    return Door(house, idp, producer, made.json())


@pytest.fixture
async def door(producer: httpx.AsyncClient, house: House, idp: OpenIdProvider) -> Door:
    """A provider on the sign-in page, to which the administrator, whom no address ties, has tied herself."""
    door = await new_door(producer, house, idp, name="Example ID", secret=SECRET, shown=True)
    assert await door.tie(producer, "ada") == "/settings/sign-in"
    return door


@pytest.fixture
async def web(door: Door) -> AsyncIterator[httpx.AsyncClient]:
    async with door.browser() as client:
        yield client


async def on_page(web: httpx.AsyncClient, **query: str) -> list[dict[str, str]]:
    """The providers on the sign-in page."""
    shown: list[dict[str, str]] = (await web.get("/sign-in", params=query)).json()["providers"]
    return shown


async def is_out(web: httpx.AsyncClient) -> bool:
    return (await web.get("/session")).status_code == 401


async def reason(web: httpx.AsyncClient, location: str) -> str:
    """Why the sign-in page is shown; it has a sentence for each, and nobody is in."""
    assert urlsplit(location).path == "/sign-in"
    failed = parse_qs(urlsplit(location).query)["failed"][0]
    assert (await web.get("/sign-in", params={"failed": failed})).json()["failed"]
    assert await is_out(web)
    return failed


async def test_a_person_comes_in_by_their_verified_address(door: Door, web: httpx.AsyncClient) -> None:
    await door.invite("grace")
    door.idp.person("grace")
    assert await door.enter(web, "grace", "/library?x=1") == "/library?x=1"
    assert (await web.get("/session")).json()["user"]["email"] == "grace@example.com"
    session = next(one for one in (await web.get("/sessions")).json()["items"] if one["current"])
    assert session["method"] == "single_sign_on"
    assert "greenroom-sso" not in str(web.cookies)
    assert [one["subject_type"] for one in await door.audit("sign_in.provider_tied")] == ["user", "user"]
    await web.delete("/session")
    assert await door.enter(web, "grace") == "/"
    assert len(await door.audit("sign_in.provider_tied")) == 2


async def test_the_session_held_before_is_over(door: Door, web: httpx.AsyncClient) -> None:
    await web.post("/session", json=ADA)
    before = dict(web.cookies)
    assert await door.enter(web, "ada") == "/"
    async with browser(door.house) as old:
        old.cookies.update(before)
        assert await is_out(old)


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\r\nX: y"]
)
async def test_afterwards_nobody_lands_on_another_site(door: Door, web: httpx.AsyncClient, to: str) -> None:
    assert await door.enter(web, "ada", to) == "/"


async def test_state_is_needed_and_belongs_to_one_browser(door: Door, web: httpx.AsyncClient) -> None:
    brought = door.idp.sign_in(await door.leave(web), "ada")
    async with door.browser() as other:
        assert await reason(other, await door.arrive(other, brought)) == "elsewhere"  # login CSRF: no cookie
        await door.leave(other)
        assert await reason(other, await door.arrive(other, brought)) == "elsewhere"  # the cookie of another sign-in
    for state in ("", "made-up", brought["state"][:-1]):
        assert await reason(web, await door.arrive(web, {**brought, "state": state})) == "elsewhere"
    assert await door.arrive(web, brought) == "/"
    await web.delete("/session")
    assert await reason(web, await door.arrive(web, brought)) == "elsewhere"  # a state is used once


async def test_a_redirect_is_over_after_ten_minutes(door: Door, web: httpx.AsyncClient, clock: FixedClock) -> None:
    brought = door.idp.sign_in(await door.leave(web), "ada")
    clock.advance(timedelta(minutes=10, seconds=1))
    assert await reason(web, await door.arrive(web, brought)) == "elsewhere"


async def test_a_code_is_used_once_and_by_who_asked_for_it(door: Door, web: httpx.AsyncClient) -> None:
    """A stolen code, put into another sign-in, fails at PKCE; used up, it fails too."""
    stolen = door.idp.sign_in(await door.leave(web), "ada")
    async with door.browser() as thief:
        own = door.idp.sign_in(await door.leave(thief), "ada")
        assert await reason(thief, await door.arrive(thief, {**own, "code": stolen["code"]})) == "provider-refused"
    own = door.idp.sign_in(await door.leave(web), "ada")
    assert await door.arrive(web, own) == "/"
    await web.delete("/session")
    second = door.idp.sign_in(await door.leave(web), "ada")
    assert await reason(web, await door.arrive(web, {**second, "code": own["code"]})) == "provider-refused"


async def test_another_issuers_answer_is_a_mix_up(door: Door, web: httpx.AsyncClient) -> None:
    for wrong in ({"iss": "https://evil.example"}, {"iss": f"{door.idp.issuer}/"}, {"iss": ""}):
        brought = door.idp.sign_in(await door.leave(web), "ada")
        assert brought["iss"] == door.idp.issuer
        assert await reason(web, await door.arrive(web, {**brought, **wrong})) == "provider-answer"


async def test_another_nonce_is_another_sign_in(door: Door, web: httpx.AsyncClient) -> None:
    address = await door.leave(web)
    nonce = parse_qs(urlsplit(address).query)["nonce"][0]
    brought = door.idp.sign_in(address.replace(nonce, "x" * 43), "ada")
    assert await reason(web, await door.arrive(web, brought)) == "provider-answer"


async def test_who_says_no_at_the_provider_is_back_at_the_door(door: Door, web: httpx.AsyncClient) -> None:
    location = await door.enter(web, None, "/library")
    assert await reason(web, location) == "cancelled"
    assert parse_qs(urlsplit(location).query)["to"] == ["/library"]


async def test_an_address_counts_only_when_the_provider_has_verified_it(door: Door, web: httpx.AsyncClient) -> None:
    for number, said in enumerate((False, None, "true", 1)):
        door.idp.person(f"mallory{number}", email="ada@example.com", email_verified=said)
        assert await reason(web, await door.enter(web, f"mallory{number}")) == "address-unverified"
    door.idp.person("mallory9", email=None)
    assert await reason(web, await door.enter(web, "mallory9")) == "address-unverified"
    assert len(await door.audit("sign_in.provider_tied")) == 1


async def test_nobody_new_comes_in_by_default(door: Door, web: httpx.AsyncClient) -> None:
    door.idp.person("stranger")
    assert await reason(web, await door.enter(web, "stranger")) == "unknown-person"
    assert len((await door.admin.get("/users")).json()["items"]) == 1


async def test_new_people_of_named_domains_come_in_with_the_named_role(door: Door, web: httpx.AsyncClient) -> None:
    access = await door.access()
    await door.change(new_people={"domains": ["Example.com"], "role": "viewer", "access": access})
    for number, email in enumerate(("x@evil-example.com", "x@sub.example.com", "x@example.com.evil.test")):
        door.idp.person(f"out{number}", email=email)
        assert await reason(web, await door.enter(web, f"out{number}")) == "unknown-person"
    door.idp.person("newcomer", name="New \u202e Comer")
    assert await door.enter(web, "newcomer") == "/"
    session = (await web.get("/session")).json()
    assert (session["user"]["role"], session["user"]["name"]) == ("viewer", "New  Comer")
    assert [one["id"] for one in session["clients"]] == [access[0]["client_id"]]
    assert len(await door.audit("user.let_in")) == 1
    ways = (await web.get("/profile/sign-in")).json()
    assert (ways["has_password"], ways["providers"]) == (False, [{"id": door.provider["id"], "name": "Example ID"}])


async def test_a_provider_makes_no_super_user(door: Door) -> None:
    version = (await door.admin.get("/identity-providers")).json()["items"][0]["version"]
    refused = await door.admin.patch(
        f"/identity-providers/{door.provider['id']}",
        json={"new_people": {"domains": ["example.com"], "role": "super"}},
        headers={"If-Match": f'"{version}"'},
    )
    assert refused.status_code == 422


async def test_after_the_first_time_only_the_subject_counts(door: Door, web: httpx.AsyncClient) -> None:
    """The address moves to somebody else at the provider: they are not let in as who had it before."""
    await door.invite("eve")
    door.idp.person("eve-1", email="eve@example.com")
    assert await door.enter(web, "eve-1") == "/"
    eve = (await web.get("/session")).json()["user"]["id"]
    await web.delete("/session")
    door.idp.person("eve-1", email="eve-moved@example.com", email_verified=False)
    door.idp.person("eve-2", email="eve@example.com")
    assert await reason(web, await door.enter(web, "eve-2")) == "other-person"
    assert await door.enter(web, "eve-1") == "/"
    assert (await web.get("/session")).json()["user"]["id"] == eve
    untied = await door.admin.delete(f"/identity-providers/{door.provider['id']}/people/{eve}")
    assert untied.status_code == 204
    await web.delete("/session")
    assert await door.enter(web, "eve-2") == "/"


async def test_an_invitation_is_used_up_by_coming_in(door: Door, web: httpx.AsyncClient) -> None:
    invited = await door.invite("grace")
    door.idp.person("grace")
    assert await door.enter(web, "grace") == "/"
    assert (await web.get("/session")).json()["user"]["id"] == invited["user"]["id"]
    form = {"token": invited["link"].rsplit("/", 1)[1], "password": "the red door is shut"}
    assert (await web.post("/password", json=form)).status_code == 410


async def test_who_is_disabled_stays_out(door: Door, web: httpx.AsyncClient) -> None:
    for tied in (False, True):
        name = f"bob{tied}".lower()
        user = (await door.invite(name))["user"]
        door.idp.person(name)
        if tied:
            assert await door.enter(web, name) == "/"
        version = (await door.admin.get("/users")).json()["items"]
        version = next(one["version"] for one in version if one["id"] == user["id"])
        done = await door.admin.patch(
            f"/users/{user['id']}", json={"status": "disabled"}, headers={"If-Match": f'"{version}"'}
        )
        assert done.status_code == 200, done.text
        assert await is_out(web)
        assert await reason(web, await door.enter(web, name)) == "disabled-person"


async def test_another_organisations_provider_leads_to_nobody_here(
    door: Door, web: httpx.AsyncClient, house: House, idp: OpenIdProvider
) -> None:
    other = await make_tenant(house, "Red Gate")
    theirs = await provider_of(other, idp)
    answer = await web.post(f"/session/oidc/{theirs}", json={})
    brought = idp.sign_in(answer.json()["address"], "ada")
    assert await reason(web, await door.arrive(web, brought)) == "unknown-person"


async def provider_of(tenant: Tenant, idp: OpenIdProvider) -> str:
    async with browser(tenant.house) as web:
        token = await start_session(tenant.house, tenant.organisation, tenant.user, address="", agent="")
        web.headers["Cookie"] = f"__Host-greenroom={token}"
        form = {
            "name": "Theirs", "issuer": idp.issuer, "oauth_client_id": US, "secret": SECRET, "enabled": True,
            "shown": True,
        }  # fmt: skip
        made = await web.post("/identity-providers", json=form)
        assert made.status_code == 201, made.text
        return str(made.json()["id"])


async def test_a_switched_off_or_unknown_provider_answers_alike(door: Door, web: httpx.AsyncClient) -> None:
    address = await door.leave(web)
    brought = door.idp.sign_in(address, "ada")
    await door.change(enabled=False)
    assert await on_page(web) == []
    assert await on_page(web, provider=door.provider["id"]) == []
    off = await web.post(f"/session/oidc/{door.provider['id']}", json={})
    unknown = await web.post("/session/oidc/0199aaaa-0000-7000-8000-000000000000", json={})
    assert off.status_code == unknown.status_code == 404
    assert off.json() == unknown.json()
    assert await reason(web, await door.arrive(web, brought)) == "provider-refused"
    await door.change(enabled=True, shown=False)
    assert await on_page(web) == []
    assert await door.enter(web, "ada") == "/"


async def test_new_keys_of_the_provider_are_fetched(door: Door, web: httpx.AsyncClient) -> None:
    assert await door.enter(web, "ada") == "/"
    await web.delete("/session")
    door.idp.order(rotate=True)
    assert await door.enter(web, "ada") == "/"


async def test_the_second_factor_is_asked_for_unless_the_provider_is_trusted_with_it(
    door: Door, web: httpx.AsyncClient, clock: FixedClock
) -> None:
    begun = (await door.admin.post("/profile/authenticator")).json()
    totp = pyotp.TOTP(begun["secret"])
    code = {"code": totp.at(clock.now())}
    assert (await door.admin.post("/profile/authenticator/confirm", json=code)).status_code == 200
    clock.advance(timedelta(minutes=1))
    location = await door.enter(web, "ada", "/library")
    assert (urlsplit(location).path, urlsplit(location).query) == ("/sign-in", "to=%2Flibrary")
    assert await is_out(web)
    challenge = urlsplit(location).fragment.removeprefix("code=")
    entered = await web.post("/session/second-factor", json={"challenge": challenge, "code": totp.at(clock.now())})
    assert entered.status_code == 200, entered.text
    session = next(one for one in (await web.get("/sessions")).json()["items"] if one["current"])
    assert session["method"] == "single_sign_on"
    await web.delete("/session")
    await door.change(trusts_second_factor=True)
    assert await door.enter(web, "ada") == "/"


async def forget_confirmation(database_urls: Addresses) -> None:
    """As if everybody had signed in long ago; the provider's clock is the real one and cannot be advanced."""
    assert database_urls.superuser is not None
    with psycopg.connect(database_urls.superuser, autocommit=True) as connection:
        connection.execute("update gr.session set confirmed_at = confirmed_at - interval '11 minutes'")


async def test_who_has_no_password_confirms_at_the_provider(
    door: Door, web: httpx.AsyncClient, database_urls: Addresses
) -> None:
    await door.invite("carol")
    door.idp.person("carol")
    with browser_at_provider() as own:  # it stays signed in there
        brought = door.idp.sign_in(await door.leave(web), "carol", own)
        assert await door.arrive(web, brought) == "/"
        await forget_confirmation(database_urls)
        assert (await web.post("/profile/authenticator")).status_code == 403
        token = dict(web.cookies)
        answer = await web.post(f"/session/confirm/{door.provider['id']}", json={"to": "/settings/sign-in"})
        assert answer.status_code == 200, answer.text
        asked = parse_qs(urlsplit(answer.json()["address"]).query)
        assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
        brought = door.idp.sign_in(answer.json()["address"], "carol", own)
    assert await door.arrive(web, brought) == "/settings/sign-in"
    assert dict(web.cookies) != token
    assert (await web.post("/profile/authenticator")).status_code == 201


async def test_a_confirmation_takes_the_same_person_asked_anew(
    door: Door, web: httpx.AsyncClient, clock: FixedClock
) -> None:
    await door.invite("carol")
    door.idp.person("carol")
    assert await door.enter(web, "carol") == "/"
    confirm = f"/session/confirm/{door.provider['id']}"
    address = (await web.post(confirm, json={})).json()["address"]
    location = await door.arrive(web, door.idp.sign_in(address, "ada"))
    assert parse_qs(urlsplit(location).query)["failed"] == ["not-again"]
    # The request was bent so that the provider does not ask again: its auth_time tells.
    with browser_at_provider() as own:
        door.idp.sign_in(await door.leave(web), "carol", own)
        clock.advance(timedelta(minutes=5))
        address = (await web.post(confirm, json={})).json()["address"]
        bent = address.replace("&prompt=login", "").replace("&max_age=0", "&max_age=9999")
        location = await door.arrive(web, door.idp.sign_in(bent, "carol", own))
    assert parse_qs(urlsplit(location).query)["failed"] == ["not-again"]
    # A session of somebody else does not get the confirmation.
    address = (await web.post(confirm, json={})).json()["address"]
    brought = door.idp.sign_in(address, "carol")
    await web.delete("/session")
    assert await reason(web, await door.arrive(web, brought)) == "not-again"


async def test_a_confirmation_asks_for_the_code_too(door: Door, web: httpx.AsyncClient, clock: FixedClock) -> None:
    assert await door.enter(web, "ada") == "/"
    secret = (await web.post("/profile/authenticator")).json()["secret"]
    done = await web.post("/profile/authenticator/confirm", json={"code": pyotp.TOTP(secret).at(clock.now())})
    assert done.status_code == 200
    confirm = f"/session/confirm/{door.provider['id']}"
    assert "code" in (await web.post(confirm, json={})).json()["errors"]
    assert "code" in (await web.post(confirm, json={"code": "000000"})).json()["errors"]
    clock.advance(timedelta(minutes=1))
    assert (await web.post(confirm, json={"code": pyotp.TOTP(secret).at(clock.now())})).status_code == 200


@pytest.mark.parametrize("algorithm", ["ES256", "EdDSA"])
async def test_other_kinds_of_keys_and_no_secret(producer: httpx.AsyncClient, house: House, algorithm: str) -> None:
    with openid_provider(redirects=[RETURN], algorithm=algorithm, claims_in_token=True, secret=None) as other:
        other.person("grace")
        house = replace(house, settings=house.settings.model_copy(update={"fetch_allow": other.allow}))
        door = await new_door(producer, house, other, name="Public")
        await door.invite("grace")
        async with door.browser() as web:
            assert await door.enter(web, "grace") == "/"


async def test_what_lies_in_the_database_completes_nobodys_sign_in(
    door: Door, web: httpx.AsyncClient, database_urls: Addresses
) -> None:
    address = await door.leave(web)
    asked = parse_qs(urlsplit(address).query)
    kept = next(value for name, value in web.cookies.items() if "sso" in name)
    assert database_urls.superuser is not None
    with psycopg.connect(database_urls.superuser) as connection:
        rows = str(connection.execute("select r::text from gr.sign_in_redirect r").fetchall())
        everything = rows + str(connection.execute("select p::text from gr.identity_provider p").fetchall())
        everything += str(connection.execute("select s::text from gr.secret s").fetchall())
    assert door.idp.issuer in rows
    for secret in (kept, asked["state"][0], asked["nonce"][0], SECRET):
        assert secret not in everything
        assert secret.encode().hex() not in everything
