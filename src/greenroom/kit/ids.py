"""Identifiers made in the application: UUID version 7 (RFC 9562), sortable by the time they were made."""

import os
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def uuid7() -> UUID:
    """A fresh identifier, greater than every earlier one of this process."""
    global _last
    with _lock:
        _last = max(_last + 1, _tick())
        tick = _last
    random = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    milliseconds, fraction = tick >> 12, tick & 0xFFF
    return UUID(int=(milliseconds << 80) | (7 << 76) | (fraction << 64) | (2 << 62) | random)


def _tick() -> int:
    """Milliseconds since the epoch with 12 bits of fraction (RFC 9562, 6.2, method 3)."""
    nanoseconds = time.time_ns()
    milliseconds, rest = divmod(nanoseconds, 1_000_000)
    return (milliseconds << 12) | (rest * 4096 // 1_000_000)
