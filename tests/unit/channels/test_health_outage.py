"""Three accounts of a server that fail alike within a quarter of an hour are the server's outage."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from greenroom.channels.health_outage import Failing, excused

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def failing(*minutes: tuple[float, float]) -> list[Failing]:
    """Accounts 0, 1, 2 …, which failed first and last so many minutes ago."""
    return [
        Failing(UUID(int=number), NOW - timedelta(minutes=first), NOW - timedelta(minutes=last))
        for number, (first, last) in enumerate(minutes)
    ]


@pytest.mark.parametrize(
    ("found", "innocent"),
    [
        ([], []),
        ([(0, 0), (1, 1)], []),
        ([(0, 0), (1, 1), (15, 15)], [0, 1, 2]),
        ([(0, 0), (1, 1), (16, 16)], []),
        ([(0, 0), (1, 1), (2, 2), (90, 40)], [0, 1, 2]),
        ([(300, 0), (200, 1), (100, 2)], [0, 1, 2]),
        ([(361, 0), (1, 1), (2, 2)], []),
        ([(361, 0), (1, 1), (2, 2), (3, 3)], [1, 2, 3]),
    ],
)
def test_who_is_innocent(found: list[tuple[float, float]], innocent: list[int]) -> None:
    assert excused(failing(*found), NOW) == {UUID(int=number) for number in innocent}
