"""How much an account may post on a day, and how soon after another post. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

LATE = timedelta(hours=1)
"""A post that could not go out until it is this late is missed, and a person is asked."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A span of a new account's first weeks, and the posts a day that it may have then."""

    number: int
    days: int
    posts: int


RAMP = (Phase(1, 7, 1), Phase(2, 7, 2), Phase(3, 14, 3))
"""One post a day for a week, two for the next, three for two more; then the account's own cap."""


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
