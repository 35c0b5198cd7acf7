"""How long ago a worker armed the call that it is about to make: one that stood still meanwhile makes none."""

import time
from datetime import timedelta

from greenroom.channels import looking
from greenroom.infra import jobs


class Arming:
    """The moment from which one call may be under way, by this worker's own clock."""

    def __init__(self) -> None:
        self._began = 0.0

    def begin(self) -> None:
        self._began = _elapsed()

    def in_time(self) -> None:
        """Raise when it is too long since then; asked before the call, and by adapters that can just before they send
        its first byte."""
        if _elapsed() - self._began > looking.GUARD.total_seconds():
            raise jobs.RetryLater("This worker stood still; it looks before it goes on", after=timedelta(seconds=1))


def _elapsed() -> float:
    """Seconds on a clock that, where the system has one, goes on while the machine sleeps."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)
