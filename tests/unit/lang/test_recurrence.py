"""Rules that people write: what they mean on the wall, and what is refused."""

import time
from datetime import date, datetime, timedelta
from itertools import islice, pairwise

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.kit.errors import Invalid
from greenroom.lang.recurrence import read_recurrence, wall_times

START = datetime.fromisoformat("2026-11-23T09:30")  # a Monday


def days(rule: str, most: int = 4, after: datetime = START, **more: frozenset[date]) -> list[str]:
    found = islice(wall_times(read_recurrence(rule, START, **more), after), most)
    return [f"{wall:%a %d %b %H:%M}" for wall in found]


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        ("FREQ=DAILY", ["Mon 23 Nov 09:30", "Tue 24 Nov 09:30", "Wed 25 Nov 09:30", "Thu 26 Nov 09:30"]),
        ("RRULE:FREQ=DAILY;COUNT=2", ["Mon 23 Nov 09:30", "Tue 24 Nov 09:30"]),
        ("freq=weekly;byday=tu,fr", ["Tue 24 Nov 09:30", "Fri 27 Nov 09:30", "Tue 01 Dec 09:30", "Fri 04 Dec 09:30"]),
        ("FREQ=WEEKLY;INTERVAL=2", ["Mon 23 Nov 09:30", "Mon 07 Dec 09:30", "Mon 21 Dec 09:30", "Mon 04 Jan 09:30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", ["Thu 31 Dec 09:30", "Sun 31 Jan 09:30", "Wed 31 Mar 09:30"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", ["Tue 29 Feb 09:30", "Sun 29 Feb 09:30"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", ["Fri 27 Nov 09:30", "Fri 25 Dec 09:30", "Fri 29 Jan 09:30", "Fri 26 Feb 09:30"]),
        ("FREQ=DAILY;UNTIL=20261124", ["Mon 23 Nov 09:30", "Tue 24 Nov 09:30"]),
        ("FREQ=DAILY;UNTIL=20261124T090000Z", ["Mon 23 Nov 09:30"]),
        ("FREQ=DAILY;BYHOUR=8,20;BYMINUTE=15", ["Mon 23 Nov 20:15", "Tue 24 Nov 08:15"]),
        ("0 9 * * MON-FRI", ["Tue 24 Nov 09:00", "Wed 25 Nov 09:00", "Thu 26 Nov 09:00", "Fri 27 Nov 09:00"]),
        ("15 */12 1 JAN,6 *", ["Fri 01 Jan 00:15", "Fri 01 Jan 12:15", "Tue 01 Jun 00:15", "Tue 01 Jun 12:15"]),
        ("0 9 * * 0,7", ["Sun 29 Nov 09:00", "Sun 06 Dec 09:00", "Sun 13 Dec 09:00", "Sun 20 Dec 09:00"]),
    ],
)  # fmt: skip
def test_what_a_rule_means(rule: str, first: list[str]) -> None:
    assert days(rule, len(first)) == first


def test_a_rule_is_silent_on_its_exceptions() -> None:
    assert days("FREQ=DAILY", 2, without=frozenset({date(2026, 11, 24)})) == ["Mon 23 Nov 09:30", "Wed 25 Nov 09:30"]


def test_a_count_counts_from_the_first_time_and_not_from_now() -> None:
    assert days("FREQ=DAILY;COUNT=3", after=START + timedelta(days=2)) == ["Wed 25 Nov 09:30"]


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("", "no part of a rule"),
        ("every monday", "no part of a rule"),
        ("FREQ=MINUTELY", "begins with FREQ= and one of DAILY"),
        ("BYDAY=MO", "begins with FREQ="),
        ("FREQ=DAILY;FREQ=WEEKLY", "twice"),
        ("FREQ=DAILY;BYSECOND=1", "BYSECOND is not used"),
        ("FREQ=DAILY;BYEASTER=1", "BYEASTER is not used"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20270101", "not both"),
        ("FREQ=DAILY;UNTIL=TOMORROW", "UNTIL is a day"),
        ("FREQ=DAILY;UNTIL=20269999", "UNTIL is a day"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL is 1 to 1000"),
        ("FREQ=DAILY;INTERVAL=-1", "INTERVAL is 1"),
        ("FREQ=DAILY;COUNT=0", "COUNT is 1"),
        ("FREQ=WEEKLY;BYDAY=XX", "no day"),
        ("FREQ=DAILY;BYHOUR=0,1,2,3,4,5;BYMINUTE=0,10,20,30,40", "at most 24 times"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", "never comes"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "never comes"),
        ("FREQ=DAILY;UNTIL=20200101", "never comes"),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=TU", "never comes"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", "never comes"),
        ("FREQ=WEEKLY;BYDAY=1MO", "MONTHLY or YEARLY"),
        ("FREQ=MONTHLY;BYYEARDAY=1", "YEARLY only"),
        ("FREQ=DAILY;BYDAY=" + "MO," * 300, "at most 500"),
        ("* * * * *", "more than 24 times"),
        ("0 9 1 * MON", "not both"),
        ("61 9 * * *", "not within 0 to 59"),
        ("0 9 * * FUN", "no number"),
        ("0 9-1 * * *", "not within"),
        ("0 */0 * * *", "not within"),
        ("0 9 ; * *", "no field"),
    ],
)
def test_what_is_refused(rule: str, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        read_recurrence(rule, START)


def test_a_rule_that_never_comes_is_found_out_quickly() -> None:
    begin = time.process_time()
    with pytest.raises(Invalid):
        read_recurrence("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31;BYHOUR=1,2,3", START)
    assert time.process_time() - begin < 2


@given(st.text(max_size=60) | st.from_regex(r"(FREQ|BYDAY|COUNT|UNTIL|BYHOUR)=[A-Z0-9,+-]{0,12}(;[A-Z]+=\w+)?"))
def test_any_text_is_a_rule_or_a_sentence(text: str) -> None:
    try:
        recurrence = read_recurrence(text, START)
    except Invalid:
        return
    times = list(islice(wall_times(recurrence, START), 20))
    assert all(one < two for one, two in pairwise(times))
    assert times[0] >= START


def numbers(low: int, high: int) -> st.SearchStrategy[str]:
    return st.lists(st.integers(low, high).filter(bool), min_size=1, max_size=3).map(
        lambda one: ",".join(map(str, one))
    )


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    nth = st.sampled_from(["", *(["1", "2", "-1", "5"] if frequency in ("MONTHLY", "YEARLY") else [])])
    # The reference wants a day to be both when plain and counted weekdays are mixed; the standard says either.
    which = draw(nth)
    days = st.lists(st.sampled_from(["MO", "TU", "TH", "SU"]), min_size=1, max_size=3, unique=True)
    parts = {
        "INTERVAL": st.integers(1, 5).map(str),
        "BYMONTH": numbers(1, 12),
        "BYMONTHDAY": numbers(-31, 31),
        "BYDAY": days.map(lambda one: ",".join(which + day for day in one)),
        "BYHOUR": st.just("7,18"),
        "WKST": st.sampled_from(["SU", "MO", "TH"]),
        "COUNT": st.integers(1, 30).map(str),
    }
    if frequency == "YEARLY":
        parts["BYYEARDAY"] = numbers(-366, 366)
    if frequency in ("MONTHLY", "YEARLY"):
        parts["BYSETPOS"] = numbers(-4, 4)
    named = draw(st.sets(st.sampled_from(sorted(parts)), max_size=4))
    return ";".join([f"FREQ={frequency}", *(f"{name}={draw(parts[name])}" for name in sorted(named))])


@given(rules(), st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2030-12-31")))
def test_the_times_are_those_of_a_well_known_library(rule: str, start: datetime) -> None:
    start = start.replace(second=0, microsecond=0)
    try:
        found = list(islice(wall_times(read_recurrence(rule, start), start), 40))
    except Invalid:
        return
    assert found == list(islice(rrulestr(rule, dtstart=start), len(found)))


@pytest.mark.slow
@settings(max_examples=50)  # whole rules are gone through day by day
@given(rules(), st.integers(0, 800))
def test_looking_from_later_on_finds_the_same_times(rule: str, later: int) -> None:
    after = START + timedelta(days=later)
    try:
        recurrence = read_recurrence(rule, START)
    except Invalid:
        return
    whole = [wall for wall in islice(wall_times(recurrence, START), 2000) if wall >= after]
    assert list(islice(wall_times(recurrence, after), 5)) == whole[:5]
