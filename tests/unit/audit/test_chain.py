"""The chain of the audit trail: any change of what was written shows, erasing a personal value does not."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.infra.audit.chain import START, canonical, check, entry_hash, value_digest

SALT = b"0123456789abcdef"
WHO = UUID(int=7)
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def chain(length: int = 5) -> list[dict[str, Any]]:
    entries, previous = [], START
    for number in range(1, length + 1):
        entry: dict[str, Any] = {
            "organisation_id": UUID(int=1), "number": number, "client_id": None, "at": AT + timedelta(number),
            "actor": "user", "actor_id": WHO, "action": "user.changed", "subject_type": "user", "subject_id": WHO,
            "change": {"name": {"after": {"personal": str(number), "digest": value_digest(SALT, "Ada")}}},
            "reason": "", "source": {}, "previous_hash": previous,
            "values": {str(number): {"value": "Ada", "salt": SALT}},
        }  # fmt: skip
        entry["hash"] = previous = entry_hash(previous, entry)
        entries.append(entry)
    return entries


def head(entries: list[dict[str, Any]]) -> tuple[int, bytes]:
    return entries[-1]["number"], entries[-1]["hash"]


def test_what_was_written_is_whole() -> None:
    entries = chain()
    verdict = check(entries, head(entries))
    assert (verdict.entries, verdict.broken_at, verdict.head) == (5, None, entries[-1]["hash"])
    assert check([], (0, START)).broken_at is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("organisation_id", UUID(int=2)), ("client_id", WHO), ("at", AT), ("actor", "system"), ("actor_id", None),
        ("action", "user.invited"), ("subject_type", "client"), ("subject_id", UUID(int=8)), ("change", {}),
        ("reason", "because"), ("source", {"token": "x"}), ("previous_hash", START), ("hash", START),
    ],
)  # fmt: skip
def test_a_changed_field_shows(field: str, value: object) -> None:
    entries = chain()
    entries[2][field] = value
    assert check(entries, head(entries)).broken_at == 3


def drop_middle(entries: list[dict[str, Any]]) -> None:
    del entries[2]


def swap(entries: list[dict[str, Any]]) -> None:
    entries[2], entries[3] = entries[3], entries[2]


def repeat(entries: list[dict[str, Any]]) -> None:
    entries.insert(2, deepcopy(entries[2]))


def forge(entries: list[dict[str, Any]]) -> None:
    """Rewritten with a fitting hash of its own: the next one no longer fits."""
    entries[2]["reason"] = "because"
    entries[2]["hash"] = entry_hash(entries[2]["previous_hash"], entries[2])


def other_value(entries: list[dict[str, Any]]) -> None:
    entries[2]["values"]["3"]["value"] = "Eve"


def lost_value(entries: list[dict[str, Any]]) -> None:
    entries[2]["values"].clear()


@pytest.mark.parametrize(
    ("harm", "broken"), [(drop_middle, 3), (swap, 3), (repeat, 4), (forge, 4), (other_value, 3), (lost_value, 3)]
)
def test_a_cut_and_a_forgery_show(harm: Callable[[list[dict[str, Any]]], None], broken: int) -> None:
    entries = chain()
    end = head(entries)
    harm(entries)
    assert check(entries, end).broken_at == broken


def test_a_cut_at_the_end_shows() -> None:
    entries = chain()
    verdict = check(entries[:-1], head(entries))
    assert (verdict.broken_at, verdict.why) == (5, "Entries are missing at the end")


def test_an_erased_value_leaves_the_chain_whole() -> None:
    entries = chain()
    entries[2]["values"]["3"] = {"value": None, "salt": None}
    assert check(entries, head(entries)).broken_at is None


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_the_form_is_canonical(value: object) -> None:
    assert canonical({"b": value, "a": 1}) == canonical({"a": 1, "b": value})


def test_a_time_has_one_form_in_every_zone() -> None:
    assert canonical(AT) == canonical(AT.astimezone(timezone(timedelta(hours=5))))
