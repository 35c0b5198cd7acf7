"""A secret in memory: whoever prints, logs, formats, copies or pickles it by mistake shows nothing of it."""

import hmac
from typing import NoReturn

SHOWN = 4
LEAST_TO_HINT = 20
"""Characters a value must have before its last four may be shown: then they tell nobody the rest."""


class Secret:
    """A value that only `reveal` and `text` give away. Keep it short-lived; Python cannot wipe memory."""

    __slots__ = ("_value",)
    __hash__ = None  # type: ignore[assignment]  # a dictionary's lookups would compare it in varying time

    def __init__(self, value: bytes | str) -> None:
        self._value = value.encode() if isinstance(value, str) else bytes(value)

    def reveal(self) -> bytes:
        return self._value

    def text(self) -> str:
        return self._value.decode()

    def __len__(self) -> int:
        return len(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and hmac.compare_digest(self._value, other._value)

    def __repr__(self) -> str:
        return "Secret(…)"

    def __format__(self, specification: str) -> str:
        return repr(self)

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("A secret is not pickled; pass its id and open it where it is used")


def hint_of(value: Secret) -> str:
    """`…c3d4` for people who have to tell two keys apart; empty for a value too short to show any of."""
    try:
        text = value.text()
    except UnicodeDecodeError:
        return ""
    return f"…{text[-SHOWN:]}" if len(text) >= LEAST_TO_HINT else ""
