"""What platforms' headers say is left of their limits, and which calls count towards which."""

from datetime import UTC, datetime, timedelta

import pytest

from greenroom.channels.allowance import in_a_day
from greenroom.channels.platforms.bluesky import limits as bluesky
from greenroom.channels.platforms.mastodon import limits as mastodon
from greenroom.channels.rate import Told

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SOON = int(NOW.timestamp()) + 90


def of_bluesky(**headers: object) -> Told | None:
    return bluesky.told_in({f"ratelimit-{name}": str(value) for name, value in headers.items()}, NOW)


def of_mastodon(**headers: object) -> Told | None:
    return mastodon.told_in({f"x-ratelimit-{name}": str(value) for name, value in headers.items()}, NOW)


def test_what_is_said_is_read() -> None:
    found = of_bluesky(limit=5000, remaining=12, reset=SOON, policy="5000;w=3600")
    assert found == Told(5000, 12, timedelta(seconds=90), per=timedelta(hours=1))
    for reset in ("2026-11-22T09:01:30.000Z", "2026-11-22T09:01:30", SOON):
        assert of_mastodon(limit=30, remaining=0, reset=reset) == Told(30, 0, timedelta(seconds=90))
    assert of_mastodon(limit=30, remaining=-1, reset="2026-11-22T08:00:00Z") == Told(30, 0, timedelta(0))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"limit": "many", "remaining": 1, "reset": SOON, "policy": "5;w=1"},
        {"limit": 5, "remaining": 1, "reset": "soon", "policy": "5;w=1"},
        {"limit": 5, "remaining": 1, "reset": 10**30, "policy": "5;w=1"},
        {"limit": 5, "remaining": 1, "policy": "5;w=1"},
    ],
)
def test_what_says_nothing_is_passed_over(headers: dict[str, object]) -> None:
    assert of_bluesky(**headers) is None
    assert of_mastodon(**headers) is None


@pytest.mark.parametrize("policy", ["", "5", "5;w=", "5;w=x", "5;w=99999999"])
def test_a_limit_of_no_known_span_is_passed_over(policy: str) -> None:
    assert of_bluesky(limit=5, remaining=1, reset=SOON, policy=policy) is None


def test_each_call_counts_where_the_documents_say() -> None:
    assert [
        mastodon.operation_of(*call)
        for call in (
            ("POST", "/api/v1/statuses"),
            ("POST", "/api/v2/media"),
            ("POST", "/api/v1/media"),
            ("DELETE", "/api/v1/statuses/17"),
            ("POST", "/api/v1/statuses/17/unreblog"),
            ("GET", "/api/v1/statuses/17"),
            ("PUT", "/api/v1/statuses/17"),
            ("GET", "/api/v1/media/3"),
        )
    ] == ["publish", "upload", "upload", "delete", "delete", "call", "call", "call"]
    assert [
        bluesky.operation_of(f"com.atproto.repo.{name}")
        for name in ("putRecord", "deleteRecord", "uploadBlob", "getRecord")
    ] == ["publish", "delete", "upload", "call"]


def test_the_room_of_a_day_is_what_the_tightest_limit_leaves() -> None:
    posting = [
        [limit for limit in limits if limit.operation in ("publish", "upload")]
        for limits in (bluesky.LIMITS, mastodon.LIMITS)
    ]
    assert [in_a_day(limits) for limits in posting] == [1000, 1440]
    assert in_a_day(limit for limit in bluesky.LIMITS if limit.operation == "publish") == 17_500
