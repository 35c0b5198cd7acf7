"""Giving phones to a client, or taking them back: one or many, all of them or none."""

from collections.abc import Collection
from uuid import UUID

from greenroom.infra import audit
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.errors import Forbidden
from greenroom.phones import history_store, inventory, lease_store, leases, phone_store
from greenroom.phones.access import sees_all
from greenroom.phones.contracts import Phone
from greenroom.phones.many import hold_all


async def give_phones(ctx: Context, phones: Collection[UUID], client: UUID | None) -> list[Phone]:
    """Whoever holds one loses it and is told why. Raises NotFound where one is not there, Forbidden."""
    if client is not None:
        ctx.within(client)
    rows = await hold_all(ctx, phones)
    if client is None and not sees_all(ctx):
        raise Forbidden("Ask a super user to take a phone from all clients, or give it to one of yours")
    given = [row for row in rows if row["client_id"] != client]
    for row in given:
        await _give(ctx, row, client)
    # Last, since it waits for everybody else's changes: they may wait for one of these phones.
    for row in given:
        before, after = {"client_id": row["client_id"]}, {"client_id": client}
        await audit.record(ctx, "phone.given", ("phone", row["id"]), before=before, after=after, client=client)
    return await inventory.shown(ctx, await phone_store.hold(ctx, phones))


async def give_phone(ctx: Context, phone: UUID, client: UUID | None) -> Phone:
    return (await give_phones(ctx, [phone], client))[0]


async def _give(ctx: Context, row: Row, client: UUID | None) -> None:
    phone, by = row["id"], ctx.actor.id if ctx.actor.kind == "user" else None
    standing = await lease_store.hold(ctx, phone)
    if standing["holder_kind"] is not None:
        raised = await lease_store.end(ctx, phone, standing["epoch"], "moved", by=by)
        await leases.tell(
            ctx, row["client_id"], phone, "ended", "A phone was given to another client",
            epoch=raised, was=standing["holder_id"], reason="moved",
        )  # fmt: skip
    await phone_store.give(ctx, phone, client)
    # Either client's history says nothing of the other.
    for of, kind in ((row["client_id"], "left"), (client, "given")):
        if of is not None:
            await history_store.add(ctx, of, phone, kind, by_id=by)
        await inventory.tell(ctx, of, phone, "given", "A phone was given to a client or taken back")
