"""How much an account may post on a day, and how soon after another post. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Phase:
    """A span of a new account's first weeks, and the posts a day that it may have then."""

    number: int
    days: int
    posts: int


RAMP = (Phase(1, 7, 1), Phase(2, 7, 2), Phase(3, 14, 3))
"""One post a day for a week, two for the next, three for two more; then the account's own cap."""

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pace:
    """What an account is held to. `ramp_from` is the first day of its ramp, None when it has none."""

    daily_cap: int
    apart: timedelta = timedelta(0)
    ramp_from: date | None = None

    def phase_on(self, day: date) -> Phase | None:
        """The phase of the ramp on that day; None after it, or when there is none. Days before it are its first."""
        if self.ramp_from is None:
            return None
        left = max(0, (day - self.ramp_from).days)
        for phase in RAMP:
            if left < phase.days:
                return phase
            left -= phase.days
        return None

    def phase_ends(self, day: date) -> date | None:
        """The first day after the phase that it is in on that day; None when it is in none."""
        phase = self.phase_on(day)
        if phase is None or self.ramp_from is None:
            return None
        return self.ramp_from + timedelta(days=sum(one.days for one in RAMP[: phase.number]))

    def cap_on(self, day: date) -> int:
        """Posts that the account may have on that day."""
        phase = self.phase_on(day)
        return self.daily_cap if phase is None else min(phase.posts, self.daily_cap)

    def free_from(self, wanted: datetime, others: Iterable[datetime]) -> datetime:
        """The first moment, `wanted` or later, that keeps the distance from all `others`."""
        for other in sorted(others):
            if abs(other - wanted) < self.apart:
                wanted = other + self.apart
        return wanted

    def next_free(
        self, wanted: datetime, others: Sequence[datetime], place: ZoneInfo, *, last: datetime
    ) -> datetime | None:
        """The first time, `wanted` or later, that has room on its day and keeps the distance; None before `last`."""
        wall = wanted.astimezone(place).time()
        while wanted < last:
            day = wanted.astimezone(place).date()
            if used_on(others, day, place) >= self.cap_on(day):
                wanted = datetime.combine(day + _A_DAY, wall, place).astimezone(UTC)
            elif (free := self.free_from(wanted, others)) == wanted:
                return wanted
            else:
                wanted = free
        return None


def begins_again(phase: int, today: date) -> date:
    """The first day of a ramp whose phase of this number begins today."""
    return today - timedelta(days=sum(one.days for one in RAMP[: phase - 1]))


def day_span(day: date, place: ZoneInfo) -> tuple[datetime, datetime]:
    """From the day's beginning to the next one's; 23 to 25 hours."""
    return datetime.combine(day, time(0), place), datetime.combine(day + _A_DAY, time(0), place)


def used_on(others: Iterable[datetime], day: date, place: ZoneInfo) -> int:
    begin, end = day_span(day, place)
    return sum(begin <= at < end for at in others)
