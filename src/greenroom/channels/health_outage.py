"""When several accounts of a server fail alike within a short time, the server is down, and no account is to blame.

Pure. A login that still fails after hours is dead, however many others died with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

LEAST = 3
"""So many accounts make an outage."""

WITHIN = timedelta(minutes=15)
LONGEST = timedelta(hours=6)
LOOK_BACK = timedelta(days=1)
"""From how long ago an account's first failure is known."""


@dataclass(frozen=True, slots=True)
class Failing:
    """An account that fails in one way on a server: since when, and when last."""

    account: UUID
    first_at: datetime
    last_at: datetime


def excused(failing: Iterable[Failing], now: datetime) -> frozenset[UUID]:
    """The accounts whose failures are the server's; none when too few fail together."""
    together = {one.account for one in failing if now - one.last_at <= WITHIN and now - one.first_at <= LONGEST}
    return frozenset(together) if len(together) >= LEAST else frozenset()
