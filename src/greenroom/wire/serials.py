"""Serial numbers by which nobody is known: many phones come from their factory with the same one, or with none."""

import re

_FACTORY = re.compile(
    r"""(emulator|unknown|null$|none$|default|android$|serial|\(?no\ serial|0123456789abcdef|1234567890abcdef
        |0?123456789?0?$|20080411$|sn?0123456789|(.)\2{3,}$)""",
    re.VERBOSE,
)


def is_own(serial: str) -> bool:
    """Whether it can tell one phone from all others."""
    return bool(serial) and not _FACTORY.match(serial.strip().lower())
