"""A wall time and a zone as one instant. Pure: the present moment is a parameter, nothing is stored here."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from greenroom.kit.errors import Invalid

GRACE = timedelta(minutes=2)
"""A time that passed this short a while ago, while somebody filled in a form, means now."""

HORIZON = timedelta(days=2 * 366)
"""How far ahead a post may be planned."""

_A_DAY = timedelta(days=1)

# Files that some systems keep among their zones and that name no place.
_NO_PLACE = {"localtime", "Factory", "posixrules"}


@dataclass(frozen=True, slots=True)
class When:
    """What was asked for (`wall` in `zone`), the instant it means (UTC), and what a person should know about it."""

    wall: datetime
    zone: str
    at: datetime
    note: str | None = None


def resolve(wall: datetime, zone: str, *, now: datetime) -> When:
    """The instant that a wall time means; never before `now`.

    A time that a clock change skips moves forward by what was skipped; one that comes twice means the first.
    Invalid for an unknown zone, a time with an offset, in the past or too far ahead.
    """
    if wall.tzinfo is not None:
        raise Invalid("Give the time as the clock on the wall shows it, without an offset", fields=_at("wall"))
    place = place_of(zone)
    # Offsets are under a day, so this bounds the year before any arithmetic can overflow.
    roughly = wall - now.astimezone(UTC).replace(tzinfo=None)
    if roughly > HORIZON + _A_DAY:
        raise Invalid("Choose a time within the next two years", fields=_at("wall"))
    if roughly < -2 * _A_DAY or instant(wall, place) < now - GRACE:
        raise Invalid(f"{spoken(wall)} in {zone} has passed; choose a later time", fields=_at("wall"))
    return When(wall, zone, max(instant(wall, place), now), note_on(wall, place))


def place_of(zone: str) -> ZoneInfo:
    """The zone of that name; Invalid with the names that are near when there is none."""
    if zone in zone_names():
        return ZoneInfo(zone)
    near = near_names(zone)
    hint = f"did you mean {' or '.join(near)}?" if near else "use a name such as Europe/Berlin"
    raise Invalid(f"{zone[:60]!r} is no time zone; {hint}", fields=_at("zone"), near=list(near))


def instant(wall: datetime, place: ZoneInfo) -> datetime:
    """The first moment (UTC) at which a clock there shows `wall`, or would, had it not been moved past it."""
    return wall.replace(tzinfo=place, fold=0).astimezone(UTC)


def shown(wall: datetime, place: ZoneInfo) -> datetime:
    """What clocks there show at that instant: `wall` itself, unless they are put forward past it."""
    return instant(wall, place).astimezone(place).replace(tzinfo=None)


def note_on(wall: datetime, place: ZoneInfo) -> str | None:
    """What a clock change does to this wall time, in words; None when nothing."""
    if (instead := shown(wall, place)) != wall:
        return f"Clocks are put forward past {clock(wall)} that day, so it goes out at {clock(instead)}"
    first, second = (wall.replace(tzinfo=place, fold=fold).utcoffset() for fold in (0, 1))
    if first != second:
        return f"Clocks are put back that day and {clock(wall)} comes twice; it goes out the first time"
    return None


@cache
def zone_names() -> frozenset[str]:
    return frozenset(available_timezones() - _NO_PLACE)


def near_names(zone: str) -> tuple[str, ...]:
    """Up to three zones whose name, or last part, is spelled much like this one."""
    wanted = zone.strip().replace(" ", "_").lower()[:64]
    full = {name.lower(): name for name in sorted(zone_names())}
    if wanted in full:
        return (full[wanted],)
    last = {name.lower().rsplit("/", 1)[-1]: name for name in sorted(zone_names(), reverse=True)}
    found = [last[key] for key in get_close_matches(wanted.rsplit("/", 1)[-1], last, n=2, cutoff=0.75)]
    found += [full[key] for key in get_close_matches(wanted, full, n=3, cutoff=0.7)]
    return tuple(dict.fromkeys(found))[:3]


def spoken(wall: datetime) -> str:
    return f"{wall.day} {wall:%B %Y}, {clock(wall)}"


def clock(wall: datetime) -> str:
    return f"{wall:%H:%M:%S}" if wall.second else f"{wall:%H:%M}"


def _at(field: str) -> dict[str, str]:
    return {f"at.{field}": {"wall": "Choose another time", "zone": "Choose a zone from the list"}[field]}
