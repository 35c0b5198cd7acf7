"""What time does to leases: they end when their holder is gone, and people who are idle are asked, then end."""

from uuid import UUID

from greenroom.infra.context import Context
from greenroom.phones import lease_store as store
from greenroom.phones import leases
from greenroom.phones.rules import Settle, Standing, settle


async def settle_lease(ctx: Context, phone: UUID) -> Settle:
    """Ask the holder whether they are still there, or end the lease; gives what was done."""
    row = await store.hold(ctx, phone)
    if row["holder_kind"] is None:
        return "nothing"
    standing = Standing(row["holder_kind"], row["expires_at"], row["input_at"], row["idle_asked_at"])
    step = settle(standing, row["now"])
    if step == "ask":
        await store.ask_idle(ctx, phone, row["epoch"], row["input_at"])
        message = "A phone was not touched for 15 minutes; is its holder still there?"
        await leases.tell(ctx, row["client_id"], phone, "idle", message, epoch=row["epoch"], holder=row["holder_id"])
    elif step != "nothing":
        raised = await store.end(ctx, phone, row["epoch"], step)
        message = f"A phone was given back by itself ({step})"
        await leases.tell(
            ctx, row["client_id"], phone, "ended", message, epoch=raised, was=row["holder_id"], reason=step
        )
    return step
