"""Request limits: what a bucket lends and what several servers together let through."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.infra.http.buckets import Bucket, Limit, Share
from greenroom.kit.clock import FixedClock

START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("left", "passed", "lent", "after"),
    [
        (60, 0, 3, 57),
        (2, 0, 2, 0),
        (0.9, 0, 0, 0.9),
        (0, 1, 1, 0),
        (0, 2.5, 2, 0.5),
        (0, 3600, 3, 57),
        (60, 3600, 3, 57),
        (5, -10, 3, 2),
    ],
)
def test_a_bucket_of_sixty_a_minute(left: float, passed: float, lent: int, after: float) -> None:
    bucket, given_out = Bucket(left, START).lend(Limit("user", 60), START + SECOND * passed)
    assert given_out == lent
    assert bucket.left == pytest.approx(after)
    assert bucket.at >= START


def test_an_empty_bucket_says_when_one_request_is_there_and_is_not_asked_before() -> None:
    clock, limit, share = FixedClock(START), Limit("user", 60), Share()
    bucket, lent = Bucket(0.25, START).lend(limit, START)
    share.receive(limit, bucket, lent, clock.now())
    assert share.closed(clock.now()) == SECOND * 0.75
    clock.advance(SECOND * 0.75)
    assert share.closed(clock.now()) == timedelta(0)
    bucket, lent = bucket.lend(limit, clock.now())
    assert lent == 1


moves = st.lists(st.tuples(st.integers(0, 3), st.floats(0, 20)), max_size=300)


@given(most=st.integers(1, 400), moves=moves)
def test_servers_together_let_through_no_more_than_was_said(most: int, moves: list[tuple[int, float]]) -> None:
    """Over any span: a full bucket, what flows in, and one share for each server (docs/decisions/0014)."""
    clock, limit = FixedClock(START), Limit("user", most)
    bucket, shares, taken = Bucket(most, START), [Share() for _ in range(4)], list[datetime]()
    for server, pause in moves:
        clock.advance(SECOND * pause)
        share = shares[server]
        if not share.held and not share.closed(clock.now()):
            bucket, lent = bucket.lend(limit, clock.now())
            share.receive(limit, bucket, lent, clock.now())
        if share.held:
            share.spend(clock.now())
            taken.append(clock.now())
        assert 0 <= share.held <= limit.share
        assert share.remaining() >= 0
    for first, since in enumerate(taken):
        span = (taken[-1] - since).total_seconds()
        assert len(taken) - first <= most + span * limit.per_second + len(shares) * limit.share + 1e-6


@given(most=st.integers(1, 400), wait=st.floats(0, 120))
def test_nobody_who_waits_as_told_is_refused(most: int, wait: float) -> None:
    limit = Limit("user", most)
    bucket, _ = Bucket(0, START).lend(limit, START)
    _, lent = bucket.lend(limit, START + bucket.wait(limit) + timedelta(seconds=wait, microseconds=1))
    assert lent >= 1
