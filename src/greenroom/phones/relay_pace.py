"""How much one connection may say: messages and bytes, each out of a bucket that fills by itself. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """`messages` and `size` (bytes) a second for as long as it likes, and `burst` seconds of that at once."""

    messages: float
    size: float
    burst: float


class Bucket:
    """What is left of a pace for one connection."""

    def __init__(self, pace: Pace, now: float) -> None:
        self._pace, self._at = pace, now
        self._messages, self._size = pace.messages * pace.burst, pace.size * pace.burst

    def take(self, size: int, now: float) -> bool:
        """Whether a message of so many bytes may still be said."""
        pace, passed = self._pace, max(0.0, now - self._at)
        self._at = now
        self._messages = min(pace.messages * pace.burst, self._messages + pace.messages * passed) - 1
        self._size = min(pace.size * pace.burst, self._size + pace.size * passed) - size
        return self._messages >= 0 and self._size >= 0
