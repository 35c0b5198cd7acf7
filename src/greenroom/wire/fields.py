"""From JSON values to frozen dataclasses, strictly: every field there, none besides, each within its bounds.

What a field may hold is read from its annotation: bool, UUID, a Literal of texts, a bounded text or number
(`Annotated[str, Between(0, 80)]`), a bounded tuple, another dataclass, and each of them or None.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from greenroom.wire.errors import Malformed

Reader = Callable[[Any, str], Any]


@dataclass(frozen=True, slots=True)
class Between:
    """Both ends are allowed: of a number itself, of a text's characters, of a tuple's items."""

    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Hex:
    """A text of exactly so many bytes, two small hexadecimal digits each."""

    size: int


def read_record(kind: type, value: Any, place: str) -> Any:
    """An instance of the dataclass `kind`. Raises Malformed, which names the field at fault."""
    readers = _readers(kind)
    if not isinstance(value, dict):
        raise Malformed(f"{place} is no object")
    if value.keys() != readers.keys():
        raise Malformed(f"{place} lacks a field, or has one that is unknown")
    return kind(**{name: read(value[name], f"{place}.{name}") for name, read in readers.items()})


def plain(value: Any) -> Any:
    """A dataclass as JSON values."""
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    return value


@cache
def _readers(kind: type) -> dict[str, Reader]:
    hints = get_type_hints(kind, include_extras=True)
    return {one.name: _reader(hints[one.name]) for one in fields(kind)}


def _reader(hint: Any) -> Reader:
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _bounded(parts[0], parts[1])
    if origin in (Union, UnionType) and NoneType in parts:
        (inner,) = (_reader(part) for part in parts if part is not NoneType)
        return lambda value, place: None if value is None else inner(value, place)
    if origin is Literal:
        return lambda value, place: _one_of(parts, value, place)
    if hint is bool:
        return _bool
    if hint is UUID:
        return _uuid
    if hasattr(hint, "__dataclass_fields__"):
        return lambda value, place: read_record(hint, value, place)
    raise TypeError(f"{hint} has no bounds: write Annotated[…, Between(least, most)]")


def _bounded(kind: Any, bound: Between | Hex) -> Reader:
    if isinstance(bound, Hex):
        return lambda value, place: _hex(bound, value, place)
    if kind is str:
        return lambda value, place: _text(bound, value, place)
    if kind is int:
        return lambda value, place: _int(bound, value, place)
    if kind is float:
        return lambda value, place: _float(bound, value, place)
    if get_origin(kind) is tuple:
        item = _reader(get_args(kind)[0])
        return lambda value, place: _tuple(bound, item, value, place)
    raise TypeError(f"{kind} can't be bounded")


def _text(bound: Between, value: Any, place: str) -> str:
    if not isinstance(value, str) or not bound.least <= len(value) <= bound.most:
        raise Malformed(f"{place} is no text of {bound.least:g} to {bound.most:g} characters")
    if "\0" in value or not _is_unicode(value):
        raise Malformed(f"{place} holds what is no character")
    return value


def _is_unicode(text: str) -> bool:
    """Without halves of surrogate pairs, which no UTF-8 can hold."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


def _hex(bound: Hex, value: Any, place: str) -> str:
    if not isinstance(value, str) or len(value) != 2 * bound.size or set(value) - set("0123456789abcdef"):
        raise Malformed(f"{place} is not {bound.size} bytes in hexadecimal")
    return value


def _int(bound: Between, value: Any, place: str) -> int:
    if type(value) is not int or not bound.least <= value <= bound.most:
        raise Malformed(f"{place} is no whole number of {bound.least:g} to {bound.most:g}")
    return value


def _float(bound: Between, value: Any, place: str) -> float:
    if type(value) not in (int, float) or not bound.least <= value <= bound.most or not math.isfinite(value):
        raise Malformed(f"{place} is no number of {bound.least:g} to {bound.most:g}")
    return float(value)


def _tuple(bound: Between, item: Reader, value: Any, place: str) -> tuple[Any, ...]:
    if not isinstance(value, list) or not bound.least <= len(value) <= bound.most:
        raise Malformed(f"{place} is no list of {bound.least:g} to {bound.most:g}")
    return tuple(item(one, f"{place}[{number}]") for number, one in enumerate(value))


def _one_of(allowed: tuple[Any, ...], value: Any, place: str) -> Any:
    if not isinstance(value, str) or value not in allowed:
        raise Malformed(f"{place} is none of {', '.join(allowed)}")
    return value


def _bool(value: Any, place: str) -> bool:
    if not isinstance(value, bool):
        raise Malformed(f"{place} is neither true nor false")
    return value


def _uuid(value: Any, place: str) -> UUID:
    """In the one way that UUIDs are written here."""
    try:
        read = UUID(value) if isinstance(value, str) and len(value) == 36 else None
    except ValueError:
        read = None
    if read is None or str(read) != value:
        raise Malformed(f"{place} is no id")
    return read
