"""Queue slots: the times of the week at which an account usually posts."""

from datetime import time
from uuid import UUID

from greenroom.channels import facade as channels
from greenroom.infra import audit, events
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.errors import Conflict
from greenroom.kit.ids import uuid7
from greenroom.planner import schedule_store
from greenroom.planner import slot_store as store
from greenroom.planner.slot_contracts import NewSlot, Slot

MOST = 100
"""Slots of one account."""


async def list_slots(
    ctx: Context, account: UUID | None, *, after: tuple[UUID, int, time, UUID] | None = None, limit: int | None = None
) -> list[Slot]:
    """By account, day of the week and time: those after such a place and id, so many."""
    return [_slot(row) for row in await store.slots(ctx, account, after=after, limit=limit)]


async def add_slot(ctx: Context, new: NewSlot) -> Slot:
    """Raises NotFound for no such account, Conflict when the slot is there already or there are too many."""
    account = await channels.get_account(ctx, new.account_id)
    await channels.lock_accounts(ctx, [account.id])
    there = await store.slots(ctx, account.id)
    if len(there) >= MOST:
        raise Conflict(f"{account.name} has {MOST} slots; remove one first")
    at = time.fromisoformat(new.at)
    if any((row["weekday"], row["at"]) == (new.weekday, at) for row in there):
        raise Conflict(f"{account.name} has this slot already")
    slot = uuid7()
    row = {"id": slot, "account": account.id, "weekday": new.weekday, "at": at}
    await store.insert(ctx, account.client_id, row)
    made = _slot(await store.slot(ctx, slot))
    await _changed(ctx, made, before=None, after=made)
    return made


async def remove_slot(ctx: Context, slot: UUID) -> None:
    gone = _slot(await store.slot(ctx, slot))
    await store.delete(ctx, slot)
    await _changed(ctx, gone, before=gone, after=None)


async def _changed(ctx: Context, slot: Slot, *, before: Slot | None, after: Slot | None) -> None:
    await schedule_store.fill_slots_soon(ctx, slot.client_id)
    account = await channels.get_account(ctx, slot.account_id)
    await events.emit(
        ctx,
        "planner.slot.changed",
        subject=("account", account.id),
        client=slot.client_id,
        message=f"The slots of {account.name} were changed",
    )
    await audit.record(
        ctx,
        "slot.added" if after else "slot.removed",
        ("account", account.id),
        before=before.model_dump() if before else None,
        after=after.model_dump() if after else None,
        client=slot.client_id,
    )


def _slot(row: Row) -> Slot:
    return Slot(**{**row, "at": f"{row['at']:%H:%M}"})
