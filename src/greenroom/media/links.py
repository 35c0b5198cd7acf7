"""Links to one file for whoever holds them: an HMAC over organisation, file and expiry, with a key of this home."""

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from greenroom.infra.settings import Settings
from greenroom.kit.errors import Forbidden
from greenroom.media.contracts import file_url

LONGEST = timedelta(days=7)
_KEY_BYTES = 32


class LinkOver(Forbidden):
    """The link is over, or was changed."""

    slug = "file-link-over"
    title = "This link doesn't work any more"


@dataclass(frozen=True, slots=True)
class Link:
    """Where anybody can fetch the file until it expires."""

    url: str
    expires_at: datetime


def sign(settings: Settings, organisation: UUID, file: UUID, *, until: datetime) -> Link:
    """A link that works until `until`, to the second."""
    expires = int(until.timestamp())
    signature = _signature(links_key(settings.home), organisation, file, expires)
    return Link(f"{file_url(file)}?expires={expires}&signature={signature}", datetime.fromtimestamp(expires, UTC))


def check(settings: Settings, organisation: UUID, file: UUID, *, expires: int, signature: str, now: datetime) -> None:
    """Raises LinkOver, with one sentence for whatever is wrong."""
    wanted = _signature(links_key(settings.home), organisation, file, expires)
    genuine = hmac.compare_digest(wanted.encode(), signature.encode("utf-8", "surrogatepass"))
    if not genuine or now.timestamp() >= expires:
        raise over()


def over() -> LinkOver:
    return LinkOver("Ask whoever gave you this link for a new one")


def links_key(home: Path) -> bytes:
    """The key that signs; made at the first use, for this account's eyes only. Without it all links are over."""
    path = home / "keys" / "links.key"
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f"links.key.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(fresh, path)  # the first of several processes wins, and the file is whole when it appears
        fresh.unlink()
    return path.read_bytes()


def _signature(key: bytes, organisation: UUID, file: UUID, expires: int) -> str:
    """Fields of fixed length behind a name of the purpose, so that no two meanings share their bytes."""
    message = b"greenroom file link 1" + organisation.bytes + file.bytes + expires.to_bytes(8, "big")
    return hmac.new(key, message, hashlib.sha256).hexdigest()
