"""When a delivery is tried again, and which kinds an endpoint hears."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from greenroom.kit.chance import Chance
from greenroom.tenancy.webhooks.contracts import NewWebhook
from greenroom.tenancy.webhooks.rules import GIVE_UP, LONGEST_REST, REST, hears, next_try, rest, retry_after

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ZERO = timedelta(0)
HOUR = 3600
PLANNED = (5, 30, 120, 600, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 12 * HOUR, 12 * HOUR)


@pytest.mark.parametrize(("attempts", "seconds"), list(enumerate(PLANNED, start=1)))
def test_the_wait_after_each_attempt(attempts: int, seconds: int) -> None:
    waits = {next_try(attempts, ZERO, Chance(seed)) for seed in range(200)}
    assert len(waits) > 100, "no two endpoints that failed together come back together"
    for wait in waits:
        assert wait is not None
        assert 0.8 * seconds <= wait.total_seconds() <= 1.2 * seconds


def test_a_round_of_attempts_ends_after_three_days() -> None:
    for seed in range(50):
        age, attempts = ZERO, 1
        while (wait := next_try(attempts, age, Chance(f"{seed}/{attempts}"))) is not None:
            age += wait
            attempts += 1
        assert timedelta(days=2) < age <= GIVE_UP
        assert 10 <= attempts <= 14


def test_what_the_endpoint_asks_for_is_kept_within_the_three_days() -> None:
    assert next_try(1, ZERO, Chance(1), asked=timedelta(minutes=7)) == timedelta(minutes=7)
    at_least = next_try(4, ZERO, Chance(1), asked=timedelta(seconds=1))
    assert at_least is not None
    assert at_least > timedelta(minutes=7)
    assert next_try(1, ZERO, Chance(1), asked=timedelta(days=4)) is None


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        ("120", timedelta(seconds=120)),
        ("0", ZERO),
        ("Sat, 21 Nov 2026 09:05:00 GMT", timedelta(minutes=5)),
        ("Sat, 21 Nov 2026 08:00:00 GMT", ZERO),
        ("99999999999999999999", timedelta(seconds=10**8)),
        ("soon", None),
        ("-5", None),
        ("٥", None),
        ("", None),
    ],
)
def test_retry_after(text: str, wait: timedelta | None) -> None:
    assert retry_after({"retry-after": text}, NOW) == wait
    assert retry_after({}, NOW) is None


def test_one_that_fails_holds_up_its_endpoint_for_a_while_only() -> None:
    assert rest(timedelta(seconds=5)) == timedelta(seconds=5)
    assert rest(timedelta(hours=12)) == REST
    assert rest(timedelta(hours=12), asked=timedelta(minutes=10)) == timedelta(minutes=10)
    assert rest(timedelta(days=2), asked=timedelta(days=2)) == LONGEST_REST


@pytest.mark.parametrize(
    ("chosen", "kind", "heard"),
    [
        ("*", "channels.post.published", True),
        ("channels.post.*", "channels.post.published", True),
        ("channels.*", "channels.post.published", True),
        ("channels.post.published", "channels.post.published", True),
        ("channels.post", "channels.post.published", False),
        ("channels.post.*", "channels.postbox.full", False),
        ("studio.*", "channels.post.published", False),
        ("*", "vault.opened", False),
        ("vault.*", "vault.opened", False),
        ("*", "tenancy.webhook.test", False),
        ("*", "tenancy.webhook.disabled", True),
    ],
)
def test_which_kinds_are_heard(chosen: str, kind: str, heard: bool) -> None:
    assert hears(("job.changed", chosen), kind) is heard


@pytest.mark.parametrize("kind", ["", "**", "*.post", "Channels.*", "channels..post", "channels.", "a b", "x" * 101])
def test_what_is_no_kind_is_refused(kind: str) -> None:
    with pytest.raises(ValidationError):
        NewWebhook(address="https://example.com", kinds=(kind,))
