"""Token buckets for request limits: the rules, pure. The bucket is shared; a server spends from a share it was lent."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

_SHARES = 20
"""A server is lent a twentieth of a bucket at a time, so the shared row is touched once in so many requests."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` requests per window on the average, and as many at once; 0 is no limit."""

    name: str
    most: int
    window: timedelta = timedelta(minutes=1)

    @property
    def per_second(self) -> float:
        return self.most / self.window.total_seconds()

    @property
    def share(self) -> int:
        """How many requests a server is lent at a time."""
        return max(1, self.most // _SHARES)


@dataclass(frozen=True, slots=True)
class Bucket:
    """What was left at a moment of the database's clock; it fills up with time."""

    left: float
    at: datetime

    def lend(self, limit: Limit, now: datetime) -> tuple["Bucket", int]:
        """Take a share, or the whole requests that are left; 0 when there is none."""
        passed = max(0.0, (now - self.at).total_seconds())
        left = min(float(limit.most), self.left + passed * limit.per_second)
        lent = min(limit.share, int(left))
        return replace(self, left=left - lent, at=max(self.at, now)), lent

    def wait(self, limit: Limit) -> timedelta:
        """How long until one whole request is there."""
        return timedelta(seconds=max(0.0, 1 - self.left) / limit.per_second)


@dataclass(slots=True)
class Share:
    """What one server holds of a bucket: requests that the bucket has given up already."""

    held: int = 0
    behind: float = 0.0
    """What was left in the bucket when it was last asked."""
    closed_until: datetime | None = None
    """The bucket was empty: until then nobody asks it again."""
    used_at: datetime | None = None

    def closed(self, now: datetime) -> timedelta:
        """How long this share is known to stay empty; zero when the bucket may be asked."""
        if self.held or self.closed_until is None:
            return timedelta(0)
        return max(timedelta(0), self.closed_until - now)

    def receive(self, limit: Limit, bucket: Bucket, lent: int, now: datetime) -> None:
        self.held += lent
        self.behind = bucket.left
        self.closed_until = None if lent else now + bucket.wait(limit)

    def spend(self, now: datetime) -> None:
        self.held -= 1
        self.used_at = now

    def remaining(self) -> int:
        """A lower bound of what the caller may still send now."""
        return self.held + int(self.behind)
