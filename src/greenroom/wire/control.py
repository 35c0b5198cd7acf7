"""Control messages as text: one JSON object, `type` beside the fields, in the order in which they are declared."""

import json
from collections.abc import Collection
from typing import Any, NoReturn

from greenroom.wire.errors import Malformed
from greenroom.wire.fields import plain, read_record
from greenroom.wire.limits import LARGEST_CONTROL
from greenroom.wire.messages import NAMES, Message

_NAME_OF = {kind: name for name, kind in NAMES.items()}
_LEVELS = 6
"""Brackets within brackets; no message has more than three."""


def write(message: Message) -> str:
    """The text of a message. Raises Malformed for one that the other end would refuse."""
    name, body = _NAME_OF[type(message)], plain(message)
    read_record(type(message), body, name)
    text = json.dumps({"type": name, **body}, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    if len(text.encode()) > LARGEST_CONTROL:
        raise Malformed(f"{name} is too long")
    return text


def read(text: str | bytes, allowed: Collection[type[Message]]) -> Message:
    """The message, if it is one of those `allowed` from this end. Raises Malformed, and nothing else."""
    body = _object(text)
    name = body.pop("type", None)
    kind = NAMES.get(name) if isinstance(name, str) else None
    if kind is None or kind not in allowed:
        raise Malformed("this is no message that can be sent here")
    message: Message = read_record(kind, body, str(name))
    return message


def _object(text: str | bytes) -> dict[str, Any]:
    if len(text) > LARGEST_CONTROL:
        raise Malformed("this is too long for a message")
    try:
        said = text if isinstance(text, str) else text.decode()
        if len(said.encode()) > LARGEST_CONTROL:
            raise Malformed("this is too long for a message")
        _check_depth(said)
        body = json.loads(said, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise error if isinstance(error, Malformed) else Malformed("this is no JSON") from error
    if not isinstance(body, dict):
        raise Malformed("a message is an object")
    return body


def _check_depth(text: str) -> None:
    """Cheaper than the parser's own recursion; brackets within texts count too, which makes it stricter, not wrong."""
    opened = text.count("[") + text.count("{")
    if opened <= _LEVELS:
        return
    depth, quoted, escaped = 0, False, False
    for character in text:
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = quoted
        elif character == '"':
            quoted = not quoted
        elif not quoted and character in "[{":
            depth += 1
            if depth > _LEVELS:
                raise Malformed("this is nested too deep")
        elif not quoted and character in "]}":
            depth -= 1


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Malformed("a field stands there twice")
    return made


def _no_number(_: str) -> NoReturn:
    raise Malformed("this is no number")
