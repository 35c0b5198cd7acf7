"""When a delivery is tried again, when nobody tries any more, and which kinds an endpoint hears. Pure."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from greenroom.kit.chance import Chance

BACK_OFF = tuple(
    timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 12 * 3600)
)
"""From one attempt to the next; the last one goes on."""
GIVE_UP = timedelta(days=3)
"""After this a delivery is dead."""
DISABLE = timedelta(days=5)
"""After this long without one good answer the endpoint is switched off."""
OLD_SECRET = timedelta(hours=24)
"""How long both secrets sign after a rotation."""
REST = timedelta(minutes=2)
"""The longest that one failed delivery keeps the endpoint's others waiting."""
LONGEST_REST = timedelta(hours=1)
"""The longest that an endpoint's own Retry-After keeps its others waiting."""
_JITTER = 0.2
_NEVER_SENT = ("vault.",)
TEST = "tenancy.webhook.test"


def next_try(attempts: int, age: timedelta, chance: Chance, *, asked: timedelta | None = None) -> timedelta | None:
    """How long to wait after this many attempts; None when the delivery has to be given up.

    `age` counts from the first attempt of this round; `asked` is what the endpoint's Retry-After says.
    """
    planned = BACK_OFF[min(attempts, len(BACK_OFF)) - 1] * chance.real(1 - _JITTER, 1 + _JITTER)
    wait = max(planned, asked or timedelta(0))
    return wait if age + wait <= GIVE_UP else None


def rest(wait: timedelta, *, asked: timedelta | None = None) -> timedelta:
    """How long the endpoint's other deliveries wait when one is tried again after `wait`."""
    return max(min(wait, REST), min(asked or timedelta(0), LONGEST_REST))


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """What the answer's Retry-After says, in seconds or as a date (RFC 9110, 10.2.3); None when it says nothing."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), 10**8))
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(timedelta(0), (at if at.tzinfo else at.replace(tzinfo=UTC)) - now)


def hears(kinds: Iterable[str], kind: str) -> bool:
    """Whether an endpoint that chose these is told of this kind. How secrets are kept and used is told to none."""
    if kind == TEST or kind.startswith(_NEVER_SENT):
        return False
    return any(_covers(chosen, kind) for chosen in kinds)


def _covers(chosen: str, kind: str) -> bool:
    if chosen == "*":
        return True
    return kind.startswith(chosen[:-1]) if chosen.endswith(".*") else kind == chosen
