"""What Greenroom remembers of its own server: where the data lies, and the passwords; readable only by us."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from greenroom.kit.errors import Unavailable


@dataclass(frozen=True, slots=True)
class Record:
    """One server's file `server.json`. `data` is relative where it lies in the home, so a home can move."""

    data: str
    superuser_password: str
    owner_password: str
    app_password: str
    roles: str = ""  # checksum of the roles.sql that was last applied; empty until the first start went through


def new_record(data: str) -> Record:
    return Record(data, *(secrets.token_urlsafe(32) for _ in range(3)))


def read_record(path: Path) -> Record | None:
    """The record, or None before the first start. Raises Unavailable when the file is unreadable."""
    try:
        return Record(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise Unavailable(f"{path} is damaged; restore it from a backup, the database's passwords are in it") from error


def write_record(path: Path, record: Record) -> None:
    """Replace the file in one step, readable by its owner only."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(asdict(record), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path)
