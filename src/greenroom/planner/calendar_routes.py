"""The calendar over HTTP: the room of each day, an account's pace, its queue slots and which of them are free."""

from datetime import date, time, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from greenroom.channels import facade as channels
from greenroom.channels.contracts import AccountNow, DayRoom, PaceChange
from greenroom.infra.http.context import Ctx
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.infra.http.paging import CursorText, Limit, Page, a_number, page_from, read_key
from greenroom.infra.http.versions import Version
from greenroom.kit.errors import Invalid
from greenroom.planner import free_slots, slots
from greenroom.planner.contracts import Frozen
from greenroom.planner.slot_contracts import FreeSlot, NewSlot, Slot

router = APIRouter(tags=["planner"], route_class=AnswersOnce)

LONGEST = timedelta(days=92)
"""The longest stretch of the calendar that is shown at once."""

From = Annotated[date, Query(alias="from", description="The first day")]
To = Annotated[date, Query(alias="to", description="The last day")]


class Rooms(Frozen):
    items: tuple[DayRoom, ...]


class FreeSlots(Frozen):
    items: tuple[FreeSlot, ...]


@router.get("/calendar/room", operation_id="get_room")
async def get_room(
    ctx: Ctx,
    first: From,
    last: To,
    account: Annotated[UUID | None, Query()] = None,
) -> Rooms:
    """For each account that you see and each day, as its client's clock counts it: how many posts it may have, and
    how many stand.

    Today that is no more than what its platform has left for it.
    """
    _check_stretch(first, last)
    found = await channels.rooms(ctx, account, first, last)
    return Rooms(items=tuple(await channels.within_limits(ctx, found)))


@router.patch("/accounts/{account_id}/pace", operation_id="change_pace")
async def change_pace(ctx: Ctx, account_id: UUID, version: Version, change: PaceChange) -> AccountNow:
    """How many posts a day the account may have, how far apart, and when its ramp began."""
    await channels.change_pace(ctx, account_id, version, change)
    return await channels.account_now(ctx, account_id)


@router.get("/slots", operation_id="list_slots")
async def list_slots(
    ctx: Ctx, account: Annotated[UUID | None, Query()] = None, cursor: CursorText = None, limit: Limit = 200
) -> Page[Slot]:
    """Queue slots by account and time of the week."""
    found = await slots.list_slots(
        ctx, account, after=read_key(cursor, UUID, a_number, time.fromisoformat, UUID), limit=limit + 1
    )
    return page_from(found, limit, lambda one: (one.account_id, one.weekday, one.at, one.id))


@router.post("/slots", operation_id="create_slot", status_code=201)
async def create_slot(ctx: Ctx, new: NewSlot) -> Slot:
    return await slots.add_slot(ctx, new)


@router.delete("/slots/{slot_id}", operation_id="delete_slot", status_code=204)
async def delete_slot(ctx: Ctx, slot_id: UUID) -> None:
    """Posts that were planned in it stay where they are."""
    await slots.remove_slot(ctx, slot_id)


@router.get("/accounts/{account_id}/free-slots", operation_id="list_free_slots")
async def list_free_slots(ctx: Ctx, account_id: UUID, first: From, last: To) -> FreeSlots:
    """The account's slots of these days that hold no post yet and that its pace allows, in order."""
    _check_stretch(first, last)
    return FreeSlots(items=tuple(await free_slots.within(ctx, account_id, first, last)))


def _check_stretch(first: date, last: date) -> None:
    if not (2000 <= first.year <= 2100 and timedelta(0) <= last - first <= LONGEST):
        why = f"Choose a first day and, at most {LONGEST.days} days later, a last day"
        raise Invalid(why, fields={"to": "Choose another day"})
