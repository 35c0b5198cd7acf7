"""The audit trail in the database: appended with the change, never changed, readable by who may, erasable."""

import asyncio
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest

from greenroom.entrypoints.api import create_app
from greenroom.infra import audit
from greenroom.infra.audit import audit_store, read
from greenroom.infra.postgres.addresses import Addresses
from greenroom.kit.ids import uuid7
from greenroom.tenancy.sign_in import start_session
from tests.support.house import Tenant


async def written(tenant: Tenant, count: int = 3) -> None:
    for number in range(count):
        async with tenant.context() as ctx:
            await audit.record(
                ctx, "client.changed", ("client", tenant.client), before={"n": number}, after={"n": number + 1}
            )


async def state_of(tenant: Tenant) -> tuple[int, int | None]:
    async with tenant.context() as ctx:
        verdict = await read.verify(ctx)
    return verdict.entries, verdict.broken_at


def harmed(database: Addresses, statement: str) -> None:
    """What somebody with the database in their hands could do."""
    assert database.superuser is not None
    with psycopg.connect(database.superuser) as connection:
        connection.execute("set session_replication_role = replica")  # foreign keys do not stop them
        connection.execute(statement)


async def test_what_is_appended_is_a_whole_chain(tenant: Tenant, other_tenant: Tenant) -> None:
    await written(tenant)
    await written(other_tenant, 2)
    assert await state_of(tenant) == (3, None)
    assert await state_of(other_tenant) == (2, None)
    async with tenant.context() as ctx:
        newest, *_ = await read.list_entries(ctx, whole=True)
    (change,) = newest.changes
    assert (newest.number, change.field, change.before, change.after) == (3, "n", 2, 3)


async def test_a_change_that_is_rolled_back_leaves_no_entry(tenant: Tenant) -> None:
    async def failing() -> None:
        async with tenant.context() as ctx:
            await audit.record(ctx, "client.changed", ("client", tenant.client), after={"n": 1})
            await ctx.db.execute("select 1 / 0")

    with pytest.raises(psycopg.errors.DivisionByZero):
        await failing()
    assert await state_of(tenant) == (0, None)


async def test_many_at_once_make_one_chain(tenant: Tenant) -> None:
    await asyncio.gather(*(written(tenant, 5) for _ in range(4)))
    assert await state_of(tenant) == (20, None)


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_entry set reason = 'x'",
        "delete from audit_entry",
        "truncate audit_entry",
        "delete from audit_head",
        "delete from audit_value",
        "update audit_value set number = 1",
    ],
)
async def test_the_application_cannot_change_what_was_written(tenant: Tenant, statement: str) -> None:
    await written(tenant)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with tenant.context() as ctx:
            await ctx.db.execute(statement)


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("update gr.audit_entry set reason = 'x' where number = 2", 2),
        ("delete from gr.audit_entry where number = 2", 2),
        ("delete from gr.audit_entry where number = 3", 3),
        ("update gr.audit_entry set change = '{}' where number = 1", 1),
        ("update gr.audit_entry set at = at + interval '1 second' where number = 3", 3),
    ],
)
async def test_a_cut_shows(tenant: Tenant, database_urls: Addresses, statement: str, broken: int) -> None:
    await written(tenant)
    harmed(database_urls, statement)
    assert (await state_of(tenant))[1] == broken


async def test_erasing_a_person_leaves_the_chain_whole(tenant: Tenant) -> None:
    person = uuid7()
    async with tenant.context() as ctx:
        await audit.record(
            ctx, "user.invited", ("user", person), after={"name": "ZZCANARY Eve", "role": "member"},
            personal=("name", "email"), person=person,
        )  # fmt: skip
        (before,) = await read.list_entries(ctx, whole=True)
        assert await audit_store.erase(ctx, person) == 1
        (after,) = await read.list_entries(ctx, whole=True)
    name, role = before.changes
    assert (name.after, name.erased, role.after) == ("ZZCANARY Eve", False, "member")
    assert (after.changes[0].after, after.changes[0].erased, after.changes[1].after) == (None, True, "member")
    assert await state_of(tenant) == (1, None)
    async with tenant.context() as ctx:
        rows = await ctx.db.all("select change::text from audit_entry union all select value::text from audit_value")
    assert "ZZCANARY" not in str(rows)


async def test_fractions_times_and_nothing_come_back_as_they_were(tenant: Tenant) -> None:
    odd: dict[str, Any] = {
        "f": 1e22,
        "g": 0.1,
        "none": None,
        "text": "ü\u2028😀",
        "id": uuid7(),
        "deep": {"b": [1, {}]},
    }
    async with tenant.context() as ctx:
        await audit.record(ctx, "client.changed", ("client", tenant.client), after=odd)
    assert await state_of(tenant) == (1, None)


async def signed_in(tenant: Tenant, user: UUID) -> httpx.AsyncClient:
    token = await start_session(tenant.house, tenant.organisation, user, address="", agent="test")
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=create_app(tenant.house), client=("192.0.2.9", 1)),
        base_url="http://localhost/api/v1",
        headers={"Cookie": f"greenroom={token}"},
    )


async def test_changes_over_the_api_are_told_with_who_and_from_where(tenant: Tenant) -> None:
    async with await signed_in(tenant, tenant.user) as browser:
        made = (await browser.post("/clients", json={"name": "Harbour"})).json()
        await browser.patch(f"/clients/{made['id']}", json={"name": "Harbour Two"}, headers={"If-Match": '"1"'})
        listed = (await browser.get("/audit", params={"subject": made["id"]})).json()["items"]
        assert [entry["action"] for entry in listed] == ["client.changed", "client.created"]
        assert listed[0]["actor_id"] == str(tenant.user)
        assert listed[0]["address"] == "192.0.2.9"
        assert listed[0]["changes"] == [{"field": "name", "before": "Harbour", "after": "Harbour Two", "erased": False}]
        page = (await browser.get("/audit", params={"limit": 1})).json()
        rest = (await browser.get("/audit", params={"limit": 1, "cursor": page["next"]})).json()
        assert (page["items"][0]["number"], rest["items"][0]["number"], rest["next"]) == (2, 1, None)
        assert (await browser.get("/audit", params={"cursor": "x"})).status_code == 422
        assert (await browser.get("/audit/chain")).json()["whole"] is True
        exported = (await browser.get("/audit/export")).text.splitlines()
        assert len(exported) == 2


async def test_an_administrator_of_one_client_sees_its_entries_only(tenant: Tenant) -> None:
    async with await signed_in(tenant, tenant.user) as browser:
        form = {"name": "Eve", "email": "eve@example.com", "role": "admin",
                "access": [{"client_id": str(tenant.client), "level": "full"}]}  # fmt: skip
        invited = (await browser.post("/users", json=form)).json()
        character = (await browser.post("/characters", json={"template": "ledger"})).json()
    async with tenant.context() as ctx:
        await ctx.db.execute(
            "update app_user set status = 'active' where id = %(id)s", {"id": UUID(invited["user"]["id"])}
        )
    async with await signed_in(tenant, UUID(invited["user"]["id"])) as administrator:
        listed = (await administrator.get("/audit")).json()["items"]
        assert [entry["subject_id"] for entry in listed] == [character["id"]]
        assert (await administrator.get("/audit/chain")).status_code == 403
        assert (await administrator.get("/audit/export")).status_code == 403
