"""An organisation's own attended apps: added once, kept apart from others', taken back; what ships stays."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from greenroom.kit.errors import Conflict, Forbidden, NotFound
from greenroom.phones import attended, inventory
from greenroom.phones.contracts import NewAttendedApp
from tests.support.house import Tenant
from tests.support.phones import Shelf, seen


async def test_additions_are_the_organisations_own(tenant: Tenant, other_tenant: Tenant) -> None:
    form = NewAttendedApp(app="com.Example.Social", name="Nook\u202e")
    async with tenant.context() as ctx:
        made = await attended.add_attended(ctx, form)
        assert (made.app, made.name, made.shipped, made.added_by) == ("com.example.social", "Nook", False, tenant.user)
        for twice in (form, NewAttendedApp(app="com.instagram.android"), NewAttendedApp(app="com.whatsapp.w4b")):
            with pytest.raises(Conflict, match="attended already"):
                await attended.add_attended(ctx, twice)
        assert await attended.of(ctx) == {"com.example.social"}
    async with other_tenant.context() as ctx:
        assert await attended.of(ctx) == frozenset()
        with pytest.raises(NotFound):
            await attended.remove_attended(ctx, made.id)
    async with tenant.context() as ctx:
        await attended.remove_attended(ctx, made.id)
        assert await attended.of(ctx) == frozenset()
        rows = await ctx.db.all("select action from audit_entry where action like 'attended_app.%%' order by number")
    assert [row["action"] for row in rows] == ["attended_app.added", "attended_app.removed"]


async def test_what_ships_is_never_removed_and_only_super_users_add(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        ships = next(one for one in await attended.list_attended(ctx) if one.app == "com.greenroom.feed")
        for somebody in (ctx, replace(ctx, whole=False)):
            with pytest.raises(Forbidden, match="ships as attended"):
                await attended.remove_attended(somebody, ships.id)
        with pytest.raises(Forbidden, match="super user"):
            await attended.add_attended(replace(ctx, whole=False), NewAttendedApp(app="com.example.social"))


@pytest.mark.parametrize("app", ["com", "com.", ".social", "com.a b", "com.<b>", "com/social", "a" * 121, "com.x\n"])
def test_what_is_no_app_is_refused(app: str) -> None:
    with pytest.raises(ValidationError):
        NewAttendedApp(app=app)


async def test_a_phone_says_what_is_in_front_and_whether_a_person_tends_it(shelf: Shelf) -> None:
    async def front(app: str, *, port: str = "", alive: str = "live") -> tuple[str, bool, str]:
        await shelf.report(seen(front=app, port=port, alive=alive))
        async with shelf.tenant.context() as ctx:
            phone = await inventory.get_phone(ctx, shelf.phone)
        return phone.front, phone.attended, phone.port

    assert await front("com.greenroom.feed", port="1-4.2") == ("com.greenroom.feed", True, "1-4.2")
    assert await front("com.example.social") == ("com.example.social", False, "")
    async with shelf.tenant.context() as ctx:
        await attended.add_attended(ctx, NewAttendedApp(app="com.example.social"))
    assert await front("com.example.social\x1b", port="1-4.2") == ("com.example.social", True, "1-4.2")
    # What is not there shows nothing, and hung where it hung.
    assert await front("com.example.social", alive="offline") == ("", False, "1-4.2")
