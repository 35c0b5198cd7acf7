"""Queue slots of an account: the times of the week at which it usually posts."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from greenroom.planner.contracts import Clock, Frozen, Wall

Weekday = Annotated[int, Field(ge=0, le=6, description="0 is Monday")]


class NewSlot(Frozen):
    account_id: UUID
    weekday: Weekday
    at: Clock


class Slot(Frozen):
    """A time of the week in the zone of the account's client."""

    id: UUID
    client_id: UUID
    account_id: UUID
    weekday: Weekday
    at: Clock


class FreeSlot(Frozen):
    """A slot that holds no post yet and that the account's pace allows; `at` is the instant that `wall` means."""

    wall: Wall
    zone: str
    at: Annotated[datetime, Field(examples=["2026-11-22T08:00:00Z"])]
    note: str | None
