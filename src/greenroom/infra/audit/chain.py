"""The chain's arithmetic: what an entry's hash covers, and where a chain is broken. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

START = bytes(32)
"""What the first entry names as its predecessor."""
_DOMAIN = b"greenroom audit entry 1\0"
_VALUE = b"greenroom audit value 1\0"
COVERED = (
    "organisation_id", "number", "client_id", "at", "actor", "actor_id", "action", "subject_type", "subject_id",
    "change", "reason", "source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many entries were looked at, and the number of the first that is not what was written."""

    entries: int
    broken_at: int | None
    why: str | None
    head: bytes


def entry_hash(previous: bytes, entry: Mapping[str, Any]) -> bytes:
    """SHA-256 over the predecessor's hash and everything that the entry says, in one canonical form."""
    return hashlib.sha256(_DOMAIN + previous + canonical({name: entry[name] for name in COVERED})).digest()


def value_digest(salt: bytes, value: Any) -> str:
    """What stands in the chain for a personal value: of no use without the salt, which is erased with the value."""
    return hashlib.sha256(_VALUE + salt + canonical(value)).hexdigest()


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spaces; times in UTC with microseconds, ids and the rest as text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_text).encode()


class Walk:
    """A chain followed entry by entry from its start, so that no more than one of them is held."""

    def __init__(self) -> None:
        self._previous, self._number = START, 0
        self._why: str | None = None

    def step(self, entry: Mapping[str, Any]) -> bool:
        """Look at the next entry by number, with its `values` by id; False when the chain is broken there."""
        self._why = _fault(entry, self._previous, self._number + 1)
        if self._why is None:
            self._previous, self._number = bytes(entry["hash"]), self._number + 1
        return self._why is None

    def verdict(self, head: tuple[int, bytes]) -> Verdict:
        """What was found, when the chain should end with `head`."""
        if self._why is None and (self._number, self._previous) != (head[0], bytes(head[1])):
            self._why = "Entries are missing at the end"
        return Verdict(self._number, self._number + 1 if self._why else None, self._why, self._previous)


def check(entries: Iterable[Mapping[str, Any]], head: tuple[int, bytes]) -> Verdict:
    """Follow the chain from its start to its head. Entries come by number, each with its `values` by id."""
    walk = Walk()
    for entry in entries:
        if not walk.step(entry):
            break
    return walk.verdict(head)


def _fault(entry: Mapping[str, Any], previous: bytes, number: int) -> str | None:
    if entry["number"] != number:
        return "An entry is missing"
    if bytes(entry["previous_hash"]) != previous or entry_hash(previous, entry) != bytes(entry["hash"]):
        return "The entry is not what was written"
    for id, digest in personal_digests(entry):
        kept = entry["values"].get(id)
        if kept is None:
            return "A personal value was removed without a trace"
        if kept["salt"] is not None and value_digest(bytes(kept["salt"]), kept["value"]) != digest:
            return "A personal value is not what was written"
    return None


def personal_digests(entry: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The personal values that the entry refers to: id and digest."""
    sides = [side for field in entry["change"].values() for side in field.values()]
    return [(one["personal"], one["digest"]) for one in [*sides, *entry["source"].values()] if is_personal(one)]


def is_personal(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"personal", "digest"}


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)
