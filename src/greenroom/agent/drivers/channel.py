"""The three ways to a phone (video, input, tree), each with its own health, so that a dead one blinds no other."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum


class State(StrEnum):
    OFF = "off"  # nobody asked for it
    UP = "up"
    LIMPING = "limping"  # works by a fallback; `reason` says which
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Health:
    """`failures` in a row; `since` in seconds of a monotonic clock."""

    state: State = State.OFF
    since: float = 0.0
    reason: str = ""
    failures: int = 0

    def now(self, state: State, at: float, reason: str = "") -> "Health":
        failures = self.failures + 1 if state is State.DOWN else 0
        since = self.since if state is self.state else at
        return Health(state, since, reason, failures)

    def pause(self, first: float = 0.5, most: float = 10.0) -> float:
        """Seconds before the next try: doubled with every failure in a row."""
        return min(most, first * 2 ** max(0, min(self.failures, 16) - 1)) if self.failures else 0.0


@dataclass(frozen=True, slots=True)
class Channels:
    video: Health = Health()
    input: Health = Health()
    tree: Health = Health()


@dataclass(slots=True)
class Watch:
    """Keeps the three; `told` hears of changes of state only, so a log says it once."""

    clock: Callable[[], float]
    told: Callable[[str, Health], None] | None = None
    channels: Channels = field(default_factory=Channels)

    def say(self, name: str, state: State, reason: str = "") -> None:
        before: Health = getattr(self.channels, name)
        after = before.now(state, self.clock(), reason)
        self.channels = replace(self.channels, **{name: after})
        if self.told and after.state is not before.state:
            self.told(name, after)
