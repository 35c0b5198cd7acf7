"""Where a home's server keeps its data, its socket, its log and its record."""

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from greenroom.infra.postgres.account import Account
from greenroom.infra.postgres.record import Record, new_record, read_record, write_record
from greenroom.kit.errors import Unavailable

# Root's homes may lie where the server's user cannot go (/root), so their data lies here, by the home's hash.
ROOTS_DATA = Path("/var/lib/greenroom")
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET = 103  # 108 bytes on Linux and 104 on macOS, with the closing zero


@dataclass(frozen=True, slots=True)
class Place:
    """The paths of one home's server. All exist after `prepare_place`, save `data` before the first start."""

    folder: Path
    data: Path
    socket: Path
    log: Path
    record: Path


def place_of(home: Path, data_root: Path = ROOTS_DATA) -> Place:
    """The paths for a home, without touching the disk. `data_root` is where data lies when we are root."""
    home = home.resolve()
    folder = home / "pg"
    record = read_record(folder / "server.json")
    shared = data_root / _hash(home)
    as_root = os.geteuid() == 0
    data = home / record.data if record else (shared if as_root else folder) / "data"
    socket = data.parent / "socket" if as_root else _short_socket(home)
    return Place(folder, data, socket, home / "logs" / "postgres.log", folder / "server.json")


def prepare_place(place: Place, account: Account) -> Record:
    """Make the folders, owned by whom they must be, and give the record, a new one before the first start.

    Raises Unavailable when data and record do not belong together.
    """
    for folder in (place.folder, place.log.parent):
        folder.mkdir(parents=True, exist_ok=True)
    place.folder.chmod(0o700)
    record = read_record(place.record)
    if record is None:
        _set_aside(place.data.parent, unless=place.folder)
    elif record.roles and not place.data.is_dir():
        raise Unavailable(
            f"The database's folder {place.data} is gone. Restore it from a backup, "
            f"or remove {place.folder} to begin with an empty database"
        )
    _own_folders(place, account)
    if record is None:
        record = new_record(_relative(place.data, place.folder.parent))
        write_record(place.record, record)
    return record


def _own_folders(place: Place, account: Account) -> None:
    if place.data.parent != place.folder:
        place.data.parent.mkdir(parents=True, exist_ok=True)
        place.data.parent.parent.chmod(0o755)
        (place.data.parent / "home.txt").write_text(f"{place.folder.parent}\n", encoding="utf-8")
        account.own(place.data.parent)
    place.socket.mkdir(mode=0o700, parents=True, exist_ok=True)
    if place.socket.is_symlink() or place.socket.stat().st_uid not in (account.uid, os.geteuid()):
        raise Unavailable(f"{place.socket} belongs to another user; remove it or set TMPDIR to a folder of your own")
    account.own(place.socket)
    place.socket.chmod(0o700)


def _set_aside(folder: Path, *, unless: Path) -> None:
    """Keep, under another name, the data of a home that was removed and now begins anew."""
    if folder == unless or not folder.is_dir():
        return
    number = 1
    while (other := folder.with_name(f"{folder.name}.old{number}")).exists():
        number += 1
    folder.rename(other)


def _short_socket(home: Path) -> Path:
    folder = home / "pg"
    # libpq splits a host at commas, and the server's setting wants quotes round most else.
    if len(str(folder / SOCKET_NAME).encode()) <= LONGEST_SOCKET and re.fullmatch(r"[\w/.+-]+", str(folder), re.ASCII):
        return folder
    base = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    return base / f"greenroom-{os.geteuid()}-{_hash(home)}"


def _hash(home: Path) -> str:
    return hashlib.sha256(os.fsencode(home)).hexdigest()[:16]


def _relative(path: Path, home: Path) -> str:
    return str(path.relative_to(home) if path.is_relative_to(home) else path)
