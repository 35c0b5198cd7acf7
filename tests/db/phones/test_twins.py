"""One phone attached twice is held once, however it is named; phones that only say the same stay two."""

import pytest

from greenroom.kit.errors import Conflict
from greenroom.phones import leases
from greenroom.phones.contracts import Lease
from tests.db.phones.test_lease_races import both
from tests.db.phones.test_leases import take
from tests.support.house import Tenant
from tests.support.people import add_person
from tests.support.phones import Shelf, make_shelf, seen

MARK, OTHER = "ab" * 16, "cd" * 16
AIR = "192.168.1.5:5555"
FACTORY = "0123456789ABCDEF"


async def shelves(tenant: Tenant, first: str, second: str) -> tuple[Shelf, Shelf]:
    return await make_shelf(tenant, "Shelf 1", serial=first), await make_shelf(tenant, "Shelf 2", serial=second)


async def test_by_cable_and_through_the_network_it_is_one_phone(tenant: Tenant) -> None:
    cable, air = await shelves(tenant, "R58N", AIR)
    await cable.report(seen(serial="R58N", marks=(OTHER, MARK)))
    await air.report(seen(serial=AIR, marks=(MARK,)))
    bo = await add_person(tenant, "Bo")
    for _ in range(5):
        tried = await both(take(tenant, cable.phone), take(bo, air.phone))
        (won,) = [one for one in tried if isinstance(one, Lease)]
        (refused,) = [one for one in tried if isinstance(one, Conflict)]
        holder, held, agent = (tenant, cable, 1) if won.phone_id == cable.phone else (bo, air, 2)
        assert "attached to two computers" in refused.detail
        assert f"held through the agent Shelf {agent}" in refused.detail
        async with holder.context() as ctx:
            await leases.release(ctx, held.phone, won.epoch, holder.user)


async def test_what_it_said_counts_until_it_says_something_else(tenant: Tenant) -> None:
    cable, air = await shelves(tenant, "R58N", AIR)
    await cable.report(seen(serial="R58N", marks=(MARK,)))
    await air.report(seen(serial=AIR, marks=(MARK,)))
    await take(tenant, cable.phone)
    await air.report()  # it is away, and comes back before it has said who it is
    await air.report(seen(serial=AIR, marks=()))
    with pytest.raises(Conflict, match="two computers"):
        await take(tenant, air.phone)
    await air.report(seen(serial=AIR, marks=(OTHER,)))  # another one is at this address now
    assert isinstance(await take(tenant, air.phone), Lease)


async def test_one_computer_that_has_it_both_ways_holds_it_once(tenant: Tenant) -> None:
    shelf = await make_shelf(tenant, "Shelf 1", serial=FACTORY)
    ids = await shelf.report(seen(serial=FACTORY, marks=(MARK,)), seen(2, AIR, marks=(MARK,)))
    lease = await take(tenant, ids[1])
    with pytest.raises(Conflict, match="attached to Shelf 1 in two ways, and is held in the other one"):
        await take(tenant, ids[2])
    assert (await take(tenant, ids[1])).epoch == lease.epoch


@pytest.mark.parametrize(
    "serial", [FACTORY, "unknown", "(no serial number)", "00000000", "R58N at 1-4", "emulator-5554"]
)
async def test_a_serial_that_many_have_makes_nobody_a_twin(tenant: Tenant, serial: str) -> None:
    for number, marks in enumerate([((), ()), ((MARK,), (OTHER,))]):
        pair = [await make_shelf(tenant, f"Shelf {number}{one}", serial=serial) for one in (1, 2)]
        for shelf, said in zip(pair, marks, strict=True):
            await shelf.report(seen(serial=serial, marks=said))
            assert isinstance(await take(tenant, shelf.phone), Lease)


async def test_one_address_in_two_networks_is_two_phones_once_both_have_said_so(tenant: Tenant) -> None:
    first, second = await shelves(tenant, AIR, AIR)
    await take(tenant, first.phone)
    with pytest.raises(Conflict, match="two computers"):
        await take(tenant, second.phone)
    await first.report(seen(serial=AIR, marks=(MARK,)))
    await second.report(seen(serial=AIR, marks=(OTHER,)))
    assert isinstance(await take(tenant, second.phone), Lease)


async def test_another_organisations_phone_is_nobodys_twin(tenant: Tenant, other_tenant: Tenant) -> None:
    ours, theirs = await make_shelf(tenant, serial="R58N"), await make_shelf(other_tenant, serial="R58N")
    for shelf in (ours, theirs):
        await shelf.report(seen(serial="R58N", marks=(MARK,)))
        assert isinstance(await take(shelf.tenant, shelf.phone), Lease)
