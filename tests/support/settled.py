"""Waiting until what was committed has its place among the events (see greenroom.infra.feed)."""

from tests.support.house import Tenant
from tests.support.wait import until

_OPEN_YET = "select exists (select from event where xid >= gr.settled_below())"


async def settled(tenant: Tenant) -> None:
    """Returns once no event of the tenant is held back. PostgreSQL numbers transactions for all its databases, so one
    of another test that is just beginning or ending may hold ours back for a moment."""

    async def none_open() -> bool:
        async with tenant.context() as ctx:
            return not await ctx.db.value(_OPEN_YET)

    await until(none_open)
