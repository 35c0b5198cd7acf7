"""Times drawn at random within a window of the day: the same seed and day give the same times, everywhere."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from greenroom.kit.chance import Chance
from greenroom.kit.errors import Invalid

_DAY = timedelta(days=1)


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
    if window.apart < timedelta(0) or window.apart * (window.times - 1) > window.length:
        hours = window.length / timedelta(hours=1)
        raise Invalid(
            f"{window.times} times do not fit into {hours:g} hours at that distance; make the window longer",
            fields={"apart": "Choose a shorter distance, or fewer times"},
        )


def drawn(window: Window, day: date, *, seed: str) -> list[datetime]:
    """The window's wall times that begin on `day`, to the minute, in order.

    Every set of times that keeps the distance is equally likely. (Sorted draws from what is left of the window when
    the distances are taken out of it, the distances then put back.)
    """
    chance = Chance(f"{seed}/{day.isoformat()}")
    free = int((window.length - window.apart * (window.times - 1)) / timedelta(minutes=1))
    offsets = sorted(chance.number(0, free) for _ in range(window.times))
    begin = datetime.combine(day, window.opens)
    return [begin + timedelta(minutes=offset) + window.apart * index for index, offset in enumerate(offsets)]
