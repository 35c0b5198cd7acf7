"""What other rooms know of a file."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

Origin = Literal["captured", "generated", "edited"]

FILES = "/api/v1/files/"


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A kept file. `width` and `height` in pixels, `duration` in seconds, None where it has none."""

    id: UUID
    client: UUID
    hash: str
    size: int
    type: str
    name: str
    origin: Origin
    width: int | None
    height: int | None
    duration: float | None
    created_at: datetime

    @property
    def url(self) -> str:
        return file_url(self.id)


def file_url(file: UUID) -> str:
    """Where the signed-in reader fetches a file."""
    return f"{FILES}{file}"
