"""What the vault tells about a secret without opening it, and what its upkeep did."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from greenroom.infra.vault.seal import Place


@dataclass(frozen=True, slots=True)
class Described:
    """A secret for a page: everything but its value. `client` is None for the organisation's own."""

    id: UUID
    client: UUID | None
    kind: str
    subject: tuple[str, UUID] | None
    hint: str
    version: int
    expires_at: datetime | None
    last_used_at: datetime | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Rotated:
    """`refused` are the secrets that did not open; they stay as they are, and so does their data key."""

    version: int
    sealed: int
    refused: int


def described(row: dict[str, Any]) -> Described:
    subject = (row["subject_type"], row["subject_id"]) if row["subject_type"] else None
    return Described(
        row["id"], row["client_id"], row["kind"], subject, row["hint"], row["version"],
        row["expires_at"], row["last_used_at"], row["created_at"], row["updated_at"],
    )  # fmt: skip


def place_of(row: dict[str, Any], version: int | None = None) -> Place:
    """Where the row's value lies; kind and subject are bound too, so that none stands in for another."""
    about = (row["kind"], row["subject_type"] or "", str(row["subject_id"] or ""))
    return Place(
        row["organisation_id"], row["client_id"], "secret", row["id"], "sealed", version or row["version"], about
    )
