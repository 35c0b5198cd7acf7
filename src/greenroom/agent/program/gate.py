"""Whose input may reach a phone: only the present holder's, told by the lease's epoch. Pure; it forgets nothing."""

from dataclasses import dataclass, field
from typing import Literal

from greenroom.wire.messages import Lease

Closed = Literal["stale", "nobody", "expired", "unknown"]


@dataclass(frozen=True, slots=True)
class Held:
    """`until` in seconds of the agent's own monotonic clock."""

    epoch: int
    held: bool
    until: float


@dataclass(slots=True)
class Gate:
    """Lives as long as the program, over all its connections: an epoch that was passed never comes back."""

    _phones: dict[int, Held] = field(default_factory=dict)

    def hear(self, lease: Lease, now: float) -> int:
        """The epoch that is in force from now on; one that is older than what was heard before changes nothing."""
        known = self._phones.get(lease.number)
        if known is None or lease.epoch >= known.epoch:
            self._phones[lease.number] = Held(lease.epoch, lease.held, now + lease.seconds)
        return self._phones[lease.number].epoch

    def judge(self, number: int, epoch: int, now: float) -> Closed | None:
        """Why input of this epoch is refused; None where it may pass."""
        known = self._phones.get(number)
        if known is None:
            return "unknown"
        if epoch != known.epoch:
            return "stale"
        if not known.held:
            return "nobody"
        return "expired" if now >= known.until else None

    def epoch(self, number: int) -> int:
        known = self._phones.get(number)
        return known.epoch if known else 0
