"""As which system user the server runs: ours, or `greenroom` where we are root, which PostgreSQL refuses."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenroom.kit.errors import Unavailable

NAME = "greenroom"


@dataclass(frozen=True, slots=True)
class Account:
    """A system user that owns the server's files and processes."""

    uid: int
    gid: int

    def own(self, path: Path) -> None:
        os.chown(path, self.uid, self.gid)

    def identity(self) -> dict[str, Any]:
        """What subprocess needs to start a program as this user."""
        if os.geteuid() == self.uid:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def server_account() -> Account:
    """The user to run PostgreSQL as; as root the system user `greenroom`, made when it is missing."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    return _lookup() or _create()


def _lookup() -> Account | None:
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        return None
    return Account(entry.pw_uid, entry.pw_gid)


def _create() -> Account:
    if shutil.which("useradd"):
        options = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        subprocess.run(["useradd", *options, "--home-dir", "/nonexistent", NAME], capture_output=True, check=False)
    account = _lookup()  # also when another process made it in the same moment
    if account is None:
        raise Unavailable(
            f"PostgreSQL does not run as root and the system user '{NAME}' could not be made; "
            f"create it (useradd --system {NAME}) or start Greenroom as an ordinary user"
        )
    return account
