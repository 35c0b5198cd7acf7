"""The one place where words become a line for a phone's shell."""

import shlex
from collections.abc import Iterable, Mapping

from greenroom.agent.errors import Refused


def command(words: Iterable[str], *, phone: str, variables: Mapping[str, str] | None = None) -> str:
    """A line that runs the first word with exactly the others as its arguments, whatever they hold."""
    line = " ".join(quoted(word, phone=phone) for word in words)
    given = " ".join(f"{name}={quoted(value, phone=phone)}" for name, value in (variables or {}).items())
    return f"{given} {line}" if given else line


def quoted(word: str, *, phone: str) -> str:
    """One word between single quotes unless it is harmless; Refused for what no argument can hold."""
    if "\0" in word:
        raise Refused(phone, "cannot be told this: the text holds a zero character")
    return shlex.quote(word)
