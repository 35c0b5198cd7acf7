"""What an agent signs to show that it holds its key."""

from uuid import UUID

from greenroom.wire.version import VERSION

_PURPOSE = b"greenroom agent sign-in\0"


def signed_bytes(nonce: str, agent: UUID) -> bytes:
    """For Ed25519. It begins with its purpose, so that no other signature of the key can stand for it."""
    return _PURPOSE + VERSION.to_bytes(4, "big") + agent.bytes + bytes.fromhex(nonce)
