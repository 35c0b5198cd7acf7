"""The passkey ceremonies against a software authenticator: what holds, and that nothing strange does or breaks."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from greenroom.tenancy import ceremony
from greenroom.tenancy.relying_party import RelyingParty
from tests.support.authenticator import Authenticator

PARTY = RelyingParty("room.example", "https://room.example")
STRANGE = (None, "", "AA", "%%", 7, [], {"a": 1}, "\u2603", "oWFh", "A" * 5000)


def device() -> Authenticator:
    return Authenticator(PARTY.origin, PARTY.id)


def created(device: Authenticator) -> tuple[dict[str, Any], bytes]:
    challenge, options = ceremony.creation_options(
        PARTY, uuid4(), uuid4(), email="ada@example.com", name="Ada", present=[b"one"]
    )
    return device.create(options), challenge


def bent(whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The answer with each part of it missing or strange."""
    for outer, inner in [("response", name) for name in whole["response"]] + [(name, "") for name in whole]:
        for strange in STRANGE:
            answer = {**whole, "response": dict(whole["response"])}
            (answer[outer] if inner else answer)[inner or outer] = strange
            yield answer
        without = {**whole, "response": dict(whole["response"])}
        del (without[outer] if inner else without)[inner or outer]
        yield without


def never_breaks(check: Callable[[], object]) -> bool:
    """Whether it holds; any other error than NotVerified goes through."""
    try:
        check()
    except ceremony.NotVerified:
        return False
    return True


def test_a_key_is_made_and_then_used() -> None:
    key = device()
    answer, challenge = created(key)
    made = ceremony.verified_key(PARTY, answer, challenge)
    assert (made.credential_id, made.sign_count, made.transports) == (key.credential, 1, ["internal"])
    asked, options = ceremony.request_options(PARTY)
    key.count = 2
    used = key.get(options)
    assert ceremony.challenge_of(used) == asked
    found = ceremony.verified_use(PARTY, used, asked, public_key=made.public_key, sign_count=1)
    assert found.sign_count == 2


def test_nothing_strange_holds_as_a_use_or_breaks_anything() -> None:
    key = device()
    answer, challenge = created(key)
    made = ceremony.verified_key(PARTY, answer, challenge)
    asked, options = ceremony.request_options(PARTY)
    whole = replace(key, count=2).get(options)
    held = 0
    for one in bent(whole):
        held += never_breaks(
            lambda one=one: ceremony.verified_use(PARTY, one, asked, public_key=made.public_key, sign_count=1)
        )
        never_breaks(lambda one=one: ceremony.challenge_of(one))
        never_breaks(lambda one=one: ceremony.person_of(one))
    # The parts that carry no proof: the browser's extension results, and the handle, which is looked up instead.
    assert held <= 2 * (len(STRANGE) + 1)


def test_nothing_strange_breaks_the_making_of_a_key() -> None:
    answer, challenge = created(device())
    for one in bent(answer):
        never_breaks(lambda one=one: ceremony.verified_key(PARTY, one, challenge))


@pytest.mark.parametrize("handle", [b"", b"x", bytes(31), bytes(33)])
def test_a_handle_that_names_nobody_does_not_hold(handle: bytes) -> None:
    _, options = ceremony.request_options(PARTY)
    with pytest.raises(ceremony.NotVerified):
        ceremony.person_of(replace(device(), handle=handle).get(options))
