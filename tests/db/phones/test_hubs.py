"""USB hubs in the real database: one alarm an incident, over when the phones are back, to each their own phones."""

from dataclasses import replace

from greenroom.infra.context import Context
from greenroom.kit.ids import uuid7
from greenroom.phones import agent_desk, inventory
from greenroom.phones.contracts import PhoneChange
from greenroom.phones.hubs_contracts import AgentHubs, HubAlarm
from greenroom.phones.hubs_shown import list_hubs
from greenroom.wire.messages import Seen
from tests.support.house import Tenant
from tests.support.phones import Shelf, make_shelf, seen

PORTS = {"A": "1-4.1", "B": "1-4.2", "C": "1-4.3", "D": "1-4.4", "E": "1-5"}


def plugged(serials: str) -> list[Seen]:
    return [seen(number, one, model=f"Phone {one}", port=PORTS[one]) for number, one in enumerate(serials, start=1)]


async def hubs(tenant: Tenant) -> list[AgentHubs]:
    async with tenant.context() as ctx:
        return await list_hubs(ctx)


async def alarms(tenant: Tenant) -> tuple[HubAlarm, ...]:
    (shelf,) = await hubs(tenant)
    return shelf.alarms


async def told(ctx: Context) -> list[str]:
    rows = await ctx.db.all("select kind from event where kind like 'phones.hub.%' order by id")
    return [row["kind"].rpartition(".")[2] for row in rows]


async def test_a_hub_that_goes_is_one_alarm_until_its_phones_are_back(shelf: Shelf) -> None:
    tenant = shelf.tenant
    await shelf.report(*plugged("ABCDE"))
    assert await alarms(tenant) == ()
    await shelf.report(*plugged("DE"))
    (first,) = await alarms(tenant)
    assert (first.hub, first.others) == ("1-4", 0)
    assert first.sentence == (
        "Phone A A, Phone B B and Phone C C went from USB hub 1-4 of Shelf 1 within seconds: "
        "check the hub's cable and power"
    )
    await shelf.report(*plugged("E"))
    (wider,) = await alarms(tenant)
    assert (wider.id, [one.name[-1] for one in wider.phones]) == (first.id, ["A", "B", "C", "D"])
    await shelf.report(*plugged("ABCE"))
    assert [one.id for one in await alarms(tenant)] == [first.id]
    await shelf.report(*plugged("ABCDE"))
    assert await alarms(tenant) == ()
    async with tenant.context() as ctx:
        assert await told(ctx) == ["lost", "back"]
        (row,) = await ctx.db.all("select message, severity, client_id, data from event where kind = 'phones.hub.lost'")
    assert (row["severity"], row["client_id"]) == ("error", None)
    assert "Phone" not in row["message"].replace("phones", "")
    assert row["data"] == {"hub": "1-4"}  # everybody may read it, and the phones may be of several clients


async def test_phones_that_come_back_one_by_one_end_the_alarm_and_the_next_time_is_a_new_one(shelf: Shelf) -> None:
    tenant = shelf.tenant
    await shelf.report(*plugged("ABCDE"))

    async def die() -> None:
        for one in plugged("ABCDE")[:3]:
            await shelf.change(replace(one, alive="offline", because="it is no longer plugged in", port=""))

    await die()
    (first,) = await alarms(tenant)
    for one in plugged("ABC"):
        assert len(await alarms(tenant)) == 1
        await shelf.change(one)
    assert await alarms(tenant) == ()
    await die()
    (second,) = await alarms(tenant)
    assert second.id != first.id
    async with tenant.context() as ctx:
        assert await told(ctx) == ["lost", "back", "lost"]


async def test_a_phone_that_is_plugged_in_again_is_back_though_it_is_not_ready(shelf: Shelf) -> None:
    await shelf.report(*plugged("ABCDE"))
    await shelf.report(*plugged("DE"))
    slow = [seen(number, one, port=PORTS[one], alive="offline", because=f"iPhone {one} is at step 4 of 9, tunnel is up")
            for number, one in enumerate("ABC", start=7)]  # fmt: skip
    assert len(await alarms(shelf.tenant)) == 1
    await shelf.change(*slow)
    assert await alarms(shelf.tenant) == ()
    async with shelf.tenant.context() as ctx:
        assert await told(ctx) == ["lost", "back"]


async def test_two_phones_are_no_hub_and_a_lost_agent_is_none_either(shelf: Shelf) -> None:
    tenant = shelf.tenant
    await shelf.report(*plugged("ABCDE"))
    await shelf.report(*plugged("CDE"))
    assert await alarms(tenant) == ()
    connection = uuid7()
    async with tenant.house.database.transaction() as tx:
        ctx = await agent_desk.acting(tx, tenant.house, shelf.agent)
        assert ctx is not None
        assert await agent_desk.connect(ctx, shelf.agent, connection, "0.1.0") is None
        await agent_desk.disconnect(ctx, shelf.agent, connection)
    await shelf.report(*plugged("E"))
    assert await alarms(tenant) == ()


async def test_a_phone_put_out_of_work_is_accounted_for(shelf: Shelf) -> None:
    tenant = shelf.tenant
    await shelf.report(*plugged("ABCDE"))
    await shelf.report(*plugged("DE"))
    (alarm,) = await alarms(tenant)
    async with tenant.context() as ctx:
        for one in alarm.phones:
            version = (await inventory.get_phone(ctx, one.id)).version
            await inventory.change_phone(
                ctx, one.id, version, PhoneChange(state="maintenance", why="moved to another room")
            )
    assert await alarms(tenant) == ()
    await shelf.report(*plugged("DE"))
    async with tenant.context() as ctx:
        assert await told(ctx) == ["lost", "back"]
        version = (await inventory.get_phone(ctx, alarm.phones[0].id)).version
        await inventory.change_phone(ctx, alarm.phones[0].id, version, PhoneChange(state="active"))
    await shelf.report(*plugged("DE"))
    assert await alarms(tenant) == ()


async def test_the_tree_shows_ports_hubs_and_what_is_elsewhere(shelf: Shelf) -> None:
    await shelf.report(*plugged("AE"), seen(9, "10.0.0.7:5555"))
    (found,) = await hubs(shelf.tenant)
    (controller,) = found.controllers
    assert (found.agent_name, controller.path, controller.kind) == ("Shelf 1", "1", "controller")
    assert [one.port for one in controller.phones] == ["1-5"]
    assert [(hub.path, hub.kind, [one.port for one in hub.phones]) for hub in controller.hubs] == [
        ("1-4", "hub", ["1-4.1"])
    ]
    assert found.elsewhere == 2  # the shelf's first phone, which went, and the one on the network


async def test_another_organisation_sees_nothing_of_it(shelf: Shelf, other_tenant: Tenant) -> None:
    await make_shelf(other_tenant, "Their shelf")
    await shelf.report(*plugged("ABCDE"))
    await shelf.report(*plugged("DE"))
    (theirs,) = await hubs(other_tenant)
    assert (theirs.agent_name, theirs.alarms, theirs.controllers) == ("Their shelf", (), ())
