"""Files on their way between a wall and phones: what was uploaded, and pictures that phones sent. For an hour.

They lie in the home; what they are is known to this process only, as the sockets that use them are its own. After a
restart a file is sent again.
"""

import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from greenroom.infra.settings import Settings
from greenroom.kit.errors import NotFound, TooMany

KEPT_FOR = 3600.0
"""Seconds."""
MOST_FILES = 50
"""Files that one person may have here at a time."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a person sent, for them alone to put on phones."""

    id: UUID
    organisation: UUID
    person: UUID
    name: str
    size: int
    path: Path
    made: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A phone's screen, for whoever reaches the phone."""

    id: UUID
    organisation: UUID
    phone: UUID
    type: str
    path: Path
    made: float


Kept = TypeVar("Kept", Upload, Picture)


class Files:
    """Those of this process."""

    def __init__(self) -> None:
        self._uploads: dict[UUID, Upload] = {}
        self._pictures: dict[UUID, Picture] = {}
        self._coming: dict[UUID, int] = {}

    def begin(self, person: UUID) -> None:
        """Raises TooMany when the person has enough of them here."""
        _forget_old(self._uploads)
        here = sum(one.person == person for one in self._uploads.values())
        if here + self._coming.get(person, 0) >= MOST_FILES:
            oldest = min((one.made for one in self._uploads.values() if one.person == person), default=time.monotonic())
            raise TooMany(
                f"{MOST_FILES} of your files are here already; each goes an hour after it came",
                after=timedelta(seconds=max(1.0, oldest + KEPT_FOR - time.monotonic())),
            )
        self._coming[person] = self._coming.get(person, 0) + 1

    def end(self, person: UUID, upload: Upload | None) -> None:
        """What was begun has come, or not."""
        self._coming[person] -= 1
        if not self._coming[person]:
            del self._coming[person]
        if upload is not None:
            self._uploads[upload.id] = upload

    def upload(self, id: UUID, organisation: UUID, person: UUID) -> Upload | None:
        _forget_old(self._uploads)
        found = self._uploads.get(id)
        return found if found is not None and (found.organisation, found.person) == (organisation, person) else None

    def keep(self, picture: Picture) -> None:
        _forget_old(self._pictures)
        self._pictures[picture.id] = picture

    def picture(self, id: UUID, organisation: UUID) -> Picture:
        """Raises NotFound. Whether the asking person reaches its phone is still to be looked at."""
        _forget_old(self._pictures)
        found = self._pictures.get(id)
        if found is None or found.organisation != organisation:
            raise NotFound("There is no such picture here")
        return found


def folder(settings: Settings) -> Path:
    """Where the bytes lie, for the server's own account only."""
    made = settings.home / "phone-files"
    made.mkdir(mode=0o700, parents=True, exist_ok=True)
    return made


def forget_older(settings: Settings) -> int:
    """Remove the bytes whose time is over, whichever process they came to; how many there were."""
    than = time.time() - KEPT_FOR
    found = [path for path in folder(settings).iterdir() if path.stat().st_mtime < than]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def _forget_old(kept: dict[UUID, Kept]) -> None:
    than = time.monotonic() - KEPT_FOR
    for id in [id for id, one in kept.items() if one.made < than]:
        del kept[id]
