"""Who a session's token belongs to: read in one statement, as its organisation, and nothing of that stays behind."""

from datetime import timedelta
from uuid import UUID

from greenroom.infra.database import Database
from greenroom.kit.ids import uuid7
from greenroom.tenancy import session_store, store
from greenroom.tenancy.rules import PERMISSIONS, allowed
from greenroom.tenancy.secrets import token_hash
from greenroom.tenancy.sign_in import identify, start_session
from tests.support.house import Tenant


async def member(tenant: Tenant, level: str, *, client: UUID) -> str:
    """The token of a member's session, who has access to one client."""
    user = uuid7()
    row = {
        "id": user,
        "email": f"{user}@example.com",
        "name": "Bo",
        "role": "member",
        "status": "active",
        "zone": "UTC",
    }
    async with tenant.context() as ctx:
        await store.add_user(ctx.db, tenant.organisation, row)
        await store.set_access(ctx.db, tenant.organisation, user, [{"client_id": client, "level": level}])
    return await start_session(tenant.house, tenant.organisation, user, address="127.0.0.1", agent="test")


async def second_client(tenant: Tenant) -> UUID:
    client = uuid7()
    async with tenant.context() as ctx:
        row = {"id": client, "name": "A second one", "colour": "#3f6b4f", "zone": "UTC"}
        await store.add_client(ctx.db, tenant.organisation, row)
    return client


async def test_each_gets_what_they_may_by_client(tenant: Tenant, other_tenant: Tenant) -> None:
    second = await second_client(tenant)
    boss = await start_session(tenant.house, tenant.organisation, tenant.user, address="127.0.0.1", agent="test")
    reader = await member(tenant, "read", client=second)
    stranger = await member(other_tenant, "full", client=other_tenant.client)
    found = [await identify(tenant.house, token) for token in (boss, reader, stranger, "nothing")]
    assert [one and (one.organisation, one.role, dict(one.grants)) for one in found] == [
        (tenant.organisation, "super", {client: frozenset(PERMISSIONS) for client in (second, tenant.client)}),
        (tenant.organisation, "member", {second: allowed("member", "read")}),
        (other_tenant.organisation, "member", {other_tenant.client: allowed("member", "full")}),
        None,
    ]
    async with tenant.context() as ctx:
        await ctx.db.execute("update client set status = 'archived' where id = %(id)s", {"id": second})
        await ctx.db.execute("update session set expires_at = now() where user_id = %(id)s", {"id": tenant.user})
    again = await identify(tenant.house, reader)
    assert again is not None
    assert dict(again.grants) == {}
    assert await identify(tenant.house, boss) is None


async def test_nothing_is_left_on_the_connection(tenant: Tenant) -> None:
    token = await start_session(tenant.house, tenant.organisation, tenant.user, address="127.0.0.1", agent="test")
    alone = Database(tenant.house.database.url, size=1)
    await alone.open()
    try:
        found = await session_store.identity(alone, token_hash(token), tenant.house.clock.now())
        assert found is not None
        assert found["organisation_id"] == tenant.organisation
        async with alone.transaction() as tx:
            assert await tx.value("select gr.organisation()") is None
            assert await tx.value("select gr.clients()") == []
            assert await tx.all("select id from client") == []
        assert await alone.by_itself("select id from app_user") is None
    finally:
        await alone.close()


async def test_its_use_is_noted_once_a_minute(tenant: Tenant) -> None:
    token = await start_session(tenant.house, tenant.organisation, tenant.user, address="127.0.0.1", agent="test")

    async def used(ago: timedelta) -> bool:
        """Whether asking writes a use down that was this long ago."""
        async with tenant.context() as ctx:
            await ctx.db.execute("update session set used_at = now() - %(ago)s", {"ago": ago})
            before = await ctx.db.value("select used_at from session")
        assert await identify(tenant.house, token) is not None
        async with tenant.context() as ctx:
            return bool(await ctx.db.value("select used_at > %(before)s from session", {"before": before}))

    assert [await used(timedelta(seconds=seconds)) for seconds in (30, 90)] == [False, True]
    async with tenant.context() as ctx:
        await ctx.db.execute("update session set used_at = now() - interval '400 days', expires_at = now() + '1 day'")
    assert await identify(tenant.house, token) is None
