"""Content addresses: the same parts always give the same key, on every machine and version."""

import hashlib
import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel


def digest(*parts: Any) -> str:
    """A 32-digit key of strings, numbers, shapes, mappings, sequences and bytes."""
    made = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part if isinstance(part, bytes) else json.dumps(_plain(part), sort_keys=True).encode()
        made.update(len(data).to_bytes(8, "big"))
        made.update(data)
    return made.hexdigest()


def file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def _plain(part: Any) -> Any:
    if isinstance(part, BaseModel):
        return part.model_dump(mode="json")
    if isinstance(part, dict):
        return {str(key): _plain(value) for key, value in part.items()}
    if isinstance(part, (list, tuple)):
        return [_plain(one) for one in part]
    return part
