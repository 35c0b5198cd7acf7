"""Leases in real concurrent transactions: whoever comes at the same moment, one holds the phone, with one reason."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta

import pytest

from greenroom.kit.errors import Conflict, NotFound
from greenroom.phones import giving, jobs, lease_changes, lease_store, leases
from greenroom.phones.contracts import Lease, PastLease
from greenroom.phones.errors import LeaseLost, PhoneHeld
from greenroom.phones.rules import LEASE
from tests.db.phones.test_inventory import add_client
from tests.db.phones.test_leases import events, past, renew, shift, take
from tests.support.house import Tenant
from tests.support.people import add_person
from tests.support.phones import Shelf, make_shelf, seen

ROUNDS = 5


async def both(*acts: Awaitable[object]) -> list[object]:
    """What each came to; anything but an answer in words fails."""
    tried = await asyncio.gather(*acts, return_exceptions=True)
    for one in tried:
        if isinstance(one, BaseException) and not isinstance(one, Conflict | NotFound):
            raise one
    return list(tried)


def check(ended: list[PastLease], present: int) -> None:
    """Each epoch of a holder ended once, and none was skipped but those of nobody."""
    epochs = [one.epoch for one in ended]
    assert epochs == sorted(set(epochs), reverse=True)
    assert present > max(epochs, default=-1)


async def epoch_of(shelf: Shelf) -> int:
    async with shelf.tenant.context() as ctx:
        row = await lease_store.lease(ctx, shelf.phone)
    return int(row["epoch"])


async def test_a_lease_that_is_over_goes_to_one_of_two_and_ends_once(shelf: Shelf) -> None:
    bo, cy = await add_person(shelf.tenant, "Bo"), await add_person(shelf.tenant, "Cy")
    for round in range(ROUNDS):
        lease = await take(shelf.tenant, shelf.phone)
        await shift(shelf, expires_at=LEASE)
        tried = await both(
            take(bo, shelf.phone), jobs.settle_leases(shelf.tenant.house), take(cy, shelf.phone),
            renew(shelf.tenant, shelf.phone, lease.epoch),
        )  # fmt: skip
        won = [one for one in tried if isinstance(one, Lease)]
        assert len(won) == 1, tried
        assert isinstance(tried[3], LeaseLost)
        ended = await past(shelf)
        assert [one.reason for one in ended if one.epoch == lease.epoch] == ["expired"]
        check(ended, won[0].epoch)
        holder = bo if won[0].holder_id == bo.user else cy
        async with holder.context() as ctx:
            await leases.release(ctx, shelf.phone, won[0].epoch, holder.user)
        assert len(await past(shelf)) == 2 * (round + 1)


async def test_input_at_the_last_moment_keeps_an_idle_lease_or_the_lease_is_over(shelf: Shelf) -> None:
    for _ in range(ROUNDS):
        lease = await take(shelf.tenant, shelf.phone)
        await shift(shelf, input_at=timedelta(minutes=15))
        await jobs.settle_leases(shelf.tenant.house)
        await shift(shelf, idle_asked_at=timedelta(minutes=1))
        kept, _ = await both(
            renew(shelf.tenant, shelf.phone, lease.epoch, touched=True), jobs.settle_leases(shelf.tenant.house)
        )
        reasons = [one.reason for one in await past(shelf) if one.epoch == lease.epoch]
        if isinstance(kept, Lease):
            assert reasons == []
            async with shelf.tenant.context() as ctx:
                await leases.release(ctx, shelf.phone, lease.epoch, shelf.tenant.user)
        else:
            assert isinstance(kept, LeaseLost)
            assert reasons == ["idle"]


async def test_a_phone_given_away_while_it_is_taken_is_held_by_nobody_of_the_old_client(shelf: Shelf) -> None:
    bo, second = await add_person(shelf.tenant, "Bo"), await add_client(shelf.tenant, "Two")
    clients = (shelf.tenant.client, second)

    async def give() -> None:
        async with shelf.tenant.context(clients=clients) as ctx:
            await giving.give_phone(ctx, shelf.phone, second)

    tried = await both(take(bo, shelf.phone), give(), take(shelf.tenant, shelf.phone))
    assert tried[1] is None
    async with shelf.tenant.context(clients=clients) as ctx:
        row = await lease_store.lease(ctx, shelf.phone)
        assert (row["client_id"], row["holder_id"]) == (second, None)
        ended = await leases.past_leases(ctx, shelf.phone, before=None, limit=10)
        assert {one.reason for one in ended} <= {"moved"}
        assert len(ended) == sum(isinstance(one, Lease) for one in tried)
        check(ended, row["epoch"])
        taken = await ctx.db.all("select client_id from event where kind = 'phones.lease.taken'")
        assert {one["client_id"] for one in taken} <= {shelf.tenant.client}


async def test_who_breaks_in_while_it_is_handed_over_or_given_back_leaves_one_reason(shelf: Shelf) -> None:
    bo, cy = await add_person(shelf.tenant, "Bo"), await add_person(shelf.tenant, "Cy")

    async def break_in(one: Tenant) -> Lease:
        async with one.context() as ctx:
            return await lease_changes.break_in(ctx, shelf.phone, "the post is due")

    async def hand_over(epoch: int) -> Lease:
        async with shelf.tenant.context() as ctx:
            return await lease_changes.hand_over(ctx, shelf.phone, epoch)

    async def ask() -> None:
        async with cy.context() as ctx:
            await lease_changes.ask(ctx, shelf.phone, "")

    for _ in range(ROUNDS):
        lease = await take(shelf.tenant, shelf.phone)
        await ask()
        await both(break_in(bo), hand_over(lease.epoch), ask())
        ended = await past(shelf)
        assert [one.epoch for one in ended].count(lease.epoch) == 1
        check(ended, await epoch_of(shelf))
        async with bo.context() as ctx:
            now = await leases.lease_of(ctx, shelf.phone)
            await leases.release(ctx, shelf.phone, now.epoch, now.holder_id)


async def test_a_lease_that_ran_out_is_not_handed_over(shelf: Shelf) -> None:
    bo = await add_person(shelf.tenant, "Bo")
    lease = await take(shelf.tenant, shelf.phone)
    async with bo.context() as ctx:
        await lease_changes.ask(ctx, shelf.phone, "")
        (told,) = await events(ctx, "phones.lease.asked")
    assert (told["holder"], told["by"]) == (str(shelf.tenant.user), str(bo.user))
    await shift(shelf, expires_at=LEASE)
    with pytest.raises(LeaseLost):
        async with shelf.tenant.context() as ctx:
            await lease_changes.hand_over(ctx, shelf.phone, lease.epoch)
    assert isinstance(await take(bo, shelf.phone), Lease)
    with pytest.raises(PhoneHeld, match="Bo holds this phone"):
        await take(shelf.tenant, shelf.phone)


async def test_a_phone_on_two_computers_is_held_through_one_of_them(tenant: Tenant) -> None:
    first = await make_shelf(tenant, "Shelf 1", serial="R58N")
    second = await make_shelf(tenant, "Shelf 2", serial="R58N")
    other_client = await add_client(tenant, "Two")
    async with tenant.context(clients=(tenant.client, other_client)) as ctx:
        await giving.give_phone(ctx, second.phone, other_client)
    bo = replace(await add_person(tenant, "Bo"), client=other_client)
    for _ in range(ROUNDS):
        tried = await both(take(tenant, first.phone), take(bo, second.phone))
        won = [one for one in tried if isinstance(one, Lease)]
        assert len(won) == 1, tried
        holder, held = (tenant, first) if won[0].phone_id == first.phone else (bo, second)
        (refused,) = [one for one in tried if isinstance(one, Conflict)]
        assert "attached to two computers" in refused.detail
        assert f"held through the agent Shelf {1 if held is first else 2}" in refused.detail
        assert isinstance(await take(holder, held.phone), Lease)
        async with holder.context() as ctx:
            await leases.release(ctx, held.phone, won[0].epoch, holder.user)


async def test_a_lease_that_is_over_on_one_computer_and_the_same_serial_of_another_platform_stop_nobody(
    tenant: Tenant,
) -> None:
    first = await make_shelf(tenant, "Shelf 1", serial="R58N")
    second = await make_shelf(tenant, "Shelf 2", serial="R58N")
    lease = await take(tenant, first.phone)
    with pytest.raises(Conflict, match="two computers"):
        await take(tenant, second.phone)
    await shift(first, expires_at=LEASE)
    tried = await both(take(tenant, second.phone), renew(tenant, first.phone, lease.epoch))
    assert [type(one) for one in tried] == [Lease, LeaseLost]
    async with tenant.context() as ctx:
        await leases.release(ctx, second.phone, lease.epoch, tenant.user)
    await second.report(seen(serial="R58N", platform="ios"))
    for shelf in (first, second):
        assert isinstance(await take(tenant, shelf.phone), Lease)


@pytest.mark.parametrize("serial", ["emulator-5554", "127.0.0.1:28000"])
async def test_a_serial_that_names_a_place_on_its_computer_is_no_sign_of_one_phone(tenant: Tenant, serial: str) -> None:
    for name in ("Shelf 1", "Shelf 2"):
        shelf = await make_shelf(tenant, name, serial=serial)
        assert isinstance(await take(tenant, shelf.phone), Lease)
