"""The inventory against the real database: found again, changed by the dozen, given away, and what happened when."""

import asyncio
from dataclasses import replace
from uuid import UUID

import pytest

from greenroom.infra.context import Context
from greenroom.kit.errors import Forbidden, Invalid, NotFound
from greenroom.kit.ids import uuid7
from greenroom.phones import giving, history, history_store, inventory, leases, many, report
from greenroom.phones.contracts import Phone, PhoneChange, PhoneMoment, PhonesChange
from greenroom.phones.relay_wire import Ended
from greenroom.tenancy import store as tenancy_store
from tests.support.house import Tenant
from tests.support.phones import Shelf, make_shelf, seen


async def add_client(tenant: Tenant, name: str) -> UUID:
    id = uuid7()
    async with tenant.context() as ctx:
        row = {"id": id, "name": name, "colour": "#3f6b4f", "zone": "UTC"}
        await tenancy_store.add_client(ctx.db, tenant.organisation, row)
    return id


async def names(ctx: Context, **wanted: object) -> list[str]:
    return [one.name for one in await inventory.list_phones(ctx, wanted)]


async def moments(ctx: Context, phone: UUID) -> list[PhoneMoment]:
    return await history.list_history(ctx, phone, before=None, limit=100)


async def change(ctx: Context, phone: Phone, **said: object) -> Phone:
    return await inventory.change_phone(ctx, phone.id, phone.version, PhoneChange.model_validate(said))


async def fill(shelf: Shelf) -> dict[str, UUID]:
    """The shelf's phone and three new ones that nobody has, by serial."""
    new = {"a1": "Pixel 9", "b2": "Galaxy S25", "c3": "iPhone 15"}
    reported = [seen(number, serial, model=model) for number, (serial, model) in enumerate(new.items(), 2)]
    ids = await shelf.report(seen(), *reported)
    return {"emulator-5554": ids[1]} | {serial: ids[number] for number, serial in enumerate(new, 2)}


async def test_phones_are_found_by_words_client_agent_and_owner(shelf: Shelf) -> None:
    ids = await fill(shelf)
    other = await make_shelf(shelf.tenant, "Shelf 2", serial="R58N")
    second = await add_client(shelf.tenant, "Two")
    async with shelf.tenant.context(clients=(shelf.tenant.client, second)) as ctx:
        await giving.give_phone(ctx, ids["a1"], second)
        await change(ctx, await inventory.get_phone(ctx, ids["b2"]), label="Left of the DOOR", tags=["50% off"])
        assert await names(ctx, search="galaxy door") == ["Galaxy S25 b2"]
        assert await names(ctx, search="50%") == ["Galaxy S25 b2"]
        assert await names(ctx, search="%") == ["Galaxy S25 b2"]
        assert await names(ctx, search="galaxy pixel") == []
        assert await names(ctx, search="shelf r58") == ["Shelf 2 R58N"]
        assert await names(ctx, agent=other.agent) == ["Shelf 2 R58N"]
        assert await names(ctx, agent=uuid7()) == []
        assert await names(ctx, unassigned=True) == ["Galaxy S25 b2", "iPhone 15 c3"]
        assert len(await names(ctx)) == 5
        assert await names(ctx, client=second) == ["Pixel 9 a1"]
        assert (await inventory.phone_words(ctx)).tags == ("50% off",)
        assert (await inventory.phone_words(replace(ctx, whole=False))).tags == ()


async def test_an_agent_that_names_phones_without_end_is_cut_off(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "MOST_EVER", 3)
    await shelf.report(seen(2, "a1"), seen(3, "b2"))
    await shelf.change(seen(2, "a1", front="com.example.calm"))
    for saying in (shelf.change, shelf.report):
        with pytest.raises(Ended, match="enrol it again"):
            await saying(seen(4, "c3"))
    assert set(await shelf.report(seen(1), seen(2, "a1"), seen(3, "b2"))) == {1, 2, 3}
    async with shelf.tenant.context() as ctx:
        assert len(await inventory.list_phones(ctx, {})) == 3


async def test_a_phone_is_called_by_its_model_once_that_is_known_unless_somebody_named_it(shelf: Shelf) -> None:
    bare = [seen(2, "R5800001", model=""), seen(3, "00080002", model="", platform="ios"), seen(4, "R5800003", model="")]
    ids = await shelf.report(seen(), *bare)
    async with shelf.tenant.context() as ctx:
        assert await names(ctx) == ["Android phone 0001", "Android phone 0003", "iPhone 0002", "Shelf 1 5554"]
        await change(ctx, await inventory.get_phone(ctx, ids[4]), name="Bo's own")
    await shelf.change(*(replace(one, model="Pixel 9") for one in bare))
    async with shelf.tenant.context() as ctx:
        assert await names(ctx) == ["Bo's own", "Pixel 9 0001", "Pixel 9 0002", "Shelf 1 5554"]
        await change(ctx, await inventory.get_phone(ctx, ids[2]), name="Android phone 0001")
    await shelf.change(*(replace(one, model="Pixel 10") for one in bare))
    async with shelf.tenant.context() as ctx:
        assert await names(ctx) == ["Android phone 0001", "Bo's own", "Pixel 9 0002", "Shelf 1 5554"]


async def test_what_can_be_done_on_a_phone_is_told_while_it_is_there(shelf: Shelf) -> None:
    async def told() -> tuple[str, ...]:
        async with shelf.tenant.context() as ctx:
            return (await inventory.get_phone(ctx, shelf.phone)).abilities

    assert await told() == ("files", "install", "reboot")
    await shelf.change(seen(abilities=("rotate",)))
    assert await told() == ("rotate",)
    await shelf.report()
    assert await told() == ()


async def test_many_are_tagged_at_once_or_none(shelf: Shelf) -> None:
    ids = await fill(shelf)
    phones = tuple(ids.values())
    async with shelf.tenant.context() as ctx:
        await many.change_phones(ctx, PhonesChange(phones=phones, add_tags=("red", "new"), add_groups=("shelf",)))
        again = await many.change_phones(
            ctx, PhonesChange(phones=(*phones, phones[0]), add_tags=("red",), remove_tags=("new", "never"))
        )
        assert [(one.tags, one.groups) for one in again] == [(("red",), ("shelf",))] * 4
        kept = {one.id: one.version for one in again}
        nothing = await many.change_phones(ctx, PhonesChange(phones=phones, add_tags=("red",)))
        assert {one.id: one.version for one in nothing} == kept
        audited = await ctx.db.value("select count(*) from audit_entry where action = 'phone.changed'")
        assert audited == 8
        with pytest.raises(NotFound):
            await many.change_phones(ctx, PhonesChange(phones=(*phones, uuid7()), add_tags=("blue",)))
        await many.change_phones(ctx, PhonesChange(phones=phones[:1], add_tags=tuple(map(str, range(29)))))
    with pytest.raises(Invalid, match="nothing was changed"):
        async with shelf.tenant.context() as ctx:
            await many.change_phones(ctx, PhonesChange(phones=phones, add_tags=("blue",)))
    async with shelf.tenant.context() as ctx:
        assert await names(ctx, tag="blue") == []


async def test_out_of_work_and_back_has_its_reason_and_who_said_it(shelf: Shelf) -> None:
    async with shelf.tenant.context() as ctx:
        phone = await inventory.get_phone(ctx, shelf.phone)
        assert (phone.state_why, phone.state_by, phone.state_at) == ("", None, None)
        with pytest.raises(Invalid, match="Say why"):
            await change(ctx, phone, state="maintenance")
        with pytest.raises(Invalid, match="say which"):
            await change(ctx, phone, why="it is hot")
        phone = await change(ctx, phone, state="maintenance", why="its battery swells")
        assert (phone.state, phone.state_why, phone.state_by_name) == ("maintenance", "its battery swells", "Ada")
        assert phone.state_at is not None
        phone = await change(ctx, phone, label="in the drawer")
        assert (phone.state_why, phone.state_by_name) == ("its battery swells", "Ada")
        phone = await change(ctx, phone, state="failed", why="it burns")
        phone = await change(ctx, phone, state="active")
        assert (phone.state, phone.state_why) == ("active", "")
        said = [(one.was, one.becomes, one.why, one.by_name) for one in await moments(ctx, shelf.phone)][:3]
    assert said == [
        ("failed", "active", "", "Ada"),
        ("maintenance", "failed", "it burns", "Ada"),
        ("active", "maintenance", "its battery swells", "Ada"),
    ]


async def test_what_happened_to_a_phone_is_told_in_order_and_in_pages(shelf: Shelf) -> None:
    tenant = shelf.tenant
    async with tenant.context() as ctx:
        lease = await leases.take(ctx, shelf.phone, "person", tenant.user)
        await leases.release(ctx, shelf.phone, lease.epoch, tenant.user)
    await shelf.report()
    await shelf.report(seen())
    async with tenant.context() as ctx:
        told = await moments(ctx, shelf.phone)
        assert [(one.kind, one.why, one.reason, one.holder_name) for one in told] == [
            ("came", "", None, None),
            ("went", "it is no longer plugged in", None, None),
            ("held", "", "released", "Ada"),
            ("given", "", None, None),
            ("came", "", None, None),
        ]
        assert told[2].since == lease.taken_at
        paged, before = [], None
        while page := await history.list_history(ctx, shelf.phone, before=before, limit=2):
            paged += page
            before = (page[-1].at, page[-1].id)
        assert paged == told
        # Comings and goings of long ago are forgotten, decisions and leases are not.
        await history_store.tidy(ctx.db)
        assert len(await moments(ctx, shelf.phone)) == 5
    async with tenant.house.database.transaction() as tx:
        await history_store.tidy(tx)


async def test_each_client_knows_its_own_part_of_a_phones_history(shelf: Shelf) -> None:
    tenant = shelf.tenant
    second = await add_client(tenant, "Two")
    async with tenant.context(clients=(tenant.client, second)) as ctx:
        await giving.give_phone(ctx, shelf.phone, second)
        assert [one.kind for one in await moments(ctx, shelf.phone)] == ["given", "left", "given", "came"]
    async with tenant.context(clients=(second,)) as ctx:
        member = replace(ctx, whole=False)
        assert [one.kind for one in await moments(member, shelf.phone)] == ["given"]
    async with tenant.context(clients=(tenant.client,)) as ctx:
        with pytest.raises(NotFound):
            await moments(replace(ctx, whole=False), shelf.phone)


async def test_many_are_given_at_once_or_none(shelf: Shelf) -> None:
    ids = await fill(shelf)
    phones, tenant = tuple(ids.values()), shelf.tenant
    async with tenant.context() as ctx:
        await leases.take(ctx, shelf.phone, "person", tenant.user)
        given = await giving.give_phones(ctx, phones, tenant.client)
        assert {one.client_id for one in given} == {tenant.client}
        assert (await leases.lease_of(ctx, shelf.phone)).holder_id == tenant.user  # it was theirs already
        with pytest.raises(NotFound):
            await giving.give_phones(ctx, (*phones, uuid7()), None)
        with pytest.raises(Forbidden):
            await giving.give_phones(replace(ctx, whole=False), phones, None)
        taken_back = await giving.give_phones(ctx, phones, None)
        assert {(one.client_id, one.lease) for one in taken_back} == {(None, None)}
        (ended,) = await leases.past_leases(ctx, shelf.phone, before=None, limit=10)
    assert (ended.reason, ended.ended_by) == ("moved", tenant.user)


async def test_many_hands_on_many_phones_wait_for_each_other_and_never_in_a_circle(shelf: Shelf) -> None:
    ids = list((await fill(shelf)).values())
    second = await add_client(shelf.tenant, "Two")
    both = (shelf.tenant.client, second)

    async def give(phones: list[UUID], client: UUID) -> None:
        async with shelf.tenant.context(clients=both) as ctx:
            await giving.give_phones(ctx, phones, client)

    async def tag(phones: list[UUID], tag: str) -> None:
        async with shelf.tenant.context(clients=both) as ctx:
            await many.change_phones(ctx, PhonesChange(phones=tuple(phones), add_tags=(tag,)))

    async def look() -> None:
        await shelf.report(seen(4, "c3", model="iPhone 15"), seen(), seen(3, "b2", model="Galaxy S25"))

    for _ in range(3):
        await asyncio.gather(
            give(ids, second), look(), tag(ids[::-1], "red"), give(ids[::-1], both[0]), tag(ids, "blue"), look()
        )
    async with shelf.tenant.context(clients=both) as ctx:
        assert {one.tags for one in await inventory.list_phones(ctx, {})} <= {("red", "blue"), ("blue", "red")}
