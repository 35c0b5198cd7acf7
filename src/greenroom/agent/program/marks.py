"""What tells one phone from all others, however it is reached: the same by its cable and through the network."""

import hashlib

from greenroom.agent.phone_values import Info
from greenroom.wire.serials import is_own

_BYTES = 16


def marks(info: Info, *, shared: bool) -> tuple[str, ...]:
    """Each by itself is enough. `shared`: other phones say that they have its serial number.

    They are digests: the server compares them, and nobody reads in them what the phone said.
    """
    said = {"installed": info.installed}
    if is_own(info.serial) and not shared:
        said["serial"] = info.serial
    return tuple(_digest(f"{info.platform} {kind} {value}") for kind, value in sorted(said.items()) if value)


def _digest(text: str) -> str:
    return hashlib.sha256(f"greenroom phone {text}".encode()).hexdigest()[: 2 * _BYTES]
