"""Connections at the agents' door that have not said yet who they are: a few of each address. Pure."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

MOST_OF_ONE = 5
"""Of one address; who comes on top is sent away and tries again."""
MOST = 500
"""Of all addresses."""


class Knocks:
    """Those of this process."""

    def __init__(self) -> None:
        self._here: Counter[str] = Counter()

    def __len__(self) -> int:
        return self._here.total()

    def is_crowded(self, address: str) -> bool:
        """Whether one more from there is too many."""
        return self._here[address] >= MOST_OF_ONE or self._here.total() >= MOST

    @contextmanager
    def from_address(self, address: str) -> Iterator[None]:
        """While the connection has not said yet who it is."""
        self._here[address] += 1
        try:
            yield
        finally:
            self._here[address] -= 1
            if not self._here[address]:
                del self._here[address]
