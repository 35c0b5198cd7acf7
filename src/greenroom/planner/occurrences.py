"""The times of a schedule on the wall, in order, each with a name that stays. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from greenroom.lang.recurrence import FAR, read_recurrence, wall_times
from greenroom.lang.window import Window, check_window, drawn
from greenroom.planner.schedule_contracts import ScheduleDraft

_EVERY_DAY = "FREQ=DAILY"
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of a schedule on one account. `key` names it within the schedule, also when its wall time moves.

    `skipped`: a time of the same schedule and account that clocks skip that day, and that would have come with it.
    """

    key: str
    wall: datetime
    account: UUID
    skipped: datetime | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What decides a schedule's times; `slots` are the weekly slots of each account."""

    draft: ScheduleDraft
    seed: str
    slots: Mapping[UUID, tuple[tuple[int, time], ...]] = field(default_factory=dict)


def check_plan(plan: Plan) -> None:
    """Invalid, with what to change, when the rule or the window is none."""
    draft = plan.draft
    if draft.rule is not None and draft.kind != "slots":
        read_recurrence(draft.rule, _first(draft))
    if draft.window is not None:
        check_window(_window(draft))


def occurrences(plan: Plan, after: datetime) -> Iterator[Occurrence]:
    """The times at or after `after`, a wall time, in order. Endless when the schedule is."""
    kinds = {"rule": _by_rule, "window": _in_window, "slots": _in_slots}
    without = frozenset(plan.draft.without)
    for day, found in kinds[plan.draft.kind](plan, max(after, plan.draft.start)):
        if day not in without:
            yield from (one for one in found if one.wall >= max(after, plan.draft.start))


# Each gives the days in order, with the times that begin on them. Days of exception are counted, so that one more of
# them moves no other time to another account.
_Days = Iterator[tuple[date, list[Occurrence]]]


def _by_rule(plan: Plan, after: datetime) -> _Days:
    draft = plan.draft
    recurrence = read_recurrence(draft.rule or _EVERY_DAY, draft.start)
    rotates = draft.pattern == "rotate"
    for number, wall in enumerate(wall_times(recurrence, recurrence.start if rotates else after)):
        if wall >= after:
            key = wall.isoformat(timespec="minutes")
            yield wall.date(), [Occurrence(key, wall, one) for one in _accounts(plan, number)]


def _in_window(plan: Plan, after: datetime) -> _Days:
    """A window over midnight belongs to the day on which it opens."""
    draft, window = plan.draft, _window(plan.draft)
    recurrence = read_recurrence(draft.rule or _EVERY_DAY, _first(draft))
    rotates, last, number = draft.pattern == "rotate", None, 0
    since = recurrence.start if rotates else datetime.combine(after.date() - _A_DAY, time(0))
    for wall in wall_times(recurrence, since):
        if (day := wall.date()) == last:
            continue
        last = day
        if rotates and day < after.date() - _A_DAY:
            number += window.times
            continue
        if rotates:
            walls = drawn(window, day, seed=plan.seed)
            found = [Occurrence(f"{day}/{n}", at, _accounts(plan, number + n)[0]) for n, at in enumerate(walls)]
            number += len(walls)
        else:
            found = [
                Occurrence(f"{day}/{n}", at, account)
                for account in draft.accounts
                for n, at in enumerate(drawn(window, day, seed=f"{plan.seed}/{account}"))
            ]
        yield day, sorted(found, key=lambda one: one.wall)


def _in_slots(plan: Plan, after: datetime) -> _Days:
    day, end = after.date(), after.date() + FAR
    while any(plan.slots.values()) and day < end:
        found = [
            Occurrence(f"{day}T{at:%H:%M}", datetime.combine(day, at), account)
            for account in plan.draft.accounts
            for weekday, at in plan.slots.get(account, ())
            if weekday == day.weekday()
        ]
        yield day, sorted(found, key=lambda one: one.wall)
        day += _A_DAY


def _accounts(plan: Plan, number: int) -> tuple[UUID, ...]:
    accounts = plan.draft.accounts
    return accounts if plan.draft.pattern == "each" else (accounts[number % len(accounts)],)


def _first(draft: ScheduleDraft) -> datetime:
    """Where the rule counts from: for a window, whose rule names days, the day's beginning."""
    return datetime.combine(draft.start.date(), time(0)) if draft.kind == "window" else draft.start


def _window(draft: ScheduleDraft) -> Window:
    shape = draft.window
    if shape is None:
        raise LookupError("only windows have a window")
    apart = timedelta(minutes=shape.apart_minutes)
    return Window(time.fromisoformat(shape.opens), time.fromisoformat(shape.closes), shape.times, apart)
