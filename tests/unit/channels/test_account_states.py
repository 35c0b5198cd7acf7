"""The states of an account: who may end which, and how a refusal says it."""

from typing import get_args

import pytest

from greenroom.channels.account_states import (
    PASSING,
    PLATFORMS_OWN,
    POSTING,
    AccountState,
    check_person_moves,
    check_reversal,
    in_words,
)
from greenroom.kit.errors import Conflict

STATES: tuple[AccountState, ...] = get_args(AccountState)


@pytest.mark.parametrize("state", STATES)
def test_a_person_ends_what_is_neither_the_platforms_nor_over(state: AccountState) -> None:
    def move() -> None:
        check_person_moves("@mara", "Bluesky", state, "Spam", "paused")

    if state in PLATFORMS_OWN:
        with pytest.raises(Conflict, match=f"@mara is {state} by Bluesky: Spam. Only Bluesky can lift that"):
            move()
    elif state in ("closed", "paused"):
        with pytest.raises(Conflict):
            move()
    else:
        move()


@pytest.mark.parametrize(("by", "said"), [("person", "No rule moved @mara last: Ada did"), ("platform", "no rule did")])
def test_only_what_a_rule_did_is_taken_back(by: str, said: str) -> None:
    with pytest.raises(Conflict, match=said):
        check_reversal("@mara", "Bluesky", "active", None, by=by, who="Ada")
    check_reversal("@mara", "Bluesky", "cooldown", None, by="rule", who="its health")


def test_the_kinds_of_states_do_not_overlap_and_all_are_said() -> None:
    assert not POSTING & PASSING
    assert not (POSTING | PASSING) & PLATFORMS_OWN
    assert all(in_words(state).startswith("is ") for state in STATES)
