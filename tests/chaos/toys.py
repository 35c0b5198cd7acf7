"""Toy workers from a nursery: `python -m tests.chaos.toys URL HOME`; see tests/chaos/toy.py for what they do."""

import sys

from greenroom_dev.faulty.nursery import raise_workers
from tests.chaos import toy


def main() -> None:
    url, home = sys.argv[1:3]

    def work(name: str, _: str) -> None:
        sys.argv[1:] = [url, "io", name, home, "quick"]
        toy.main()

    raise_workers(work)


if __name__ == "__main__":
    main()
