"""How a phone that somebody holds comes to somebody else: asked for and handed over, broken in, given away."""

from uuid import UUID

from greenroom.infra import audit
from greenroom.infra.context import Context
from greenroom.kit.errors import Conflict
from greenroom.phones import lease_store as store
from greenroom.phones import leases, phone_store
from greenroom.phones.contracts import Lease
from greenroom.phones.rules import LEASE


async def ask(ctx: Context, phone: UUID, note: str) -> Lease:
    """Let the holder know that the acting person wants it next. Raises Conflict where there is nobody to ask."""
    person, row = ctx.person(), await phone_store.phone(ctx, phone)
    lease = await leases.lease_of(ctx, phone)
    if lease.holder_id == person:
        raise Conflict("You hold this phone yourself")
    if lease.holder_kind == "workflow":
        raise Conflict("A workflow holds this phone; pause the workflow, or break in")
    if not await store.ask(ctx, phone, lease.epoch, person, note):
        raise Conflict("The phone changed hands just now; look again")
    told = {"epoch": lease.epoch, "holder": lease.holder_id, "by": person}
    await leases.tell(ctx, row["client_id"], phone, "asked", "A phone is asked for", **told)
    return await leases.lease_of(ctx, phone)


async def hand_over(ctx: Context, phone: UUID, epoch: int) -> Lease:
    """To who asked last, with no moment in between. Raises LeaseLost, and Conflict when nobody asked."""
    person = ctx.person()
    row = await store.hold(ctx, phone)
    if row["epoch"] != epoch or row["holder_id"] != person or row["expires_at"] <= row["now"]:
        raise await leases.lost(ctx, phone, epoch)
    if row["asked_by"] is None:
        raise Conflict("Nobody has asked for this phone; give it back instead")
    raised = await store.pass_on(ctx, phone, epoch, row["asked_by"], LEASE, "handed_over", by=row["asked_by"])
    if raised is None:
        raise await leases.lost(ctx, phone, epoch)
    await leases.tell(
        ctx, row["client_id"], phone, "handed_over", "A phone was handed over",
        epoch=raised, holder=row["asked_by"], was=person,
    )  # fmt: skip
    return await leases.lease_of(ctx, phone)


async def break_in(ctx: Context, phone: UUID, why: str) -> Lease:
    """Take it from who holds it, who is told by whom and why; in the audit trail. Conflict when nobody holds it."""
    person = ctx.person()
    row = await store.hold(ctx, phone)
    if row["holder_kind"] is None or row["expires_at"] <= row["now"]:
        raise Conflict("Nobody holds this phone; just take it")
    if row["holder_id"] == person:
        raise Conflict("You hold this phone yourself")
    raised = await store.pass_on(ctx, phone, row["epoch"], person, LEASE, "broken_in", why=why, by=person)
    if raised is None:
        raise Conflict("The phone changed hands just now; look again")
    await leases.tell(
        ctx, row["client_id"], phone, "broken_in", "A phone was taken over by an administrator",
        epoch=raised, holder=person, was=row["holder_id"], by=person, why=why,
    )  # fmt: skip
    await audit.record(
        ctx,
        "phone.broken_in",
        ("phone", phone),
        before={"holder_kind": row["holder_kind"], "holder": row["holder_id"], "epoch": row["epoch"]},
        after={"holder_kind": "person", "holder": person, "epoch": raised},
        client=row["client_id"],
        reason=why,
    )
    return await leases.lease_of(ctx, phone)
