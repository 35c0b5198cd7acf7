"""Named moments of a publication and of a correction, at which a test may end the process to see that nothing is lost
or doubled."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal, get_args

Publishing = Literal["claimed", "begun", "prepared", "armed", "sent", "received", "observed", "finished"]
Correcting = Literal[
    "correcting.begun", "correcting.read", "correcting.armed", "correcting.sent", "correcting.seen", "correcting.done"
]
Point = Publishing | Correcting
POINTS: tuple[Publishing, ...] = get_args(Publishing)
CORRECTING: tuple[Correcting, ...] = get_args(Correcting)

_watchers: list[Callable[[Point], None]] = []


def reached(point: Point) -> None:
    """Tell whoever watches; nobody does in a running installation."""
    for watcher in _watchers:
        watcher(point)


@contextmanager
def watched(watcher: Callable[[Point], None]) -> Iterator[None]:
    """Tell `watcher` during the block."""
    _watchers.append(watcher)
    try:
        yield
    finally:
        _watchers.remove(watcher)
