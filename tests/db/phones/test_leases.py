"""Leases against the real database: one wins, epochs rise, a stale one is refused, every end has its reason."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from greenroom.infra.context import Actor, Context
from greenroom.kit.errors import Conflict, NotFound
from greenroom.kit.ids import uuid7
from greenroom.phones import giving, inventory, jobs, lease_changes, lease_store, leases
from greenroom.phones.contracts import Lease, PastLease, PhoneChange
from greenroom.phones.errors import LeaseLost, PhoneHeld
from greenroom.phones.rules import LEASE
from greenroom.tenancy import store as tenancy_store
from tests.support.house import Tenant
from tests.support.people import add_person
from tests.support.phones import Shelf, seen


async def take(tenant: Tenant, phone: UUID) -> Lease:
    async with tenant.context() as ctx:
        return await leases.take(ctx, phone, "person", tenant.user)


async def renew(tenant: Tenant, phone: UUID, epoch: int, *, touched: bool = False) -> Lease:
    async with tenant.context() as ctx:
        return await leases.renew(ctx, phone, epoch, tenant.user, touched=touched)


async def past(shelf: Shelf) -> list[PastLease]:
    async with shelf.tenant.context() as ctx:
        return await leases.past_leases(ctx, shelf.phone, before=None, limit=100)


async def shift(shelf: Shelf, **columns: timedelta) -> None:
    """Let time pass for the lease's columns."""
    async with shelf.tenant.context() as ctx:
        for column, by in columns.items():
            assert column in ("expires_at", "input_at", "idle_asked_at")
            statement = f"update phone_lease set {column} = {column} - %(by)s where phone_id = %(phone)s"
            await ctx.db.execute(statement, {"by": by, "phone": shelf.phone})


async def events(ctx: Context, kind: str) -> list[dict[str, Any]]:
    rows = await ctx.db.all("select data from event where kind = %(kind)s order by id", {"kind": kind})
    return [row["data"] for row in rows]


async def test_of_twenty_who_take_it_at_once_one_gets_it(shelf: Shelf) -> None:
    people = [await add_person(shelf.tenant, f"Person {number}") for number in range(20)]
    tried = await asyncio.gather(*(take(one, shelf.phone) for one in people), return_exceptions=True)
    won = [one for one in tried if isinstance(one, Lease)]
    refused = [one for one in tried if isinstance(one, PhoneHeld)]
    assert (len(won), len(refused)) == (1, 19)
    async with shelf.tenant.context() as ctx:
        assert (await leases.lease_of(ctx, shelf.phone)).holder_id == won[0].holder_id
        assert len(await events(ctx, "phones.lease.taken")) == 1
    assert await past(shelf) == []


async def test_epochs_rise_through_every_race_and_no_end_is_without_its_reason(shelf: Shelf) -> None:
    people = [await add_person(shelf.tenant, f"Person {number}") for number in range(4)]
    seen_epochs: list[int] = []

    async def busy(one: Tenant) -> None:
        for _ in range(8):
            try:
                lease = await take(one, shelf.phone)
            except PhoneHeld:
                continue
            seen_epochs.append(lease.epoch)
            async with one.context() as ctx:
                await leases.release(ctx, shelf.phone, lease.epoch, one.user)

    await asyncio.gather(*map(busy, people))
    assert seen_epochs == sorted(set(seen_epochs))
    ended = await past(shelf)
    assert [one.epoch for one in ended] == sorted(seen_epochs, reverse=True)
    assert {one.reason for one in ended} == {"released"}


async def test_an_epoch_never_falls_whatever_a_statement_says(shelf: Shelf) -> None:
    lease = await take(shelf.tenant, shelf.phone)
    for change in ("epoch = epoch - 1", "holder_id = gen_random_uuid()"):
        with pytest.raises(psycopg.errors.RaiseException, match="higher epoch"):
            async with shelf.tenant.context() as ctx:
                await ctx.db.execute(f"update phone_lease set {change} where phone_id = '{lease.phone_id}'")


async def test_a_stale_epoch_is_refused_and_the_reason_is_said(shelf: Shelf) -> None:
    bo = await add_person(shelf.tenant, "Bo")
    first = await take(shelf.tenant, shelf.phone)
    async with bo.context() as ctx:
        second = await lease_changes.break_in(ctx, shelf.phone, "the post is due")
    assert second.epoch > first.epoch
    with pytest.raises(LeaseLost, match="Bo took this phone over: the post is due"):
        await renew(shelf.tenant, shelf.phone, first.epoch)
    with pytest.raises(LeaseLost, match="Bo took this phone over"):
        async with shelf.tenant.context() as ctx:
            await leases.release(ctx, shelf.phone, first.epoch, shelf.tenant.user)
    with pytest.raises(LeaseLost, match="take it first"):
        await renew(shelf.tenant, shelf.phone, second.epoch)
    async with bo.context() as ctx:
        assert (await leases.lease_of(ctx, shelf.phone)).holder_name == "Bo"
        (told,) = await events(ctx, "phones.lease.broken_in")
        assert (told["was"], told["by"], told["why"]) == (str(shelf.tenant.user), str(bo.user), "the post is due")
        entry = await ctx.db.one("select reason, actor_id from audit_entry where action = 'phone.broken_in'")
        assert (entry["reason"], entry["actor_id"]) == ("the post is due", bo.user)
    (ended,) = await past(shelf)
    assert (ended.reason, ended.why, ended.ended_by_name) == ("broken_in", "the post is due", "Bo")


async def test_news_of_a_phone_that_nobody_has_says_nothing_of_it_to_the_whole_organisation(shelf: Shelf) -> None:
    async with shelf.tenant.context() as ctx:
        await giving.give_phone(ctx, shelf.phone, None)
    admin = await add_person(shelf.tenant, "Bo")
    await take(shelf.tenant, shelf.phone)
    async with shelf.tenant.context() as ctx:
        asked = replace(ctx, actor=Actor("user", admin.user, "Bo"))
        await lease_changes.ask(asked, shelf.phone, "")
        taken = await lease_changes.break_in(asked, shelf.phone, "the post of a rival is due")
        await leases.release(asked, shelf.phone, taken.epoch, admin.user)
    await shelf.report()
    await shelf.report(seen())
    async with shelf.tenant.context() as ctx:
        rows = await ctx.db.all(
            """select kind, client_id, subject_id, message, data from event
               where kind like 'phones.%' and client_id is null and kind not like 'phones.agent.%'"""
        )
        people = [str(one["id"]) for one in await ctx.db.all("select id from app_user")]
    assert {row["kind"].rpartition(".")[2] for row in rows} >= {
        "taken",
        "asked",
        "broken_in",
        "released",
        "came",
        "went",
    }
    said = " ".join(str(value) for row in rows for value in row.values())
    assert not [one for one in (*people, str(shelf.phone), "rival", "Ada", "Bo") if one in said]
    assert {name for row in rows for name in row["data"]} == {"epoch"}


async def test_who_holds_it_gets_their_own_lease_again(shelf: Shelf) -> None:
    first = await take(shelf.tenant, shelf.phone)
    await shift(shelf, input_at=timedelta(minutes=5))
    again = await take(shelf.tenant, shelf.phone)
    assert (again.epoch, again.holder_name) == (first.epoch, "Ada")
    assert again.input_at >= first.input_at


async def test_it_is_handed_to_who_asked_last_with_no_moment_in_between(shelf: Shelf) -> None:
    bo, cy = await add_person(shelf.tenant, "Bo"), await add_person(shelf.tenant, "Cy")
    lease = await take(shelf.tenant, shelf.phone)
    with pytest.raises(Conflict, match="Nobody has asked"):
        async with shelf.tenant.context() as ctx:
            await lease_changes.hand_over(ctx, shelf.phone, lease.epoch)
    async with bo.context() as ctx:
        await lease_changes.ask(ctx, shelf.phone, "")
    async with cy.context() as ctx:
        asked = await lease_changes.ask(ctx, shelf.phone, "for the noon post")
    assert asked.asked is not None
    assert (asked.asked.name, asked.asked.note, asked.epoch) == ("Cy", "for the noon post", lease.epoch)
    async with shelf.tenant.context() as ctx:
        assert len(await events(ctx, "phones.lease.asked")) == 2
        handed = await lease_changes.hand_over(ctx, shelf.phone, lease.epoch)
    assert (handed.holder_name, handed.epoch, handed.asked) == ("Cy", lease.epoch + 1, None)
    (ended,) = await past(shelf)
    assert (ended.reason, ended.ended_by_name) == ("handed_over", "Cy")
    with pytest.raises(LeaseLost, match="handed over to Cy"):
        await renew(shelf.tenant, shelf.phone, lease.epoch)


async def test_a_lease_ends_with_its_holder(shelf: Shelf) -> None:
    bo = await add_person(shelf.tenant, "Bo")
    first = await take(shelf.tenant, shelf.phone)
    await shift(shelf, expires_at=LEASE)
    with pytest.raises(LeaseLost):
        await renew(shelf.tenant, shelf.phone, first.epoch)
    second = await take(bo, shelf.phone)
    assert second.epoch > first.epoch
    with pytest.raises(LeaseLost, match="Nothing was heard of you for a minute"):
        await renew(shelf.tenant, shelf.phone, first.epoch)
    assert [one.reason for one in await past(shelf)] == ["expired"]


async def test_time_asks_the_idle_and_ends_what_is_over(shelf: Shelf) -> None:
    lease = await take(shelf.tenant, shelf.phone)
    await shift(shelf, input_at=timedelta(minutes=14))
    await jobs.settle_leases(shelf.tenant.house)
    assert (await renew(shelf.tenant, shelf.phone, lease.epoch)).still_there is None

    await shift(shelf, input_at=timedelta(minutes=1))
    await jobs.settle_leases(shelf.tenant.house)
    await jobs.settle_leases(shelf.tenant.house)
    assert (await renew(shelf.tenant, shelf.phone, lease.epoch)).still_there is not None
    async with shelf.tenant.context() as ctx:
        assert len(await events(ctx, "phones.lease.idle")) == 1

    answered = await renew(shelf.tenant, shelf.phone, lease.epoch, touched=True)
    assert answered.still_there is None
    await shift(shelf, input_at=timedelta(minutes=15))
    await jobs.settle_leases(shelf.tenant.house)
    await shift(shelf, idle_asked_at=timedelta(minutes=1))
    await jobs.settle_leases(shelf.tenant.house)
    with pytest.raises(LeaseLost, match="Nobody touched this phone for 15 minutes"):
        await renew(shelf.tenant, shelf.phone, lease.epoch)

    await take(shelf.tenant, shelf.phone)
    await shift(shelf, expires_at=LEASE)
    await jobs.settle_leases(shelf.tenant.house)
    assert [one.reason for one in await past(shelf)] == ["expired", "idle"]
    async with shelf.tenant.context() as ctx:
        ended = await events(ctx, "phones.lease.ended")
        assert [one["reason"] for one in ended] == ["idle", "expired"]
        row = await lease_store.lease(ctx, shelf.phone)
    assert (row["holder_id"], row["epoch"]) == (None, ended[-1]["epoch"])


async def test_two_who_end_it_at_once_leave_one_reason(shelf: Shelf) -> None:
    bo, cy = await add_person(shelf.tenant, "Bo"), await add_person(shelf.tenant, "Cy")
    lease = await take(shelf.tenant, shelf.phone)

    async def break_in(one: Tenant) -> Lease:
        async with one.context() as ctx:
            return await lease_changes.break_in(ctx, shelf.phone, "the post is due")

    async def let_go() -> None:
        async with shelf.tenant.context() as ctx:
            await leases.release(ctx, shelf.phone, lease.epoch, shelf.tenant.user)

    tried = await asyncio.gather(break_in(bo), let_go(), break_in(cy), return_exceptions=True)
    assert all(one is None or isinstance(one, Lease | Conflict) for one in tried), tried
    ended = await past(shelf)
    assert [one.epoch for one in ended].count(lease.epoch) == 1
    async with shelf.tenant.context() as ctx:
        row = await lease_store.lease(ctx, shelf.phone)
    assert row["epoch"] == max(one.epoch for one in ended) + 1


async def test_a_phone_that_is_away_or_out_of_work_is_not_taken(shelf: Shelf) -> None:
    async with shelf.tenant.context() as ctx:
        phone = await inventory.get_phone(ctx, shelf.phone)
        await inventory.change_phone(
            ctx, shelf.phone, phone.version, PhoneChange(state="quarantined", why="the battery swells")
        )
        with pytest.raises(Conflict, match="out of work"):
            await leases.take(ctx, shelf.phone, "workflow", uuid7())
        await inventory.change_phone(ctx, shelf.phone, phone.version + 1, PhoneChange(state="active"))
    await shelf.report(seen(serial="another"))
    with pytest.raises(Conflict, match="offline"):
        await take(shelf.tenant, shelf.phone)


async def test_a_phone_given_to_another_client_leaves_its_holder_and_its_history(shelf: Shelf) -> None:
    second = uuid7()
    async with shelf.tenant.context() as ctx:
        row = {"id": second, "name": "Two", "colour": "#3f6b4f", "zone": "UTC"}
        await tenancy_store.add_client(ctx.db, shelf.tenant.organisation, row)
    lease = await take(shelf.tenant, shelf.phone)
    async with shelf.tenant.context(clients=(shelf.tenant.client, second)) as ctx:
        await giving.give_phone(ctx, shelf.phone, second)
        (ended,) = await leases.past_leases(ctx, shelf.phone, before=None, limit=10)
        assert (ended.reason, ended.epoch) == ("moved", lease.epoch)
    with pytest.raises(NotFound):
        await renew(shelf.tenant, shelf.phone, lease.epoch)
    async with shelf.tenant.context(clients=(second,)) as ctx:
        assert await leases.past_leases(ctx, shelf.phone, before=None, limit=10) == []
        mine = await leases.take(ctx, shelf.phone, "person", shelf.tenant.user)
        assert mine.epoch > lease.epoch
        nobodys = await giving.give_phone(ctx, shelf.phone, None)
        assert (nobodys.client_id, nobodys.lease) == (None, None)
        again = await giving.give_phone(ctx, shelf.phone, second)
        assert again.client_id == second
        assert (await leases.take(ctx, shelf.phone, "person", shelf.tenant.user)).epoch > mine.epoch
