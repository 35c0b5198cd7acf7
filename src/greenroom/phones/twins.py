"""One phone that two computers reach: it has a row of each agent's, and one of them at a time may be held."""

import re

from greenroom.infra.context import Context
from greenroom.infra.database import Row, Scope
from greenroom.kit.errors import Conflict
from greenroom.phones import lease_store as store
from greenroom.tenancy import facade as tenancy

_OF_COMPUTER = re.compile(r"emulator-\d+|(127\.\d+\.\d+\.\d+|localhost|\[?::1\]?):\d+")
"""Serials that name a place on a computer: another one has its own phone there."""


async def check_alone(ctx: Context, phone: Row) -> None:
    """Raises Conflict while this phone is held through another agent; nobody else takes it until the transaction ends.

    The other row may be another client's, so it is looked for among all of the organisation's.
    """
    agent, platform, serial = phone["agent_id"], phone["platform"], phone["serial"]
    if _OF_COMPUTER.fullmatch(serial):
        return
    await store.alone(ctx, platform, serial)
    if not await store.other_agents(ctx, agent):
        return
    clients = await tenancy.clients_of(ctx.db, ctx.organisation)
    await ctx.db.enter(Scope(ctx.organisation, clients, str(ctx.actor)))
    other = await store.twin_held(ctx, agent, platform, serial)
    await ctx.db.enter(Scope(ctx.organisation, ctx.clients, str(ctx.actor)))
    if other is not None:
        raise Conflict(
            f"This phone seems to be attached to two computers, and is held through the agent {other}: wait until it is"
            f" given back there, or disconnect it from one of the two, {other} or {phone['agent_name']}"
        )
