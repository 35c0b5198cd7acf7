"""A token that was given less than its person has: never a super user, and blind to the clients it was not given."""

import ast
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from uuid import UUID

import httpx
import pytest

from greenroom.entrypoints.api import create_app
from greenroom.infra.context import Context, House
from greenroom.infra.http.context import Identity
from greenroom.kit.errors import Forbidden, NotFound
from greenroom.kit.ids import uuid7
from greenroom.tenancy import (
    audit_routes,
    clients,
    oidc_providers,
    people,
    service_key_use,
    service_keys,
    store,
    tokens,
)
from greenroom.tenancy.contracts import Access, ClientChange, NewClient, NewUser, OrganisationChange, UserChange
from greenroom.tenancy.rules import TOKEN_SCOPES
from greenroom.tenancy.service_key_contracts import NewServiceKey
from greenroom.tenancy.sign_in import identify, start_session
from greenroom.tenancy.token_contracts import NewApiToken
from greenroom.tenancy.webhooks import endpoints
from greenroom.tenancy.webhooks.access import check_reach
from greenroom_dev import ROOT
from tests.flow.test_two_tenants import Side, compare_ids, compare_ids_in_bodies, furnish
from tests.support.figures import Figures
from tests.support.house import Tenant

HOUSE = ROOT / "src" / "greenroom"


@dataclass(frozen=True)
class Office:
    """A tenant with one of everything that only its super users see or change."""

    tenant: Tenant
    stranger: UUID
    administrator: UUID
    archived: UUID


@pytest.fixture
async def office(tenant: Tenant) -> Office:
    async with tenant.context() as ctx:
        archived = (await clients.add_client(ctx, NewClient(name="Closed"))).id
        await clients.change_client(ctx, archived, 1, ClientChange(status="archived"))
        stranger = await people.invite(ctx, NewUser(name="Eve", email="eve@example.com"))
        access = (Access(client_id=tenant.client, level="full"),)
        administrator = await people.invite(
            ctx, NewUser(name="Bo", email="bo@example.com", role="admin", access=access)
        )
        await service_keys.add_key(ctx, new_key())
    async with browser_of(tenant, await signed_in(tenant, tenant.user)) as browser:
        made = await browser.post("/webhooks", json={"address": "https://1.1.1.1/everything"})
        assert made.is_success, made.text
    return Office(tenant, stranger.user.id, administrator.user.id, archived)


def browser_of(tenant: Tenant, headers: dict[str, str]) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=create_app(tenant.house))
    return httpx.AsyncClient(transport=transport, base_url="http://localhost/api/v1", headers=headers)


async def signed_in(tenant: Tenant, user: UUID) -> dict[str, str]:
    token = await start_session(tenant.house, tenant.organisation, user, address="", agent="test")
    return {"Cookie": f"greenroom={token}"}


def new_key(service: str = "voice") -> NewServiceKey:
    return NewServiceKey.model_validate({"service": service, "value": "sk-key-of-the-organisation"})


async def done(act: Awaitable[object]) -> bool:
    try:
        await act
    except (Forbidden, NotFound):
        return False
    return True


async def sees_everybody(ctx: Context, office: Office) -> bool:
    return office.stranger in {one.id for one in await people.list_users(ctx)}


async def sees_archived(ctx: Context, office: Office) -> bool:
    return office.archived in {one.id for one in await clients.list_clients(ctx)}


async def sees_hints(ctx: Context, _: Office) -> bool:
    return any(one.hint for one in await service_keys.list_keys(ctx))


async def sees_the_organisations_webhooks(ctx: Context, _: Office) -> bool:
    return any(one.client_id is None for one in await endpoints.list_webhooks(ctx))


async def sees_the_organisations_entries(ctx: Context, _: Office) -> bool:
    return any(entry.client_id is None for entry in (await audit_routes.list_audit(ctx, limit=50)).items)


Try = Callable[[Context, Office], Awaitable[bool]]
# Every function that asks whether a super user acts, and an act that only one may do there.
SITES: dict[str, Try] = {
    "tenancy/people.py list_users": sees_everybody,
    "tenancy/people.py renew_link": lambda ctx, office: done(people.renew_link(ctx, office.administrator)),
    "tenancy/people.py _check_grant": lambda ctx, _: done(
        people.invite(ctx, NewUser(name="Sue", email="sue@example.com", role="super"))
    ),
    "tenancy/people.py _check_reach": lambda ctx, office: done(
        people.change_user(ctx, office.stranger, 1, UserChange(name="Taken"))
    ),
    "tenancy/clients.py list_clients": sees_archived,
    "tenancy/clients.py add_client": lambda ctx, _: done(clients.add_client(ctx, NewClient(name="Taken"))),
    "tenancy/clients.py change_client": lambda ctx, office: done(
        clients.change_client(ctx, office.archived, 2, ClientChange(name="Taken"))
    ),
    "tenancy/clients.py change_organisation": lambda ctx, _: done(
        clients.change_organisation(ctx, 1, OrganisationChange(name="Taken"))
    ),
    "tenancy/service_key_use.py share_key": lambda ctx, office: done(
        service_key_use.share_key(ctx, office.tenant.client, "voice", shared=True)
    ),
    "tenancy/service_keys.py list_keys": sees_hints,
    "tenancy/service_keys.py _check_reach": lambda ctx, _: done(service_keys.add_key(ctx, new_key("music"))),
    "tenancy/oidc_providers.py _check_super": lambda ctx, _: done(oidc_providers.list_providers(ctx, "")),
    "tenancy/audit_routes.py list_audit": sees_the_organisations_entries,
    "tenancy/audit_routes.py _only_super": lambda ctx, _: done(audit_routes.check_audit(ctx)),
    "tenancy/webhooks/access.py check_reach": lambda ctx, _: done(check_reach(ctx, None)),
    "tenancy/webhooks/endpoints.py _whole": sees_the_organisations_webhooks,
}


def test_every_place_that_asks_for_a_super_user_is_tried() -> None:
    asking = set()
    for file in sorted(HOUSE.rglob("*.py")):
        for function in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(function, ast.AsyncFunctionDef | ast.FunctionDef) and any(
                isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "is_super"
                for call in ast.walk(function)
            ):
                asking.add(f"{file.relative_to(HOUSE).as_posix()} {function.name}")
    assert asking == set(SITES), "add to SITES an act that only a super user may do there"


async def program(tenant: Tenant, form: NewApiToken) -> Identity:
    """Who a token of the tenant's super user is."""
    async with tenant.context() as ctx:
        made = await tokens.create_token(ctx, form)
    identity = await tokens.identify_program(tenant.house, made.token, address="")
    assert identity is not None
    return identity


async def tried(office: Office, identity: Identity) -> dict[str, bool]:
    permission = "manage" if identity.clients("manage") else "read"
    outcome = {}
    for site, act in SITES.items():
        async with identity.context(office.tenant.house, permission=permission) as ctx:
            outcome[site] = await act(ctx, office)
    return outcome


@pytest.mark.parametrize("scopes", [("read",), ("read", "manage"), ("read", "make", "review", "manage")])
async def test_a_narrowed_token_is_no_super_user_anywhere(office: Office, scopes: tuple[str, ...]) -> None:
    outcome = await tried(office, await program(office.tenant, NewApiToken(name="Narrow", scopes=scopes)))
    assert [site for site, allowed in outcome.items() if allowed] == []


async def test_a_token_for_one_client_is_none_either(office: Office) -> None:
    form = NewApiToken(name="Narrow", scopes=("read", "make", "review", "publish"), clients=(office.tenant.client,))
    outcome = await tried(office, await program(office.tenant, form))
    assert [site for site, allowed in outcome.items() if allowed] == []


async def test_the_person_and_their_whole_token_may_all_of_it(office: Office) -> None:
    tenant = office.tenant
    token = await start_session(tenant.house, tenant.organisation, tenant.user, address="", agent="test")
    person = await identify(tenant.house, token)
    assert person is not None
    assert [site for site, allowed in (await tried(office, person)).items() if not allowed] == []


async def test_their_whole_token_may_it_too(office: Office) -> None:
    outcome = await tried(office, await program(office.tenant, NewApiToken(name="Whole", scopes=TOKEN_SCOPES)))
    assert [site for site, allowed in outcome.items() if not allowed] == []


@pytest.fixture
async def desks(tenant: Tenant) -> AsyncIterator[tuple[Side, Side]]:
    """Two furnished clients of one organisation, in its super user's browser."""
    second = uuid7()
    mine = await furnish(tenant, "Own")
    async with tenant.context() as ctx:
        row = {"id": second, "name": "Two", "colour": "#3f6b4f", "zone": "UTC"}
        await store.add_client(ctx.db, tenant.organisation, row)
    theirs = await furnish(replace(tenant, client=second), "Second")
    yield mine, theirs
    for side in (mine, theirs):
        await side.browser.aclose()


async def one_clients_token(mine: Side) -> dict[str, str]:
    form = {"name": "Narrow", "scopes": ["read", "make", "review", "publish"], "clients": [mine.ids["client"]]}
    made = await mine.browser.post("/tokens", json=form)
    assert made.is_success, made.text
    return {"Authorization": f"Bearer {made.json()['token']}"}


async def one_clients_administrator(mine: Side) -> dict[str, str]:
    tenant, user = mine.tenant, uuid7()
    async with tenant.context() as ctx:
        row = {"id": user, "email": "bo@example.com", "name": "Bo", "role": "admin", "status": "active", "zone": "UTC"}
        await store.add_user(ctx.db, tenant.organisation, row)
        access = [{"client_id": tenant.client, "level": "full"}]
        await store.set_access(ctx.db, tenant.organisation, user, access)
    return await signed_in(tenant, user)


# What is no client's: everybody of the organisation may know that it is there.
COMMON = frozenset({"user", "token", "session", "provider", "passkey"})


@pytest.mark.parametrize("who", [one_clients_token, one_clients_administrator])
async def test_what_the_other_client_has_answers_as_what_never_was(
    desks: tuple[Side, Side], house: House, figures: Figures, who: Callable[[Side], Awaitable[dict[str, str]]]
) -> None:
    mine, theirs = desks
    async with browser_of(mine.tenant, await who(mine)) as browser:
        narrowed = Side(mine.tenant, browser, mine.ids)
        found = await compare_ids(narrowed, theirs, house, leave=COMMON)
        inside = await compare_ids_in_bodies(narrowed, theirs, leave=COMMON)
    name = who.__name__.replace("_", " ")
    figures("two-client differential", f"{name}: {len(found)} ids in operations, {len(inside)} in bodies compared")
    assert [one for one in (*found, *inside) if one.told_apart] == []
    assert sum(one.status == 404 for one in found) >= 40
    assert sum(one.status == 404 for one in inside) >= 8
