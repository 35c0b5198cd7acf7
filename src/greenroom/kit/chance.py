"""Chance as a parameter: the same seed gives the same choices, on every machine and Python version."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A stream of choices from a seed (SHA-256 in counter mode, so that upgrades do not change it)."""

    def __init__(self, seed: int | str) -> None:
        self._seed = str(seed).encode()
        self._count = 0

    def fork(self, name: str) -> "Chance":
        """An independent stream, the same for the same seed and name."""
        return Chance(f"{self._seed.decode()}/{name}")

    def unit(self) -> float:
        """A number in [0, 1)."""
        return self._bits() / (1 << 53)

    def number(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.unit() * (high - low + 1))

    def real(self, low: float, high: float) -> float:
        return low + self.unit() * (high - low)

    def between(self, low: timedelta, high: timedelta) -> timedelta:
        return low + (high - low) * self.unit()

    def choice(self, options: Sequence[T]) -> T:
        return options[self.number(0, len(options) - 1)]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        result = list(items)
        for last in range(len(result) - 1, 0, -1):
            other = self.number(0, last)
            result[last], result[other] = result[other], result[last]
        return result

    def _bits(self) -> int:
        self._count += 1
        digest = hashlib.sha256(self._seed + b"#" + str(self._count).encode()).digest()
        return int.from_bytes(digest[:8], "big") >> 11
