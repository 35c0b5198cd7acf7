"""Changes that are made from one version at the same time: one wins, the others are told to look again."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from greenroom.channels import account_store
from greenroom.channels.account_moves import by_rule
from greenroom.entrypoints.api import create_app
from greenroom.infra.context import House
from greenroom.kit.ids import uuid7
from greenroom.tenancy import store
from greenroom.tenancy.sign_in import start_session
from tests.flow.test_two_tenants import KINDS, Side, furnish, ids_of, operations, sent
from tests.support.figures import Figures
from tests.support.house import Tenant
from tests.support.publish import run_newest

AT_ONCE = 4
VERSIONS = range(1, 10)
"""Among these is the present one of everything that is furnished."""


def guarded(house: House) -> list[tuple[str, str, dict[str, Any]]]:
    """The operations that name the version which they change."""
    return [
        one for one in operations(house) if any(place["name"] == "If-Match" for place in one[2].get("parameters", []))
    ]


async def race(side: Side, method: str, address: str, options: dict[str, Any]) -> list[int]:
    """The answers to the same change at once, from the first version that is not refused to all of them."""
    for version in VERSIONS:
        headers = {"If-Match": f'"{version}"'}
        answers = await asyncio.gather(*(side.ask(method, address, headers=headers, **options) for _ in range(AT_ONCE)))
        codes = sorted(answer.status_code for answer in answers)
        if codes != [412] * AT_ONCE:
            return codes
    return []


async def furnished(tenant: Tenant) -> Side:
    """One of everything, with a post that can still be changed, and one that is out."""
    side = await furnish(tenant, "Own")
    await run_newest(tenant, UUID(side.ids["post"]))
    side.ids["published"] = side.ids["post"]
    at = {"wall": "2027-03-01T09:00", "zone": "Europe/Berlin"}
    form = {"content_id": side.ids["content"], "account_id": side.ids["account"], "at": at, "again": True}
    made = await side.browser.post("/posts", json=form)
    assert made.is_success, made.text
    side.ids["post"] = made.json()["id"]
    return side


async def rested_by_a_rule(tenant: Tenant, account: UUID) -> None:
    """What a rule did is what a person may take back."""
    async with tenant.context() as ctx:
        row = await account_store.account(ctx, account, lock=True)
        until = ctx.clock.now() + timedelta(days=1)
        await by_rule(ctx, row, "cooldown", "its health", "Its health is low", until=until)


async def test_of_changes_at_once_from_one_version_one_wins(tenant: Tenant, house: House, figures: Figures) -> None:
    side = await furnished(tenant)
    outcome = {}
    # A version can be brought back once the character has two.
    for method, path, operation in sorted(guarded(house), key=lambda one: "/restore" in one[1]):
        address = path
        for place in ids_of(operation):
            if place["in"] == "path":
                kind = "published" if operation["operationId"] == "correct_post" else KINDS[place["name"]]
                address = address.replace(f"{{{place['name']}}}", side.ids[kind])
        name = operation["operationId"]
        if name == "reverse_account_move":
            await rested_by_a_rule(tenant, UUID(side.ids["account"]))
        # The account was paused by the change before.
        options = {"json": {"to": "active"}} if name == "move_account" else sent(method, name)
        outcome[name] = await race(side, method, address, options)
    await side.browser.aclose()
    figures("changes from one version", f"{len(outcome)} operations, {AT_ONCE} at once each")
    one_won = [[won, 412, 412, 412] for won in (200, 202, 204)]
    assert {name: codes for name, codes in outcome.items() if codes not in one_won} == {}
    assert len(outcome) >= 13


@pytest.mark.parametrize("form", [{"role": "member"}, {"status": "disabled"}])
async def test_super_users_who_demote_each_other_leave_one(tenant: Tenant, form: dict[str, str]) -> None:
    people = [tenant.user, *(uuid7() for _ in range(2))]
    async with tenant.context() as ctx:
        for user in people[1:]:
            row = {"id": user, "email": f"{user.hex}@a.example", "name": "B", "role": "super", "status": "active"}
            await store.add_user(ctx.db, tenant.organisation, {**row, "zone": "UTC"})
        for user in people:
            await store.set_password(ctx.db, tenant.organisation, user, "never used")
    app = create_app(tenant.house)
    asked = []
    async with AsyncExitStack() as stack:
        for user, other in zip(people, people[1:] + people[:1], strict=True):
            token = await start_session(tenant.house, tenant.organisation, user, address="", agent="test")
            browser = await stack.enter_async_context(
                httpx.AsyncClient(
                    transport=httpx.ASGITransport(app=app),
                    base_url="http://localhost/api/v1",
                    headers={"Cookie": f"greenroom={token}", "If-Match": '"1"'},
                )
            )
            asked.append(browser.patch(f"/users/{other}", json=form))
        codes = sorted(answer.status_code for answer in await asyncio.gather(*asked))
    async with tenant.context() as ctx:
        left = await store.supers(ctx)
    assert left >= 1, codes
    assert codes.count(200) == len(people) - left
    assert 200 in codes
