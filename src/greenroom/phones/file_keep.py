"""Files on their way between a wall and phones: what was uploaded, and pictures that phones sent. For an hour.

They lie in the home; what they are is known to this process only, as the sockets that use them are its own. After a
restart a file is sent again.
"""

import time
from collections.abc import Sequence
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
MOST_BYTES, MOST_BYTES_OF_ALL = 8 * 10**9, 40 * 10**9
"""Of one person, and of one organisation."""
MOST_PICTURES = 20
"""Of one phone; the newest are kept."""


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
class Place:
    """Whose a phone was when its picture was asked for."""

    organisation: UUID
    client: UUID | None


@dataclass(frozen=True, slots=True)
class Picture:
    """A phone's screen, for whoever reaches the phone, as long as the client has it that had it then."""

    id: UUID
    place: Place
    phone: UUID
    type: str
    path: Path
    made: float


@dataclass(eq=False, slots=True)
class Coming:
    """A file that a person is sending, as far as it is here."""

    organisation: UUID
    person: UUID
    size: int = 0


NO_PICTURE = "There is no such picture here"
Kept = TypeVar("Kept", Upload, Picture)


class Files:
    """Those of this process."""

    def __init__(self) -> None:
        self._uploads: dict[UUID, Upload] = {}
        self._pictures: dict[UUID, Picture] = {}
        self._coming: list[Coming] = []

    def begin(self, organisation: UUID, person: UUID) -> Coming:
        """Raises TooMany when the person has enough of them here."""
        mine = [one for one in self._here() if one.person == person]
        if len(mine) >= MOST_FILES:
            raise _too_many(f"{MOST_FILES} of your files are here already", mine)
        coming = Coming(organisation, person)
        self._coming.append(coming)
        return coming

    def grow(self, coming: Coming, size: int) -> None:
        """So much of it is here now. Raises TooMany when that is too much."""
        coming.size = max(coming.size, size)
        whole = [one for one in self._here() if one.organisation == coming.organisation]
        mine = [one for one in whole if one.person == coming.person]
        if sum(one.size for one in mine) > MOST_BYTES:
            raise _too_many(f"Your files here would have more than {MOST_BYTES // 10**9} GB", mine)
        if sum(one.size for one in whole) > MOST_BYTES_OF_ALL:
            limit = MOST_BYTES_OF_ALL // 10**9
            raise _too_many(f"Your organisation's files here would have more than {limit} GB", whole)

    def end(self, coming: Coming, upload: Upload | None) -> None:
        """What was begun has come, or not."""
        self._coming.remove(coming)
        if upload is not None:
            self._uploads[upload.id] = upload

    def upload(self, id: UUID, organisation: UUID, person: UUID) -> Upload | None:
        _forget_old(self._uploads)
        found = self._uploads.get(id)
        return found if found is not None and (found.organisation, found.person) == (organisation, person) else None

    def keep(self, picture: Picture) -> None:
        """The oldest of the phone's go where there are too many."""
        _forget_old(self._pictures)
        self._pictures[picture.id] = picture
        of_phone = [one for one in self._pictures.values() if one.phone == picture.phone]
        for one in of_phone[:-MOST_PICTURES]:
            del self._pictures[one.id]
            one.path.unlink(missing_ok=True)

    def picture(self, id: UUID, organisation: UUID) -> Picture:
        """Raises NotFound. Whether the asking person reaches its phone, and whose that is, is still to be looked at."""
        _forget_old(self._pictures)
        found = self._pictures.get(id)
        if found is None or found.place.organisation != organisation:
            raise NotFound(NO_PICTURE)
        return found

    def _here(self) -> "list[Upload | Coming]":
        _forget_old(self._uploads)
        return [*self._uploads.values(), *self._coming]


def _too_many(why: str, here: "Sequence[Upload | Coming]") -> TooMany:
    now = time.monotonic()
    oldest = min((one.made for one in here if isinstance(one, Upload)), default=now)
    after = timedelta(seconds=max(1.0, oldest + KEPT_FOR - now))
    return TooMany(f"{why}; each goes an hour after it came", after=after)


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
