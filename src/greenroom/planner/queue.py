"""Which content of a schedule's queue comes next. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(slots=True)
class Queue:
    """Contents in their order; with `repeat` from the beginning again when all had their turn.

    A lane has its turns for itself: all accounts share one, or with slots each has its own (its id).
    """

    contents: tuple[UUID, ...]
    repeat: bool
    turns: Counter[tuple[UUID | None, UUID]] = field(default_factory=Counter)

    def next(self, lane: UUID | None, fit: Iterable[UUID] | Collection[UUID]) -> UUID | None:
        """The first of those that had the fewest turns and may go out (`fit`); None when there is none left."""
        allowed = set(fit)
        left = [one for one in self.contents if one in allowed and (self.repeat or not self.turns[lane, one])]
        return min(left, key=lambda one: self.turns[lane, one], default=None)

    def take(self, lane: UUID | None, content: UUID) -> None:
        self.turns[lane, content] += 1
