"""Schedules: what fills the calendar by itself, from a queue of approved content."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from greenroom.kit.text import clean_line
from greenroom.planner.contracts import Clock, Frozen, Wall

Kind = Literal["rule", "window", "slots"]
Pattern = Literal["each", "rotate"]
Misfire = Literal["ask", "skip"]
ScheduleState = Literal["pending", "active", "paused", "completed", "cancelled"]


def _name(value: str) -> str:
    value = clean_line(value)
    if not value:
        raise ValueError("Give the schedule a name")
    return value


Ids = Annotated[tuple[UUID, ...], AfterValidator(lambda ids: tuple(dict.fromkeys(ids)))]
Name = Annotated[str, Field(max_length=120), AfterValidator(_name)]
Rule = Annotated[
    str, Field(max_length=500, description="RRULE or a cron line", examples=["FREQ=WEEKLY;BYDAY=MO,TH;BYHOUR=9"])
]
Zone = Annotated[str, Field(max_length=64, description="IANA name", examples=["Europe/Berlin"])]
Dates = Annotated[tuple[date, ...], Field(max_length=500), AfterValidator(lambda days: tuple(sorted(set(days))))]
Accounts = Annotated[Ids, Field(min_length=1, max_length=50)]
Contents = Annotated[Ids, Field(max_length=500)]
Seed = Annotated[str, Field(max_length=40, pattern=r"^[A-Za-z0-9-]+$", examples=["7f3a"])]


class WindowShape(Frozen):
    """From `opens` to `closes` on the wall, over midnight when it closes earlier; `times` are drawn in it."""

    opens: Clock
    closes: Clock
    times: Annotated[int, Field(ge=1, le=24)] = 1
    apart_minutes: Annotated[int, Field(ge=0, le=1440)] = 0


_EXAMPLE: JsonDict = {
    "name": "Mornings",
    "kind": "rule",
    "rule": "FREQ=WEEKLY;BYDAY=MO,TH;BYHOUR=9",
    "start": "2026-12-01T09:00",
    "zone": "Europe/Berlin",
    "accounts": ["01a1fed8-c14b-7320-86cb-10ca3a4fb5ff"],
    "contents": ["01a1fed8-c14b-7320-86cb-10ca3a4fb5ff"],
}


class ScheduleDraft(Frozen):
    """What a schedule says. `rule` names its times, or with a window its days (null: every day); slots need none.

    `each` sends a content to every account at a time, `rotate` to one after the other.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    name: Name
    kind: Kind
    rule: Rule | None = None
    start: Wall
    zone: Zone
    without: Dates = ()
    window: WindowShape | None = None
    seed: Seed | None = None
    accounts: Accounts
    pattern: Pattern = "each"
    contents: Contents = ()
    repeat_queue: bool = False
    misfire: Misfire = "ask"

    @model_validator(mode="after")
    def _whole(self) -> "ScheduleDraft":
        if self.start.tzinfo is not None or not 2020 <= self.start.year <= 2100:
            raise ValueError("A schedule starts at a time on the wall, without an offset, from 2020 to 2100")
        if self.kind == "rule" and self.rule is None:
            raise ValueError("A schedule by rule needs its rule")
        if self.kind == "slots" and self.rule is not None:
            raise ValueError("Slots name the times themselves; leave the rule out")
        if (self.kind == "window") != (self.window is not None):
            raise ValueError("A window goes with schedules of kind window, and only with them")
        if self.kind == "slots" and self.pattern == "rotate":
            raise ValueError("Slots belong to one account each; choose the pattern each")
        return self


class NewSchedule(ScheduleDraft):
    """A schedule to be made; without a `seed` it gets one."""


class ScheduleChange(Frozen):
    """What is absent stays as it is; null takes `rule` or `window` away."""

    name: Name | None = None
    kind: Kind | None = None
    rule: Rule | None = None
    start: Wall | None = None
    zone: Zone | None = None
    without: Dates | None = None
    window: WindowShape | None = None
    seed: Seed | None = None
    accounts: Accounts | None = None
    pattern: Pattern | None = None
    contents: Contents | None = None
    repeat_queue: bool | None = None
    misfire: Misfire | None = None


class Gap(Frozen):
    """A time within the next two weeks that has no post, and why."""

    account_id: UUID
    wall: Wall
    reason: str


class Schedule(Frozen):
    """A schedule as it stands. Its posts are made two weeks ahead; `gaps` are times for which there is none."""

    id: UUID
    client_id: UUID
    version: int
    name: str
    kind: Kind
    rule: str | None
    start: Wall
    zone: str
    without: tuple[date, ...]
    window: WindowShape | None
    seed: str
    accounts: tuple[UUID, ...]
    pattern: Pattern
    contents: tuple[UUID, ...]
    repeat_queue: bool
    misfire: Misfire
    state: ScheduleState
    gaps: tuple[Gap, ...] = ()


class ScheduleTime(Frozen):
    """A time at which a schedule posts: on which accounts, and what, as far as its queue reaches."""

    wall: Wall
    zone: str
    at: Annotated[datetime, Field(examples=["2026-11-22T08:00:00Z"])]
    note: str | None
    account_ids: tuple[UUID, ...]
    content_id: UUID | None


class ScheduleTimes(Frozen):
    """The next times, thirty at most. `seed` is what a window's times are drawn with."""

    items: tuple[ScheduleTime, ...]
    seed: str
