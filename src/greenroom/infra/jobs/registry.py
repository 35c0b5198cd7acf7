"""Which kinds of job and which periodic ticks this process can run; rooms add theirs, entrypoints ask them to."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from greenroom.infra.context import House

if TYPE_CHECKING:
    from greenroom.infra.jobs.run import JobRun

Queue = Literal["io", "cpu"]
QUEUES: tuple[Queue, ...] = ("io", "cpu")

Handler = Callable[["JobRun"], Awaitable[dict[str, Any] | None]]
TickCall = Callable[[House], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of job. `io` waits on others and many run at once; `cpu` computes in a thread, one at a time."""

    name: str
    handler: Handler
    queue: Queue
    max_starts: int


@dataclass(frozen=True, slots=True)
class Tick:
    """Something that one worker at a time does again and again."""

    name: str
    every: timedelta
    call: TickCall


class Registry:
    """Filled once at start; a kind that no worker registered stays queued until one does."""

    def __init__(self) -> None:
        self.kinds: dict[str, Kind] = {}
        self.ticks: dict[str, Tick] = {}

    def add(self, name: str, handler: Handler, *, queue: Queue = "io", max_starts: int = 5) -> None:
        """Run jobs of this kind with `handler`; after `max_starts` starts that did not end well they fail."""
        if name in self.kinds:
            raise ValueError(f"Two handlers for jobs of kind {name}; give one another name")
        if queue not in QUEUES or max_starts < 1:
            raise ValueError(f"Job kind {name} needs a queue of {QUEUES} and at least one start")
        self.kinds[name] = Kind(name, handler, queue, max_starts)

    def every(self, name: str, call: TickCall, *, seconds: float) -> None:
        """Call again and again, `seconds` after the last call ended; one worker at a time does it."""
        if name in self.ticks:
            raise ValueError(f"Two ticks are called {name}; give one another name")
        self.ticks[name] = Tick(name, timedelta(seconds=seconds), call)

    def of(self, queue: Queue) -> Iterable[Kind]:
        return [kind for kind in self.kinds.values() if kind.queue == queue]
