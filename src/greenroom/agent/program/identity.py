"""Who this agent is: its server, its id and its own key, in one file that only its owner may read."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from greenroom.kit.errors import Invalid, Unavailable
from greenroom.wire.proof import signed_bytes

FILE = "agent.json"
_HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Identity:
    server: str
    agent: UUID
    key: Ed25519PrivateKey

    def sign(self, nonce: str) -> str:
        """The proof for one connection."""
        return self.key.sign(signed_bytes(nonce, self.agent)).hex()

    @property
    def socket(self) -> str:
        """The address that the agent dials."""
        return f"ws{self.server.removeprefix('http')}/api/v1/agents/socket"


def checked_server(address: str) -> str:
    """The address without what is too much in it. Raises Invalid: in the open only to this computer itself."""
    parts = urlsplit(address.strip().rstrip("/"))
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query or parts.username:
        raise Invalid(f"{address[:80]} is no server's address; write it like https://greenroom.example.com")
    if parts.scheme == "http" and parts.hostname not in _HERE:
        raise Invalid("Use https: over http anybody on the way could see the phones' screens")
    return f"{parts.scheme}://{parts.netloc}"


def save(home: Path, identity: Identity) -> None:
    """Whole or not at all, and never readable by others, not even for a moment."""
    home.mkdir(parents=True, exist_ok=True)
    half = home / f"{FILE}.new"
    half.unlink(missing_ok=True)
    text = json.dumps(
        {"server": identity.server, "agent": str(identity.agent), "key": identity.key.private_bytes_raw().hex()}
    )
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    half.replace(home / FILE)


def load(home: Path) -> Identity:
    """Raises Unavailable where the agent was not enrolled, or its file is open to others."""
    file = home / FILE
    try:
        if file.stat().st_mode & 0o077:
            raise Unavailable(f"{file} can be read by others on this computer; run: chmod 600 {file}")
        said = json.loads(file.read_text())
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(said["key"]))
        return Identity(checked_server(said["server"]), UUID(said["agent"]), key)
    except FileNotFoundError as error:
        raise Unavailable("This agent is not enrolled; run: greenroom agent enrol ADDRESS CODE") from error
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise Unavailable(f"{file} can't be read as an agent's; enrol the agent again") from error
