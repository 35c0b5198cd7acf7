"""Lists in pages: an opaque cursor over (time, id), newest first unless a list says otherwise."""

import base64
import binascii
from datetime import datetime
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel

from greenroom.kit.errors import Invalid

T = TypeVar("T")
Limit = Annotated[int, Query(ge=1, le=200, description="How many at most")]
CursorText = Annotated[str | None, Query(max_length=200, description="`next` of the page before")]


class Page(BaseModel, Generic[T]):
    """Some items, and the cursor of the next ones (null at the end)."""

    items: list[T]
    next: str | None = None


def write_cursor(at: datetime, record: UUID) -> str:
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{record}".encode()).decode().rstrip("=")


def read_cursor(text: str | None) -> tuple[datetime, UUID] | None:
    """Where the last page ended; Invalid when the cursor is not one of ours."""
    if text is None:
        return None
    try:
        at, record = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().split("|")
        return datetime.fromisoformat(at), UUID(record)
    except (ValueError, binascii.Error) as error:
        raise Invalid("Start again at the first page", fields={"cursor": "Not a cursor of this list"}) from error
