"""Taking a phone, keeping it and giving it back. One holds it at a time; the epoch says who."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from greenroom.infra import events
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.errors import Conflict
from greenroom.phones import lease_store as store
from greenroom.phones import phone_store, twins
from greenroom.phones.contracts import Asked, Lease, PastLease
from greenroom.phones.errors import LeaseLost, PhoneHeld
from greenroom.phones.holders import holder_name, names_in, person_name
from greenroom.phones.rules import LEASE, HolderKind, ending, shown_state, why_not


async def take(ctx: Context, phone: UUID, kind: HolderKind, holder: UUID) -> Lease:
    """Hold the phone from now on; the same lease for who holds it already.

    Raises PhoneHeld, Conflict where it can't be taken in its state, NotFound.
    """
    row = await phone_store.phone(ctx, phone)
    reason = why_not(shown_state(row["state"], row["offline_since"]), kind, row["alive"], row["because"])
    if reason is not None:
        raise Conflict(reason)
    await twins.check_alone(ctx, row)
    claimed = await store.claim(ctx, phone, kind, holder, LEASE)
    if claimed is None:
        return await _held_already(ctx, phone, kind, holder)
    # The client that has it now: it may have been given away since it was looked at.
    await tell(ctx, claimed["client_id"], phone, "taken", "A phone was taken", epoch=claimed["epoch"], holder=holder)
    return await lease_of(ctx, phone)


async def renew(ctx: Context, phone: UUID, epoch: int, holder: UUID, *, touched: bool) -> Lease:
    """Keep it for another minute; `touched` says that there was input. Raises LeaseLost with the reason."""
    if not await store.renew(ctx, phone, epoch, holder, LEASE, touched=touched):
        raise await lost(ctx, phone, epoch)
    return await lease_of(ctx, phone)


async def release(ctx: Context, phone: UUID, epoch: int, holder: UUID) -> None:
    """Give it back. Raises LeaseLost with the reason where it was lost before."""
    row = await store.hold(ctx, phone)
    if row["holder_id"] != holder or await store.end(ctx, phone, epoch, "released") is None:
        raise await lost(ctx, phone, epoch)
    await tell(ctx, row["client_id"], phone, "released", "A phone was given back", epoch=epoch + 1, was=holder)


async def lease_of(ctx: Context, phone: UUID) -> Lease:
    """The lease that stands; Conflict when nobody holds the phone."""
    found = await leases_of(ctx, [phone])
    if phone not in found:
        raise Conflict("Nobody holds this phone; take it first")
    return found[phone]


async def leases_of(ctx: Context, phones: Collection[UUID]) -> dict[UUID, Lease]:
    """The leases that stand, by phone."""
    rows = await store.leases(ctx, phones)
    names = await names_in(ctx, rows, "holder_id", "asked_by")
    return {row["phone_id"]: _shown(row, names) for row in rows}


async def past_leases(ctx: Context, phone: UUID, *, before: int | None, limit: int) -> list[PastLease]:
    """Who held it and why no longer, the newest first."""
    await phone_store.phone(ctx, phone)
    rows = await store.past(ctx, phone, before, limit)
    names = await names_in(ctx, rows, "holder_id", "ended_by")
    return [
        PastLease(
            **row,
            holder_name=holder_name(row, names),
            ended_by_name=person_name(row["ended_by"], names),
        )
        for row in rows
    ]


async def lost(ctx: Context, phone: UUID, epoch: int) -> LeaseLost:
    """What to say to who speaks of a lease that is not theirs any more; NotFound for a phone that is not here."""
    await phone_store.phone(ctx, phone)
    row = await store.past_of(ctx, phone, epoch)
    if row is None:
        return LeaseLost("You do not hold this phone; take it first")
    names = await names_in(ctx, [row], "ended_by")
    return LeaseLost(ending(row["reason"], names.get(row["ended_by"]), row["why"]), reason=row["reason"])


async def tell(ctx: Context, client: UUID | None, phone: UUID, done: str, message: str, **data: Any) -> None:
    """News for open walls and for the socket of the phone's agent, which learns the epoch from it.

    Of a phone that no client has everybody in the organisation hears, also who may not see it: only that there is news.
    """
    said = data if client is not None else {"epoch": data["epoch"]}
    plain = {name: str(value) if isinstance(value, UUID) else value for name, value in said.items()}
    await events.emit(
        ctx,
        f"phones.lease.{done}",
        subject=("phone", phone) if client is not None else None,
        message=message,
        client=client,
        whole=client is None,
        data=plain,
    )


async def _held_already(ctx: Context, phone: UUID, kind: str, holder: UUID) -> Lease:
    """Of who holds it; the holder gets their own lease, renewed."""
    found = (await leases_of(ctx, [phone])).get(phone)
    if found is None:
        raise PhoneHeld("Somebody else was quicker; try again")
    if (found.holder_kind, found.holder_id) == (kind, holder):
        return await renew(ctx, phone, found.epoch, holder, touched=True)
    raise PhoneHeld(f"{found.holder_name} holds this phone; ask for it, or wait until it is given back")


def _shown(row: Row, names: dict[UUID, str]) -> Lease:
    by, name = row["asked_by"], person_name(row["asked_by"], names)
    asked = Asked(by=by, name=name, at=row["asked_at"], note=row["asked_note"]) if name is not None else None
    return Lease(
        phone_id=row["phone_id"],
        epoch=row["epoch"],
        holder_kind=row["holder_kind"],
        holder_id=row["holder_id"],
        holder_name=holder_name(row, names),
        taken_at=row["taken_at"],
        expires_at=row["expires_at"],
        input_at=row["input_at"],
        still_there=row["idle_asked_at"],
        asked=asked,
    )
