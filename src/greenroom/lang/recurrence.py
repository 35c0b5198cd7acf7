"""Recurrence rules (RFC 5545) on the clock on the wall: a rule and its first time give the times after it.

Only wall times are counted here, so "every day at nine" stays at nine when clocks are moved; what instant a wall
time means is the planner's to say.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from greenroom.kit.errors import Invalid
from greenroom.lang.cron import is_cron, rule_of
from greenroom.lang.expand import Rule, periods, times_of
from greenroom.lang.rule_text import parts_of, rule_from

LONGEST = 500
"""Characters of a rule."""

FAR = timedelta(days=5 * 366)
"""How far is looked for the next time; a rule that is silent for longer has ended."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule in its standard form, the first wall time it counts from, and the days on which it is silent."""

    text: str
    start: datetime
    without: frozenset[date] = frozenset()
    rule: Rule = field(repr=False, kw_only=True)


def read_recurrence(text: str, start: datetime, without: frozenset[date] = frozenset()) -> Recurrence:
    """The rule that `text` means: an RFC 5545 RRULE, with or without its name, or a cron line of five fields.

    Invalid, with what is wrong and what to write, for anything else and for rules that never come.
    """
    if start.tzinfo is not None:
        raise Invalid("Give the first time as the clock on the wall shows it, without an offset")
    if len(text) > LONGEST:
        raise _wrong(f"A rule has at most {LONGEST} characters")
    line = text.strip().upper().removeprefix("RRULE:")
    standard = rule_of(line) if is_cron(line) else line
    start = start.replace(second=0, microsecond=0)
    recurrence = Recurrence(standard, start, without, rule=rule_from(parts_of(standard), start))
    if next(wall_times(recurrence, start), None) is None:
        raise _wrong("This rule never comes; change its days or its end")
    return recurrence


def wall_times(recurrence: Recurrence, after: datetime) -> Iterator[datetime]:
    """The wall times at or after `after` (without zone), in order, never one before `start`.

    Ends with the rule, or `FAR` after the last one found.
    """
    rule, start = recurrence.rule, recurrence.start
    left, found = rule.count, max(after, start)
    for period in periods(rule, start, start if left is not None else found):
        if datetime.combine(period, datetime.min.time()) > found + FAR:
            return
        for wall in times_of(rule, period):
            if wall < start:
                continue
            if left == 0 or (rule.until is not None and wall > rule.until):
                return
            left = left if left is None else left - 1
            if wall >= after and wall.date() not in recurrence.without:
                found = wall
                yield wall


def _wrong(sentence: str) -> Invalid:
    return Invalid(sentence, fields={"rule": sentence})
