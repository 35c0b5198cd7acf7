"""Times drawn at random within a window of the day: the same seed and day give the same times, everywhere."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from greenroom.kit.chance import Chance
from greenroom.kit.errors import Invalid

_DAY = timedelta(days=1)
_A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Window:
    """From `opens` until `closes` on the wall, over midnight when it closes earlier than it opens.

    `times` are drawn in it, at least `apart` from each other.
    """

    opens: time
    closes: time
    times: int = 1
    apart: timedelta = timedelta(0)

    @property
    def length(self) -> timedelta:
        opens, closes = (timedelta(hours=at.hour, minutes=at.minute) for at in (self.opens, self.closes))
        return closes - opens if closes > opens else closes - opens + _DAY


def check_window(window: Window) -> None:
    """Invalid, with what to change, when the window does not hold its times."""
    if not 1 <= window.times <= 24:
        raise Invalid("A window has 1 to 24 times", fields={"times": "Choose 1 to 24"})
    if window.apart < timedelta(0) or max(window.apart, _A_MINUTE) * (window.times - 1) > window.length:
        hours = window.length / timedelta(hours=1)
        raise Invalid(
            f"{window.times} times do not fit into {hours:g} hours at that distance; make the window longer",
            fields={"apart": "Choose a shorter distance, or fewer times"},
        )


def drawn(window: Window, day: date, *, seed: str) -> list[datetime]:
    """The window's wall times that begin on `day`, to the minute, in order, no two of them the same.

    Every set of times that keeps the distance is equally likely.
    """
    chance = Chance(f"{seed}/{day.isoformat()}")
    found = _spread(window, day, window.apart, chance)
    # Without a distance two may be drawn alike; then all are drawn anew, a minute apart.
    return found if len(set(found)) == len(found) else _spread(window, day, _A_MINUTE, chance)


def _spread(window: Window, day: date, apart: timedelta, chance: Chance) -> list[datetime]:
    """Sorted draws from what is left of the window when the distances are taken out of it; these then put back."""
    free = int((window.length - apart * (window.times - 1)) / _A_MINUTE)
    offsets = sorted(chance.number(0, max(0, free)) for _ in range(window.times))
    begin = datetime.combine(day, window.opens)
    return [begin + timedelta(minutes=offset) + apart * index for index, offset in enumerate(offsets)]
