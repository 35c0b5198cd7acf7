"""What a receiver is sent: the body, and headers that sign it as the Standard Webhooks specification says. Pure."""

import base64
import hashlib
import hmac
import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from greenroom.infra.plain import plain_json

PREFIX = "whsec_"
_BYTES = 32


def new_secret() -> str:
    """256 bits in base64, behind the prefix by which scanners for leaked secrets know one."""
    return PREFIX + base64.b64encode(os.urandom(_BYTES)).decode()


def body_of(organisation: UUID, event: Mapping[str, Any]) -> bytes:
    """The event as JSON; the same bytes at each attempt."""
    subject = {"type": event["subject_type"], "id": event["subject_id"]} if event["subject_type"] else None
    return plain_json(
        {
            "id": event["id"],
            "type": event["kind"],
            "time": event["at"].astimezone(UTC),
            "organisation": organisation,
            "client": event["client_id"],
            "subject": subject,
            "message": event["message"],
            "severity": event["severity"],
            "data": event["data"],
        }
    ).encode()


def headers_of(id: UUID | str, at: datetime, body: bytes, secrets: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Headers with one signature for each secret; `id` stays the same at each attempt, the time does not."""
    moment = str(int(at.timestamp()))
    signed = f"{id}.{moment}.".encode() + body
    return (
        ("content-type", "application/json"),
        ("webhook-id", str(id)),
        ("webhook-timestamp", moment),
        ("webhook-signature", " ".join(f"v1,{_sign(secret, signed)}" for secret in secrets)),
    )


def _sign(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
