"""The text of a recurrence rule, read part by part; what is missing comes from the first time."""

import re
from collections.abc import Mapping
from datetime import datetime, time

from greenroom.kit.errors import Invalid
from greenroom.lang.expand import DAYS, Frequency, Rule

MOST_A_DAY = 24

_PARTS = (
    "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYDAY", "BYHOUR", "BYMINUTE",
    "BYSETPOS", "WKST",
)  # fmt: skip
_PART = re.compile(r"(?P<name>[A-Z]+)=(?P<value>[A-Z0-9,+\-]+)")
_UNTIL = re.compile(r"(?P<day>\d{8})(T(?P<time>\d{6})Z?)?")
_DAY = re.compile(r"(?P<nth>[+-]?\d{1,2})?(?P<day>MO|TU|WE|TH|FR|SA|SU)")
_FREQUENCIES: dict[str, Frequency] = {"DAILY": "daily", "WEEKLY": "weekly", "MONTHLY": "monthly", "YEARLY": "yearly"}


def parts_of(text: str) -> dict[str, str]:
    """The parts by name. Invalid for what is no part, stands there twice or is not used here."""
    parts: dict[str, str] = {}
    for one in text.split(";"):
        match = _PART.fullmatch(one)
        if match is None or match["name"] in parts:
            raise _wrong(f"{one[:40]!r} is no part of a rule, or stands there twice; write FREQ=WEEKLY;BYDAY=MO,TH")
        if match["name"] not in _PARTS:
            raise _wrong(f"{match['name']} is not used here; the parts are {', '.join(_PARTS)}")
        parts[match["name"]] = match["value"]
    if parts.get("FREQ") not in _FREQUENCIES:
        raise _wrong(f"A rule begins with FREQ= and one of {', '.join(_FREQUENCIES)}")
    if "COUNT" in parts and "UNTIL" in parts:
        raise _wrong("A rule ends after a COUNT of times or at an UNTIL, not both")
    return parts


def rule_from(parts: Mapping[str, str], start: datetime) -> Rule:
    """The rule; day and time are those of `start` where the parts name none. Invalid with the part that is wrong."""
    frequency = _FREQUENCIES[parts["FREQ"]]
    months = _numbers(parts, "BYMONTH", 1, 12)
    month_days = _numbers(parts, "BYMONTHDAY", 1, 31, negative=True)
    year_days = _numbers(parts, "BYYEARDAY", 1, 366, negative=True)
    weekdays = _weekdays(parts.get("BYDAY"), frequency)
    if year_days and frequency != "yearly":
        raise _wrong("BYYEARDAY goes with FREQ=YEARLY only")
    if not (month_days or year_days or weekdays):
        if frequency == "yearly" and not months:
            months = (start.month,)
        if frequency == "weekly":
            weekdays = ((0, start.weekday()),)
        elif frequency != "daily":
            month_days = (start.day,)
    return Rule(
        frequency=frequency,
        interval=_number(parts, "INTERVAL", 1, 1000) or 1,
        months=frozenset(months),
        month_days=frozenset(month_days),
        year_days=frozenset(year_days),
        weekdays=frozenset(weekdays),
        times=_times(parts, start),
        positions=_numbers(parts, "BYSETPOS", 1, 366, negative=True),
        week_starts=DAYS.index(_week_start(parts.get("WKST", "MO"))),
        count=_number(parts, "COUNT", 1, 10_000),
        until=_until(parts.get("UNTIL")),
    )


def _times(parts: Mapping[str, str], start: datetime) -> tuple[time, ...]:
    hours = _numbers(parts, "BYHOUR", 0, 23) or (start.hour,)
    minutes = _numbers(parts, "BYMINUTE", 0, 59) or (start.minute,)
    if len(hours) * len(minutes) > MOST_A_DAY:
        raise _wrong(f"A rule names at most {MOST_A_DAY} times a day")
    return tuple(time(hour, minute) for hour in hours for minute in minutes)


def _weekdays(text: str | None, frequency: Frequency) -> tuple[tuple[int, int], ...]:
    """As (which one, day): (0, 0) is every Monday, (-1, 4) the last Friday of the month or year."""
    found = []
    for one in text.split(",") if text else ():
        match = _DAY.fullmatch(one)
        if match is None:
            raise _wrong(f"{one[:10]!r} is no day; write MO, TU, WE, TH, FR, SA, SU, or 1MO, -1FR in a month")
        nth = int(match["nth"] or 0)
        if match["nth"] and (not 1 <= abs(nth) <= 53 or frequency not in ("monthly", "yearly")):
            raise _wrong(f"{one} goes with FREQ=MONTHLY or YEARLY, and counts from 1 to 53")
        found.append((nth, DAYS.index(match["day"])))
    return tuple(found)


def _week_start(text: str) -> str:
    if text not in DAYS:
        raise _wrong("WKST is one of MO, TU, WE, TH, FR, SA, SU")
    return text


def _until(text: str | None) -> datetime | None:
    """A wall time, like all else here; a day alone means its end."""
    if text is None:
        return None
    match = _UNTIL.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        digits = match["day"] + (match["time"] or "235959")
        return datetime.strptime(digits, "%Y%m%d%H%M%S")  # noqa: DTZ007 -- a wall time has no zone
    except ValueError:
        raise _wrong("UNTIL is a day such as 20271231, or a time such as 20271231T180000") from None


def _number(parts: Mapping[str, str], name: str, least: int, most: int) -> int | None:
    found = _numbers(parts, name, least, most)
    if len(found) > 1:
        raise _wrong(f"{name} is one number")
    return found[0] if found else None


def _numbers(parts: Mapping[str, str], name: str, least: int, most: int, *, negative: bool = False) -> tuple[int, ...]:
    """The numbers of a part, in order; a negative one counts from the end."""
    text = parts.get(name)
    try:
        found = sorted({int(one) for one in text.split(",")}) if text else []
    except ValueError:
        found = [least - 1]
    if not all(least <= (abs(one) if negative else one) <= most for one in found):
        raise _wrong(
            f"{name} is {least} to {most}{' or the same counted from the end, -1 the last' if negative else ''}"
        )
    return tuple(found)


def _wrong(sentence: str) -> Invalid:
    return Invalid(sentence, fields={"rule": sentence})
