"""How fast workers notice things. All workers of an installation must keep the same pace."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Pace:
    """Times that decide when a worker counts as lost; the defaults are for real work."""

    poll: timedelta = timedelta(seconds=1)
    """How often a queue is looked at when nothing rings."""
    beat: timedelta = timedelta(seconds=3)
    """How often a worker says that it still has its jobs."""
    frozen_after: timedelta = timedelta(seconds=20)
    """Without a beat for this long a job is given to another worker. Longer than an outage of the database that jobs
    should survive in place, and than a computation may keep the event loop from running."""
    gone_after: timedelta = timedelta(seconds=3)
    """A worker without a connection to the database for this long is dead; its process ended, or its host."""
    grace: timedelta = timedelta(seconds=20)
    """On a request to stop, how long running jobs may go on before they are left to other workers."""
    idle_after: timedelta = timedelta(seconds=15)
    """A transaction of a worker that stands idle for so long is ended, for a frozen worker would keep its locks."""
    leader_frozen_after: timedelta = timedelta(seconds=15)
    """A worker that leads the periodic ticks but is silent for this long loses the lead."""
