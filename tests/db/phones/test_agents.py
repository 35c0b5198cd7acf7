"""Agents against the real database: enrolled once, known by their key, alone on their connection, shut out at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from greenroom.infra.context import Context
from greenroom.kit.clock import FixedClock
from greenroom.kit.errors import Forbidden, NotFound
from greenroom.kit.ids import uuid7
from greenroom.phones import agent_desk, agents, inventory, jobs, report
from greenroom.phones.contracts import AgentCode, Enrolled, Enrolment, NewAgent
from greenroom.phones.errors import CodeOver
from greenroom.wire.messages import Hello, Refused
from greenroom.wire.proof import signed_bytes
from greenroom.wire.version import VERSION
from tests.support.house import START, Tenant
from tests.support.phones import Shelf, make_shelf, seen

NONCE = "5a" * 32


@asynccontextmanager
async def acting(shelf: Shelf) -> AsyncIterator[Context]:
    async with shelf.tenant.house.database.transaction() as tx:
        ctx = await agent_desk.acting(tx, shelf.tenant.house, shelf.agent)
        assert ctx is not None
        yield ctx


async def new_code(tenant: Tenant) -> AgentCode:
    async with tenant.context() as ctx:
        return await agents.add_agent(ctx, NewAgent(name="Shelf 2"))


async def enrol(tenant: Tenant, code: str, key: str = "3b" * 32) -> Enrolled:
    async with tenant.house.database.transaction() as tx:
        return await agents.enrol(tx, tenant.house, Enrolment(code=code, public_key=key))


async def test_a_code_is_good_once_however_it_is_typed(tenant: Tenant) -> None:
    made = await new_code(tenant)
    tried = await asyncio.gather(
        *(enrol(tenant, made.code.lower().replace("-", " ")) for _ in range(5)), return_exceptions=True
    )
    assert sum(isinstance(one, Enrolled) for one in tried) == 1
    assert sum(isinstance(one, CodeOver) for one in tried) == 4
    async with tenant.context() as ctx:
        (row,) = await ctx.db.all("select code_hash, code_expires_at, public_key from agent")
        (shown,) = await agents.list_agents(ctx)
    assert row == {"code_hash": None, "code_expires_at": None, "public_key": bytes.fromhex("3b" * 32)}
    assert (shown.state, shown.made_by) == ("away", tenant.user)


async def test_a_code_that_is_too_old_or_of_an_agent_shut_out_is_over(tenant: Tenant) -> None:
    clock = FixedClock(START)
    tenant = replace(tenant, house=replace(tenant.house, clock=clock))
    old, revoked = await new_code(tenant), await new_code(tenant)
    async with tenant.context() as ctx:
        await agents.revoke_agent(ctx, revoked.agent.id)
    for code in (revoked.code, "AAAA-AAAA-AAAA-AAAA", "…"):
        with pytest.raises(CodeOver):
            await enrol(tenant, code)
    clock.advance(timedelta(minutes=10))
    with pytest.raises(CodeOver):
        await enrol(tenant, old.code)


async def test_agents_are_a_super_users(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        administrator = replace(ctx, whole=False)
        for act in (agents.list_agents(administrator), agents.add_agent(administrator, NewAgent(name="Mine"))):
            with pytest.raises(Forbidden, match="super user"):
                await act


async def test_who_connects_shows_that_it_holds_the_key(shelf: Shelf, other_tenant: Tenant) -> None:
    signed = shelf.key.sign(signed_bytes(NONCE, shelf.agent)).hex()
    other = await make_shelf(other_tenant)
    forged = Ed25519PrivateKey.generate().sign(signed_bytes(NONCE, shelf.agent)).hex()
    theirs = other.key.sign(signed_bytes(NONCE, shelf.agent)).hex()
    replayed = shelf.key.sign(signed_bytes("00" * 32, shelf.agent)).hex()
    async with acting(shelf) as ctx:
        assert ctx.organisation == shelf.tenant.organisation
        assert await agent_desk.check_proof(ctx, shelf.agent, NONCE, signed) is None
        for wrong in (forged, theirs, replayed, "00" * 64):
            refused = await agent_desk.check_proof(ctx, shelf.agent, NONCE, wrong)
            assert isinstance(refused, Refused)
            assert refused.kind == "forged"
        # Another organisation's agent is none of this one's, however well it signs.
        refused = await agent_desk.check_proof(ctx, other.agent, NONCE, theirs)
        assert refused is not None
    async with shelf.tenant.house.database.transaction() as tx:
        assert await agent_desk.acting(tx, shelf.tenant.house, uuid7()) is None


def test_another_version_is_told_what_to_upgrade() -> None:
    assert agent_desk.check_version(Hello(VERSION, uuid7(), "0.1.0")) is None
    refused = agent_desk.check_version(Hello(VERSION - 1, uuid7(), "0.0.9"))
    assert refused is not None
    assert (refused.kind, refused.again) == ("version", False)
    assert refused.sentence.startswith("Upgrade the agent")


async def test_one_connection_speaks_for_an_agent(shelf: Shelf) -> None:
    first, second = uuid7(), uuid7()

    async def connect(connection: UUID) -> Refused | None:
        async with acting(shelf) as ctx:
            return await agent_desk.connect(ctx, shelf.agent, connection, "0.1.0")

    tried = await asyncio.gather(connect(first), connect(second))
    assert [one.kind for one in tried if one] == ["second"]
    mine, yours = (first, second) if tried[0] is None else (second, first)
    async with acting(shelf) as ctx:
        assert await agent_desk.beat(ctx, shelf.agent, mine) is None
        refused = await agent_desk.beat(ctx, shelf.agent, yours)
        assert refused is not None
        await agent_desk.disconnect(ctx, shelf.agent, yours)
        assert not (await inventory.get_phone(ctx, shelf.phone)).offline_since
        await agent_desk.disconnect(ctx, shelf.agent, mine)
        assert (await inventory.get_phone(ctx, shelf.phone)).because == "its agent is not connected"
    assert await connect(yours) is None


async def test_an_agent_of_which_nothing_is_heard_takes_its_phones_along(shelf: Shelf) -> None:
    connection = uuid7()
    async with acting(shelf) as ctx:
        assert await agent_desk.connect(ctx, shelf.agent, connection, "0.1.0") is None
    await jobs.give_up_agents(shelf.tenant.house)
    async with acting(shelf) as ctx:
        assert (await inventory.get_phone(ctx, shelf.phone)).state == "active"
        await ctx.db.execute("update agent set last_seen_at = last_seen_at - interval '8 seconds'")
    await jobs.give_up_agents(shelf.tenant.house)
    async with acting(shelf) as ctx:
        phone = await inventory.get_phone(ctx, shelf.phone)
        assert (phone.state, phone.because) == ("offline", "nothing is heard of its agent")
        assert await agent_desk.beat(ctx, shelf.agent, connection) is not None
    # It comes back, and so do they.
    await shelf.report(seen())
    async with acting(shelf) as ctx:
        assert (await inventory.get_phone(ctx, shelf.phone)).state == "active"


async def test_an_agent_shut_out_is_out_with_its_next_beat(shelf: Shelf, other_tenant: Tenant) -> None:
    connection = uuid7()
    async with acting(shelf) as ctx:
        await agent_desk.connect(ctx, shelf.agent, connection, "0.1.0")
    with pytest.raises(NotFound):
        async with other_tenant.context() as ctx:
            await agents.revoke_agent(ctx, shelf.agent)
    async with shelf.tenant.context() as ctx:
        await agents.revoke_agent(ctx, shelf.agent)
        assert (await inventory.get_phone(ctx, shelf.phone)).because == "its agent was shut out"
    async with acting(shelf) as ctx:
        for refused in (
            await agent_desk.beat(ctx, shelf.agent, connection),
            await agent_desk.check_proof(
                ctx, shelf.agent, NONCE, shelf.key.sign(signed_bytes(NONCE, shelf.agent)).hex()
            ),
        ):
            assert refused is not None
            assert (refused.kind, refused.again) == ("revoked", False)
        assert await agent_desk.connect(ctx, shelf.agent, uuid7(), "0.1.0") is not None


async def test_phones_come_go_and_come_back_as_the_same(shelf: Shelf) -> None:
    serial = "<script>alert(1)</script>\x1b[31m\u202egpj"
    first = await shelf.report(seen(), seen(2, serial, model="<b>X</b>\x07\u202e", because="\x1b[0m"))
    again = await shelf.report(seen(9, serial), seen(4))
    assert (again[9], again[4]) == (first[2], first[1])
    async with acting(shelf) as ctx:
        strange = await inventory.get_phone(ctx, first[2])
        assert strange.client_id is None
        assert (strange.name, strange.serial) == ("<b>X</b> mgpj", serial)
        await report.all_seen(ctx, shelf.agent, [seen(1, alive="offline", because="it does not answer")])
        gone = [await inventory.get_phone(ctx, one) for one in (first[1], first[2])]
        kinds = await ctx.db.all("select kind, count(*) as n from event where kind like 'phones.phone.%' group by kind")
    assert [one.state for one in gone] == ["offline", "offline"]
    assert {row["kind"]: row["n"] for row in kinds} == {
        "phones.phone.came": 2, "phones.phone.went": 2, "phones.phone.given": 2,
    }  # fmt: skip
