"""Lists in pages: an opaque cursor, over (time, id), over a number, or over (name, id)."""

import base64
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, Literal, TypeVar
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel

from greenroom.kit.errors import Invalid

T = TypeVar("T")
Limit = Annotated[int, Query(ge=1, le=200, description="How many at most")]
CursorText = Annotated[str | None, Query(max_length=2000, description="`next` of the page before")]


Sort = Annotated[Literal["at", "-at"], Query(description="By time; `-at` begins with the latest")]


class Page(BaseModel, Generic[T]):
    """Some items, and the cursor of the next ones (null at the end)."""

    items: list[T]
    next: str | None = None


def write_cursor(at: datetime, record: UUID) -> str:
    return _encode(f"{at.isoformat()}|{record}")


def read_cursor(text: str | None) -> tuple[datetime, UUID] | None:
    """Where the last page ended; Invalid when the cursor is not one of ours."""
    if text is None:
        return None
    try:
        at, record = _decode(text).split("|")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise ValueError("a cursor's time has an offset")
        return moment, UUID(record)
    except ValueError as error:
        raise _no_cursor() from error


def page_of(found: Sequence[T], limit: int, place: Callable[[T], tuple[datetime, UUID]]) -> Page[T]:
    """The page out of what was read for it, which is one more than `limit` where there is more."""
    more = len(found) > limit
    return Page(items=list(found[:limit]), next=write_cursor(*place(found[limit - 1])) if more else None)


def write_number(number: int) -> str:
    return _encode(str(number))


def read_number(text: str | None, *, most: int) -> int | None:
    """The number that a list by number ended with; Invalid when the cursor is not one of ours."""
    if text is None:
        return None
    try:
        said = _decode(text)
    except ValueError as error:
        raise _no_cursor() from error
    if not (said.isascii() and said.isdigit() and len(said) < 20 and int(said) <= most):
        raise _no_cursor()
    return int(said)


def read_key(text: str | None, *kinds: Callable[[str], Any]) -> tuple[Any, ...] | None:
    """Where a list ended that is sorted by several things, each read by its kind; Invalid when it is no such place."""
    if text is None:
        return None
    try:
        said = json.loads(_decode(text))
        if not isinstance(said, list) or not all(isinstance(one, str) and "\0" not in one for one in said):
            raise ValueError("a place is made of texts")
        json.dumps(said, ensure_ascii=False).encode()  # what is no Unicode text reaches no statement
        return tuple(kind(one) for kind, one in zip(kinds, said, strict=True))
    except (ValueError, TypeError, RecursionError, OverflowError) as error:
        raise _no_cursor() from error


def page_from(found: Sequence[T], limit: int, key: Callable[[T], Iterable[object]]) -> Page[T]:
    """As `page_of`, for a list that is sorted by what `key` names, its id the last; `read_key` reads it again.

    The cursor is the last item's place, so what is added or removed meanwhile moves nothing; an item whose own place
    changes between two pages may come twice or not at all.
    """
    more = len(found) > limit
    said = [one.isoformat() if isinstance(one, datetime) else str(one) for one in key(found[limit - 1])] if more else []
    return Page(items=list(found[:limit]), next=_encode(json.dumps(said, ensure_ascii=False)) if more else None)


def a_number(text: str) -> int:
    """A kind for `read_key`: a whole number that a database's bigint holds."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise ValueError("no number of ours")
    return int(text)


def a_moment(text: str) -> datetime:
    """A kind for `read_key`: a time with its offset."""
    at = datetime.fromisoformat(text).astimezone(UTC) if "T" in text else None
    if at is None or datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("no time of ours")
    return at


def page_by(
    items: Iterable[T],
    order: Callable[[T], tuple[str, UUID]],
    *,
    cursor: str | None,
    limit: int,
    descending: bool = False,
) -> Page[T]:
    """A page of a list that is short enough to be read whole: sessions, tokens, keys. `order` ends with the id.

    The cursor is the last item's place, so what is added or removed meanwhile moves nothing; an item whose own place
    changes between two pages may come twice or not at all.
    """
    placed = [(_place(order(item)), item) for item in items]
    placed.sort(key=lambda pair: pair[0], reverse=descending)
    after = _read_place(cursor)
    rest = [one for one in placed if after is None or (one[0] < after if descending else one[0] > after)]
    more = len(rest) > limit
    return Page(items=[item for _, item in rest[:limit]], next=_write_place(rest[limit - 1][0]) if more else None)


def _place(order: tuple[str, UUID]) -> tuple[str, str]:
    return order[0], str(order[1])


def _write_place(place: tuple[str, str]) -> str:
    return _encode(json.dumps(place, ensure_ascii=False))


def _read_place(text: str | None) -> tuple[str, str] | None:
    if text is None:
        return None
    try:
        first, second = json.loads(_decode(text))
    except (ValueError, TypeError) as error:
        raise _no_cursor() from error
    if not isinstance(first, str) or not isinstance(second, str):
        raise _no_cursor()
    return first, second


def _encode(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(text: str) -> str:
    """Raises ValueError when it is no text that `_encode` could have written."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode()


def _no_cursor() -> Invalid:
    return Invalid("Start again at the first page", fields={"cursor": "Not a cursor of this list"})
