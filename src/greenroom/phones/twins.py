"""One phone that is attached twice: each way that leads to it has a row, and one of them at a time may be held."""

import re

from greenroom.infra.context import Context
from greenroom.infra.database import Row, Scope
from greenroom.kit.errors import Conflict
from greenroom.phones import lease_store as store
from greenroom.phones import phone_store
from greenroom.tenancy import facade as tenancy
from greenroom.wire.serials import is_own

_OF_COMPUTER = re.compile(r"emulator-\d+|(127\.\d+\.\d+\.\d+|localhost|\[?::1\]?):\d+|.* at \S+")
"""Serials that name a place on a computer: another one has its own phone there."""
_OF_NETWORK = re.compile(r".*:\d+")


async def check_alone(ctx: Context, phone: Row) -> None:
    """Raises Conflict while this phone is held on another way; nobody else takes it until the transaction ends.

    The other row may be another client's, so it is looked for among all of the organisation's.
    """
    marks = await phone_store.marks(ctx, phone["id"])
    serial = _telling(phone["serial"], marks)
    if serial is None and not marks:
        return
    await store.alone(ctx, phone["platform"], [*marks, *([serial] if serial is not None else [])])
    clients = await tenancy.clients_of(ctx.db, ctx.organisation)
    await ctx.db.enter(Scope(ctx.organisation, clients, str(ctx.actor)))
    other = await store.twin_held(ctx, phone, serial, marks)
    await ctx.db.enter(Scope(ctx.organisation, ctx.clients, str(ctx.actor)))
    if other is None:
        return
    mine, its = phone["agent_name"], other["agent_name"]
    if other["agent_id"] == phone["agent_id"]:
        raise Conflict(
            f"This phone seems to be attached to {mine} in two ways, and is held in the other one: wait until it is"
            " given back there, or disconnect one of the two"
        )
    raise Conflict(
        f"This phone seems to be attached to two computers, and is held through the agent {its}: wait until it is"
        f" given back there, or disconnect it from one of the two, {its} or {mine}"
    )


def _telling(serial: str, marks: list[str]) -> str | None:
    """The serial where by itself it tells this phone from all others of the organisation.

    Two networks may have the same address; who has said more of itself is known by that.
    """
    if not is_own(serial) or _OF_COMPUTER.fullmatch(serial) or (marks and _OF_NETWORK.fullmatch(serial)):
        return None
    return serial
