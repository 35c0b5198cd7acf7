"""One-time paths by which an agent gets a file for one of its phones, or leaves a picture of one."""

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from greenroom.kit.errors import Gone
from greenroom.phones.file_keep import Picture, Place, Upload

PATH = "/api/v1/agents/transfers/"
_BYTES = 32
_OVER = "This transfer was used already or is too old; ask for it again on the wall"


@dataclass(frozen=True, slots=True)
class Fetch:
    """An agent may get this file for its phone."""

    agent: UUID
    phone: UUID
    until: float
    upload: Upload


@dataclass(frozen=True, slots=True)
class Leave:
    """An agent may leave a picture of its phone; `left` is told of it."""

    agent: UUID
    phone: UUID
    until: float
    place: Place
    left: Callable[[Picture], None]


class Transfers:
    """Those that nobody has used yet. Only hashes of their tokens are here."""

    def __init__(self) -> None:
        self._open: dict[bytes, Fetch | Leave] = {}

    def to_fetch(self, agent: UUID, phone: UUID, upload: Upload, *, lasts: float) -> str:
        """The path to it, for so many seconds: as long as what it is for may be waited for.

        It says which file it is, so that an agent gets the same one for several phones but once.
        """
        return self._add(Fetch(agent, phone, time.monotonic() + lasts, upload), f"{upload.id.hex}.")

    def to_leave(self, agent: UUID, phone: UUID, place: Place, left: Callable[[Picture], None], *, lasts: float) -> str:
        return self._add(Leave(agent, phone, time.monotonic() + lasts, place, left))

    def fetch(self, token: str, is_there: Callable[[UUID, UUID], bool]) -> Fetch:
        """Use it up. `is_there`: whether this agent is connected and has this phone. Raises Gone."""
        found = self._open.get(_hash(token))
        if not isinstance(found, Fetch):
            raise Gone(_OVER)
        self._use(token, found, is_there)
        return found

    def leave(self, token: str, is_there: Callable[[UUID, UUID], bool]) -> Leave:
        """As `fetch`."""
        found = self._open.get(_hash(token))
        if not isinstance(found, Leave):
            raise Gone(_OVER)
        self._use(token, found, is_there)
        return found

    def _use(self, token: str, one: Fetch | Leave, is_there: Callable[[UUID, UUID], bool]) -> None:
        del self._open[_hash(token)]
        if time.monotonic() > one.until or not is_there(one.agent, one.phone):
            raise Gone(_OVER)

    def _add(self, one: Fetch | Leave, named: str = "") -> str:
        now = time.monotonic()
        for key in [key for key, other in self._open.items() if other.until < now]:
            del self._open[key]
        token = f"{named}{secrets.token_urlsafe(_BYTES)}"
        self._open[_hash(token)] = one
        return PATH + token


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
