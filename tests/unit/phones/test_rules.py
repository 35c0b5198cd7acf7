"""When leases are taken, asked after and ended, as a table; and that only the present epoch is good."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.phones.rules import (
    GRACE,
    IDLE,
    HolderKind,
    KeptState,
    Reason,
    Settle,
    Standing,
    State,
    ending,
    is_stale,
    settle,
    shown_state,
    why_not,
)

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("kind", "expires", "input_ago", "asked_ago", "step"),
    [
        ("person", SECOND, timedelta(0), None, "nothing"),
        ("person", timedelta(0), timedelta(0), None, "expired"),
        ("person", -SECOND, timedelta(hours=1), GRACE, "expired"),
        ("person", SECOND, IDLE - SECOND, None, "nothing"),
        ("person", SECOND, IDLE, None, "ask"),
        ("person", SECOND, IDLE + GRACE, GRACE - SECOND, "nothing"),
        ("person", SECOND, IDLE + GRACE, GRACE, "idle"),
        ("person", SECOND, timedelta(0), GRACE, "nothing"),
        ("workflow", SECOND, timedelta(hours=9), None, "nothing"),
        ("workflow", timedelta(0), timedelta(0), None, "expired"),
    ],
)
def test_what_time_does_to_a_lease(
    kind: HolderKind, expires: timedelta, input_ago: timedelta, asked_ago: timedelta | None, step: Settle
) -> None:
    asked = None if asked_ago is None else NOW - asked_ago
    assert settle(Standing(kind, NOW + expires, NOW - input_ago, asked), NOW) == step


@given(st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1), st.booleans())
def test_only_the_present_epoch_of_who_holds_it_reaches_the_phone(sent: int, present: int, held: bool) -> None:
    assert is_stale(sent, present, held=held) == (not held or sent != present)


@pytest.mark.parametrize(
    ("state", "away", "shown", "person", "workflow"),
    [
        ("active", False, "active", True, True),
        ("active", True, "offline", False, False),
        ("maintenance", True, "maintenance", True, False),
        ("failed", False, "failed", True, False),
        ("quarantined", False, "quarantined", True, False),
    ],
)
def test_who_may_take_a_phone_in_which_state(
    state: KeptState, away: bool, shown: State, person: bool, workflow: bool
) -> None:
    seen = shown_state(state, NOW if away else None)
    assert seen == shown
    assert (why_not(seen, "person") is None, why_not(seen, "workflow") is None) == (person, workflow)


@pytest.mark.parametrize(
    ("alive", "because", "says"),
    [
        ("unauthorised", "R58N is unauthorised: accept the prompt on its screen", "accept the prompt"),
        ("offline", "iPhone A is at step 4 of 9, tunnel is up: this takes a moment", "step 4 of 9"),
        ("offline", "it is no longer plugged in", "see that it is plugged in"),
        ("offline", "its agent is not connected", "its agent runs"),
        ("unauthorised", "", "see that it is plugged in"),
    ],
)
def test_a_phone_that_wants_something_says_what(alive: str, because: str, says: str) -> None:
    assert says in (why_not("offline", "person", alive, because) or "")


@pytest.mark.parametrize("reason", ["released", "handed_over", "broken_in", "idle", "expired", "moved"])
def test_every_end_is_told_in_a_sentence(reason: Reason) -> None:
    sentence = ending(reason, "Bo", "the post is due")
    assert sentence[0].isupper()
    assert not sentence.endswith(".")
    assert (sentence == "Bo took this phone over: the post is due") == (reason == "broken_in")
