"""Who is offered a provider, and by what an account there becomes somebody's here."""

import asyncio

import httpx
import pytest

from greenroom.infra.context import House
from greenroom.infra.postgres.addresses import Addresses
from greenroom.tenancy.oidc_contracts import NewProvider
from tests.flow.test_single_sign_on import (
    Door,
    clock,
    door,
    forget_confirmation,
    house,
    idp,
    is_out,
    on_page,
    provider_of,
    reason,
    web,
)
from tests.support.house import make_tenant
from tests.support.oidc import OpenIdProvider

__all__ = ["clock", "door", "house", "idp", "web"]  # the fixtures of one provider at the door


async def test_a_provider_stands_at_the_door_with_its_organisation(door: Door, web: httpx.AsyncClient) -> None:
    said = {"id": door.provider["id"], "name": "Example ID", "organisation": "Analytical Agency"}
    assert await on_page(web) == [said]
    await door.change(shown=False)
    assert await on_page(web) == []
    assert await on_page(web, provider=door.provider["id"]) == [said]


async def test_no_organisation_writes_on_the_door_of_another(
    door: Door, web: httpx.AsyncClient, house: House, idp: OpenIdProvider
) -> None:
    other = await make_tenant(house, "Red Gate")
    theirs = await provider_of(other, idp)
    assert await on_page(web) == []
    assert await on_page(web, provider=theirs) == [{"id": theirs, "name": "Theirs", "organisation": "Red Gate"}]


async def test_it_is_not_at_the_door_unless_somebody_says_so(producer: httpx.AsyncClient) -> None:
    form = {"name": "Quiet", "issuer": "https://id.example", "oauth_client_id": "x", "enabled": True}
    made = await producer.post("/identity-providers", json=form)
    assert made.json()["shown"] is False
    assert await on_page(producer) == []


@pytest.mark.parametrize("role", ["admin", "super"])
async def test_no_address_ties_who_could_change_everything(door: Door, web: httpx.AsyncClient, role: str) -> None:
    """Though the provider is trusted with the domain: whoever has the address there would have everything here."""
    await door.invite("lin", role=role)
    door.idp.person("lin")
    assert await reason(web, await door.enter(web, "lin")) == "tie-first"
    assert len(await door.audit("sign_in.provider_tied")) == 1


async def test_an_address_ties_in_named_domains_only(door: Door, web: httpx.AsyncClient) -> None:
    await door.invite("eve")
    door.idp.person("eve")
    for named in ([], ["example.org"], ["mple.com"]):
        await door.change(tie_domains=named)
        assert await reason(web, await door.enter(web, "eve")) == "tie-first"
    await door.change(new_people={"domains": ["example.com"]})
    assert await door.enter(web, "eve") == "/"


async def test_a_signed_in_person_ties_any_account_of_theirs(door: Door, database_urls: Addresses) -> None:
    eve = await door.invite("eve")
    door.idp.person("eve-at-home", email="eve@home.example", email_verified=False)
    async with door.browser() as web:
        form = {"token": eve["link"].rsplit("/", 1)[1], "password": "the red door is shut"}
        assert (await web.post("/password", json=form)).status_code == 200
        known = {"id": door.provider["id"], "name": "Example ID"}
        ways = (await web.get("/profile/sign-in")).json()
        assert (ways["providers"], ways["providers_to_tie"]) == ([], [known])
        await forget_confirmation(database_urls)
        path = f"/profile/sign-in/providers/{door.provider['id']}"
        assert (await web.post(path, json={})).status_code == 403
        assert (await web.post("/session/confirm", json={"password": form["password"]})).status_code == 204
        assert await door.tie(web, "eve-at-home") == "/settings/sign-in"
        ways = (await web.get("/profile/sign-in")).json()
        assert (ways["providers"], ways["providers_to_tie"]) == ([known], [])
        assert (await web.post(path, json={})).status_code == 409
        assert (await web.get("/session")).status_code == 200, "the session is the same"
        await web.delete("/session")
        assert await door.enter(web, "eve-at-home") == "/"
        assert (await web.get("/session")).json()["user"]["email"] == "eve@example.com"


async def test_an_account_is_tied_to_one_person_and_by_their_own_browser(door: Door, web: httpx.AsyncClient) -> None:
    await door.invite("eve")
    door.idp.person("eve")
    assert await door.enter(web, "eve") == "/"
    untied = await door.admin.delete(
        f"/identity-providers/{door.provider['id']}/people/{(await web.get('/session')).json()['user']['id']}"
    )
    assert untied.status_code == 204
    assert "failed=not-yours" in await door.tie(web, "ada")
    path = f"/profile/sign-in/providers/{door.provider['id']}"
    address = (await web.post(path, json={})).json()["address"]
    brought = door.idp.sign_in(address, "eve")
    await web.delete("/session")
    assert await reason(web, await door.arrive(web, brought)) == "elsewhere"
    address = await door.admin.post("/profile/sign-in/providers/0199aaaa-0000-7000-8000-000000000000", json={})
    assert address.status_code == 404


async def test_two_who_come_for_the_first_time_at_once_both_come_in(door: Door) -> None:
    """One finds the tie, or the person, that the other has just made."""
    await door.change(new_people={"domains": ["example.com"], "access": await door.access()})
    await door.invite("grace")
    for name in ("grace", "newcomer"):
        door.idp.person(name)
        async with door.browser() as one, door.browser() as other:
            brought = [door.idp.sign_in(await door.leave(web), name) for web in (one, other)]
            arrived = await asyncio.gather(door.arrive(one, brought[0]), door.arrive(other, brought[1]))
            assert list(arrived) == ["/", "/"]
            assert not await is_out(one)
            assert not await is_out(other)


def test_a_form_with_a_secret_does_not_say_it() -> None:
    fields = {"name": "x", "issuer": "https://id.example", "oauth_client_id": "x", "secret": "told to us"}
    assert "told to us" not in repr(NewProvider.model_validate(fields))
