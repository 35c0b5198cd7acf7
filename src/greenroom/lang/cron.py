"""Cron lines, read into the recurrence rule that says the same."""

import re

from greenroom.kit.errors import Invalid

_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_DAY_NAMES = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_MONTH_NAMES = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_FIELD = re.compile(r"(?P<low>\*|\w+)(-(?P<high>\w+))?(/(?P<step>\d+))?")
_MOST_A_DAY = 24


def is_cron(line: str) -> bool:
    """Whether this looks like a cron line: five fields apart, and no rule's equals sign."""
    return "=" not in line and len(line.split()) == 5


def rule_of(line: str) -> str:
    """The RFC 5545 rule of a cron line of five fields; Invalid with what to write when it is none.

    A line that names days of the month and days of the week means either, which no single rule says: it is refused.
    """
    minute, hour, day, month, weekday = line.upper().split()
    minutes, hours = _values(minute, 0, 59), _values(hour, 0, 23)
    if len(minutes) * len(hours) > _MOST_A_DAY:
        raise _wrong(f"This line names more than {_MOST_A_DAY} times a day")
    if day != "*" and weekday != "*":
        raise _wrong("Name days of the month or days of the week, not both; make two schedules for both")
    rule = ["FREQ=DAILY"]
    if month != "*":
        rule.append(f"BYMONTH={_joined(_values(month, 1, 12, _MONTH_NAMES, 1))}")
    if day != "*":
        rule.append(f"BYMONTHDAY={_joined(_values(day, 1, 31))}")
    if weekday != "*":
        days = sorted({value % 7 for value in _values(weekday, 0, 7, _DAY_NAMES)})
        rule.append(f"BYDAY={','.join(_DAYS[value] for value in days)}")
    return ";".join([*rule, f"BYHOUR={_joined(hours)}", f"BYMINUTE={_joined(minutes)}"])


def _values(field: str, least: int, most: int, names: tuple[str, ...] = (), first: int = 0) -> list[int]:
    """The numbers of one field, in order: `*`, `5`, `1-5`, `*/2`, `1-9/2`, names, and lists of them."""
    found: set[int] = set()
    for part in field.split(","):
        match = _FIELD.fullmatch(part)
        if match is None:
            raise _wrong(f"{part[:20]!r} is no field of a cron line")
        low = least if match["low"] == "*" else _number(match["low"], names, first)
        high = low
        if match["low"] == "*" or (match["step"] and not match["high"]):
            high = most
        if match["high"]:
            high = _number(match["high"], names, first)
        step = int(match["step"] or 1)
        if not least <= low <= high <= most or step < 1:
            raise _wrong(f"{part[:20]!r} is not within {least} to {most}")
        found.update(range(low, high + 1, step))
    return sorted(found)


def _number(text: str, names: tuple[str, ...], first: int) -> int:
    if text in names:
        return names.index(text) + first
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        raise _wrong(f"{text[:20]!r} is no number of a cron line")
    return int(text)


def _joined(values: list[int]) -> str:
    return ",".join(map(str, values))


def _wrong(sentence: str) -> Invalid:
    return Invalid(f"{sentence}; a line such as 0 9 * * MON-FRI is read", fields={"rule": sentence})
