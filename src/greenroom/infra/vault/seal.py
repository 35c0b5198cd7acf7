"""Seals values with AES-256-GCM, each bound to the one place where it may lie. Pure; knows keys, no database.

A sealed value is a byte that names the scheme, a random nonce of 96 bits, then ciphertext and tag (NIST SP 800-38D).
"""

import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SCHEME = b"\x01"
SCHEME_NAME = b"greenroom vault 1"
KEY_BYTES = 32
NONCE_BYTES = 12


class NotAuthentic(Exception):
    """The bytes were not sealed by this key for this place, or not as they are now."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value lies. `version` counts its replacements; `about` is what else must not be exchanged."""

    organisation: UUID
    client: UUID | None
    table: str
    row: UUID
    column: str
    version: int
    about: tuple[str, ...] = ()


def seal(key: bytes, place: Place, value: bytes) -> bytes:
    """The value, readable only with the key and at this place."""
    nonce = os.urandom(NONCE_BYTES)
    return SCHEME + nonce + AESGCM(key).encrypt(nonce, value, associated_data(place))


def unseal(key: bytes, place: Place, sealed: bytes) -> bytes:
    """The value that was sealed. Raises NotAuthentic when key, place or a single bit differ."""
    nonce, rest = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    if sealed[:1] != SCHEME or len(nonce) != NONCE_BYTES:
        raise NotAuthentic
    try:
        return AESGCM(key).decrypt(nonce, rest, associated_data(place))
    except InvalidTag:
        raise NotAuthentic from None


def associated_data(place: Place) -> bytes:
    """The place as bytes. Each field has its length before it: run together, `org1|23` would read as `org12|3`."""
    fields = (
        SCHEME_NAME,
        place.organisation.bytes,
        place.client.bytes if place.client else b"",
        place.table.encode(),
        place.row.bytes,
        place.column.encode(),
        place.version.to_bytes(8, "big"),
        *(word.encode() for word in place.about),
    )
    return b"".join(len(field).to_bytes(4, "big") + field for field in fields)
