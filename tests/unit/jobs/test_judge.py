"""What a failure means for its job."""

import errno
from datetime import timedelta

import psycopg
import pytest

from greenroom.infra.jobs import RetryLater
from greenroom.infra.jobs.judge import judge, wait_before
from greenroom.kit.errors import Conflict, DiskFull, Invalid, TooMany, Unavailable

SOON, LATER = timedelta(seconds=2), timedelta(seconds=40)


@pytest.mark.parametrize(
    ("error", "after", "free", "said"),
    [
        (Invalid("Use at most 60 s"), None, False, "Use at most 60 s"),
        (Conflict("It changed"), None, False, "It changed"),
        (DiskFull("Free some space"), None, False, "Free some space"),
        (OSError(errno.ENOSPC, "No space left on device"), None, False, "disk is full"),
        (psycopg.errors.DiskFull("could not extend file"), None, False, "disk is full"),
        (RetryLater("Bluesky asks us to slow down", after=LATER), LATER, True, "Bluesky"),
        (TooMany("Slow down", after=LATER), LATER, True, "Slow down"),
        (Unavailable("The voice server is away"), SOON, False, "voice server"),
        (psycopg.OperationalError("server closed the connection"), SOON, False, "database did not answer"),
        (OSError(errno.ECONNRESET, "reset"), SOON, False, "ConnectionResetError"),
        (ValueError("no\n such   thing"), SOON, False, "ValueError: no such thing"),
    ],
)
def test_first_start(error: Exception, after: timedelta | None, free: bool, said: str) -> None:
    verdict = judge(error, starts=1, max_starts=5)
    assert (verdict.after, verdict.free) == (after, free)
    assert said in verdict.sentence


@pytest.mark.parametrize("error", [ValueError("x"), Unavailable("away"), psycopg.OperationalError("gone")])
def test_the_last_start_is_final(error: Exception) -> None:
    assert judge(error, starts=4, max_starts=5).after is not None
    assert judge(error, starts=5, max_starts=5).after is None


def test_asking_for_later_is_free_however_often() -> None:
    assert judge(RetryLater("wait", after=LATER), starts=5, max_starts=5).after == LATER


def test_waits_double_up_to_five_minutes() -> None:
    assert [wait_before(n).total_seconds() for n in (1, 2, 3, 4)] == [2, 4, 8, 16]
    assert wait_before(1000) == timedelta(minutes=5)


def test_a_long_error_is_cut_for_people() -> None:
    assert len(judge(ValueError("x" * 10_000), starts=1, max_starts=1).sentence) < 400
