"""Named moments of a publication, at which a test may end the process to see that nothing is lost or doubled."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal, get_args

Point = Literal["claimed", "begun", "prepared", "armed", "sent", "received", "observed", "finished"]
POINTS: tuple[Point, ...] = get_args(Point)

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
