"""Curves have no holes and lose nothing."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from greenroom.insights.curve import curve

BEGIN = datetime(2026, 11, 21, 9, 40, tzinfo=UTC)
HOURS = st.dictionaries(
    st.integers(0, 24 * 40).map(lambda n: BEGIN.replace(minute=0) + timedelta(hours=n)),
    st.tuples(st.integers(0, 50), st.integers(0, 50)),
    max_size=30,
)


@given(hours=HOURS, age=st.integers(0, 24 * 60), zone=st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kathmandu"]))
def test_sums_are_kept_and_time_goes_on(hours: dict[datetime, tuple[int, int]], age: int, zone: str) -> None:
    end = max([BEGIN + timedelta(hours=age), *(hour + timedelta(minutes=30) for hour in hours)])
    step, points = curve(hours, begin=BEGIN, end=end, zone=zone)
    assert sum(point.views for point in points) == sum(views for views, _ in hours.values())
    assert sum(point.clicks for point in points) == sum(clicks for _, clicks in hours.values())
    times = [point.at for point in points]
    assert times == sorted(set(times))
    gaps = {later - earlier for earlier, later in pairwise(times)}
    wanted = {timedelta(hours=1)} if step == "hour" else {timedelta(days=1)}
    assert gaps <= wanted
    assert times[0] <= BEGIN
    assert times[-1] <= end


def test_a_young_post_has_hours_and_an_older_one_days() -> None:
    young = curve({}, begin=BEGIN, end=BEGIN + timedelta(hours=5), zone="UTC")
    assert (young[0], len(young[1])) == ("hour", 6)
    old = curve({}, begin=BEGIN, end=BEGIN + timedelta(days=10), zone="Europe/Berlin")
    assert (old[0], len(old[1])) == ("day", 11)


def test_a_beginning_in_a_zone_of_half_hours_falls_into_its_counted_hour() -> None:
    begin = datetime(2026, 11, 21, 15, 25, tzinfo=ZoneInfo("Asia/Kathmandu"))  # 09:40 in UTC
    step, points = curve({BEGIN.replace(minute=0): (3, 1)}, begin=begin, end=begin + timedelta(hours=2), zone="UTC")
    assert step == "hour"
    assert [(point.at, point.views) for point in points] == [
        (BEGIN.replace(minute=0) + timedelta(hours=n), 3 if n == 0 else 0) for n in range(3)
    ]
