"""A recurrence rule, period by period: the days and times of each day, week, month or year that it names."""

from calendar import isleap, monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

Frequency = Literal["daily", "weekly", "monthly", "yearly"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule names; an empty set names all. Weekdays as (which one of its month or year or 0, day from Monday)."""

    frequency: Frequency
    interval: int
    months: frozenset[int]
    month_days: frozenset[int]
    year_days: frozenset[int]
    weekdays: frozenset[tuple[int, int]]
    times: tuple[time, ...]
    positions: tuple[int, ...]
    week_starts: int
    count: int | None
    until: datetime | None


def periods(rule: Rule, start: datetime, after: datetime) -> Iterator[date]:
    """The first days of the rule's periods, in order, from the last one that begins at or before `after`."""
    try:
        if rule.frequency in ("daily", "weekly"):
            yield from _weeks_and_days(rule, start.date(), after.date())
        else:
            yield from _years_and_months(rule, start.date(), after.date())
    except (ValueError, OverflowError):
        """The calendar ends with the year 9999."""


def times_of(rule: Rule, period: date) -> list[datetime]:
    """The wall times of the period that begins on this day, in order."""
    found = [datetime.combine(day, at) for day in _days(rule, period) if _named(rule, day) for at in rule.times]
    if not rule.positions:
        return found
    picked = {position - 1 if position > 0 else len(found) + position for position in rule.positions}
    return [found[index] for index in sorted(picked) if 0 <= index < len(found)]


def _weeks_and_days(rule: Rule, start: date, after: date) -> Iterator[date]:
    step = rule.interval
    if rule.frequency == "weekly":
        start -= timedelta(days=(start.weekday() - rule.week_starts) % 7)
        step *= 7
    day = start + timedelta(days=max(0, (after - start).days) // step * step)
    while True:
        yield day
        day += timedelta(days=step)


def _years_and_months(rule: Rule, start: date, after: date) -> Iterator[date]:
    step = rule.interval * (12 if rule.frequency == "yearly" else 1)
    first = start.year * 12 + (0 if rule.frequency == "yearly" else start.month - 1)
    month = first + max(0, after.year * 12 + after.month - 1 - first) // step * step
    while True:
        yield date(month // 12, month % 12 + 1, 1)
        month += step


def _days(rule: Rule, period: date) -> list[date]:
    if rule.frequency == "daily":
        length = 1
    elif rule.frequency == "weekly":
        length = 7
    elif rule.frequency == "monthly":
        length = _month_length(period)
    else:
        length = _year_length(period)
    return [period + timedelta(days=index) for index in range(length)]


def _named(rule: Rule, day: date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    if rule.month_days and not {day.day, day.day - _month_length(day) - 1} & rule.month_days:
        return False
    if rule.year_days and not {_year_day(day), _year_day(day) - _year_length(day) - 1} & rule.year_days:
        return False
    if not rule.weekdays or (0, day.weekday()) in rule.weekdays:
        return True
    # Within a year a weekday is counted in the year, unless the rule names months.
    if rule.frequency == "monthly" or rule.months:
        at, length = day.day, _month_length(day)
    else:
        at, length = _year_day(day), _year_length(day)
    return not {((at - 1) // 7 + 1, day.weekday()), (-((length - at) // 7 + 1), day.weekday())}.isdisjoint(
        rule.weekdays
    )


def _month_length(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def _year_length(day: date) -> int:
    return 366 if isleap(day.year) else 365


def _year_day(day: date) -> int:
    return day.toordinal() - date(day.year, 1, 1).toordinal() + 1
