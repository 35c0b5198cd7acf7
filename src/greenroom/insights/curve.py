"""Hours to a curve without holes, by the hour while a post is young, then by the day. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from greenroom.insights.contracts import Point

BY_HOUR_FOR = timedelta(days=3)

Hours = Mapping[datetime, tuple[int, int]]


def curve(hours: Hours, *, begin: datetime, end: datetime, zone: str) -> tuple[Literal["hour", "day"], list[Point]]:
    """Points from the hour or day of `begin` to that of `end`, both included; sums equal those of `hours`."""
    begin = min([begin, *hours])
    if end - begin <= BY_HOUR_FOR:
        return "hour", _by_hour(hours, begin, end)
    return "day", _by_day(hours, begin, end, ZoneInfo(zone))


def _by_hour(hours: Hours, begin: datetime, end: datetime) -> list[Point]:
    points, at = [], begin.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    while at <= end:
        views, clicks = hours.get(at, (0, 0))
        points.append(Point(at=at, views=views, clicks=clicks))
        at += timedelta(hours=1)
    return points


def _by_day(hours: Hours, begin: datetime, end: datetime, zone: ZoneInfo) -> list[Point]:
    day, last = begin.astimezone(zone).date(), end.astimezone(zone).date()
    sums = {}
    while day <= last:
        sums[day] = (0, 0)
        day += timedelta(days=1)
    for hour, (views, clicks) in hours.items():
        day = hour.astimezone(zone).date()
        before = sums.get(day, (0, 0))
        sums[day] = (before[0] + views, before[1] + clicks)
    return [
        Point(at=datetime(day.year, day.month, day.day, tzinfo=zone), views=views, clicks=clicks)
        for day, (views, clicks) in sorted(sums.items())
    ]
