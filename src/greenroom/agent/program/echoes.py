"""How old what comes from the server may be: it was sent after the server heard the beat whose echo came last."""

from collections import deque

from greenroom.wire.messages import Beat

EVERY = 0.5  # seconds between two beats
LATE = 2.0  # seconds; an echo that takes a second and a half still leaves what follows it in time
_MOST = 64  # beats whose echoes are waited for


class Echoes:
    """Of one connection; times in seconds of one monotonic clock. `now`: when the server was heard of last."""

    def __init__(self, now: float) -> None:
        self._known = now
        self._count = 0
        self._sent: deque[tuple[int, float]] = deque(maxlen=_MOST)

    def beat(self, now: float) -> Beat:
        """The next one to be sent."""
        self._count = (self._count + 1) % 2**32
        self._sent.append((self._count, now))
        return Beat(self._count)

    def hear(self, echo: Beat) -> None:
        """The server says it back in its turn among all else; one that is none of ours says nothing."""
        if all(count != echo.count for count, _ in self._sent):
            return
        while True:
            count, self._known = self._sent.popleft()
            if count == echo.count:
                return

    def are_late(self, now: float) -> bool:
        """Whether what comes now may have been on its way for too long."""
        return now - self._known > LATE
