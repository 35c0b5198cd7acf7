"""Makes a data folder once, and writes the server's settings before each start."""

import os
import shutil
import subprocess
from pathlib import Path

from greenroom.infra.postgres.account import Account
from greenroom.infra.postgres.binaries import Binaries
from greenroom.infra.postgres.place import Place
from greenroom.kit.errors import DiskFull, Unavailable

SUPERUSER = "postgres"
CLEAN_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}

_HBA = "# Written by Greenroom: only the socket, only with a password.\nlocal all all scram-sha-256\n"


def major_of(data: Path) -> int | None:
    """The major version that made the data folder; None before the first start."""
    try:
        return int((data / "PG_VERSION").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def initialise(place: Place, binaries: Binaries, account: Account, password: str, *, durable: bool) -> None:
    """Run initdb into a folder beside and rename it, so that a data folder is complete or absent."""
    fresh = place.data.with_name("data.new")
    shutil.rmtree(fresh, ignore_errors=True)
    secret = place.data.with_name("password.new")
    try:
        secret.write_bytes(b"")
        secret.chmod(0o600)
        account.own(secret)
        secret.write_text(password, encoding="utf-8")
        command = [binaries.program("initdb"), "-D", str(fresh), "-U", SUPERUSER, f"--pwfile={secret}"]
        command += ["--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums", "--no-instructions"]
        command += _locale(binaries.major) + ([] if durable else ["--no-sync"])
        done = subprocess.run(
            command, cwd="/", env=CLEAN_ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace", check=False, **account.identity(),
        )  # fmt: skip
    finally:
        secret.unlink(missing_ok=True)
    if done.returncode:
        shutil.rmtree(fresh, ignore_errors=True)
        raise trouble("PostgreSQL could not make its data folder", done.stdout)
    (fresh / "pg_hba.conf").write_text(_HBA, encoding="utf-8")
    with (fresh / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write("\ninclude = 'greenroom.conf'\ninclude = 'local.conf'\n")
    (fresh / "local.conf").write_text("# Your own settings; they win over greenroom.conf.\n", encoding="utf-8")
    account.own(fresh / "local.conf")
    fresh.rename(place.data)


def write_settings(place: Place, binaries: Binaries, account: Account, *, durable: bool) -> None:
    """Write greenroom.conf; `local.conf` beside it wins over it and is never touched."""
    settings = {
        "listen_addresses": "",
        "port": "5432",
        "unix_socket_directories": str(place.socket),
        "password_encryption": "scram-sha-256",
        "max_connections": "200",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_line_prefix": "%m [%p] %u ",
        "log_checkpoints": "off",
        "log_min_duration_statement": "1s",
    }
    if binaries.major >= 18:
        settings["io_method"] = "sync"  # no I/O workers: smaller and faster to start
    if not durable:
        settings |= {
            "fsync": "off",
            "full_page_writes": "off",
            "max_wal_size": "4GB",
        }
    text = "# Written by Greenroom at each start; put your own settings into local.conf beside it.\n"
    text += "".join(f"{name} = '{value}'\n" for name, value in settings.items())
    path = place.data / "greenroom.conf"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
        account.own(path)


def trouble(what: str, output: str) -> DiskFull | Unavailable:
    """The error for a server program's failure, with the line of its output that says why."""
    lines = [line for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if any(word in line for word in ("FATAL", "PANIC", "rror"))]
    why = (telling or lines or ["it said nothing"])[-1].strip()
    if "No space left" in output or "ENOSPC" in output:
        return DiskFull(f"{what}: the disk is full. Make room and start again; nothing was lost")
    return Unavailable(f"{what}: {why}")


def _locale(major: int) -> list[str]:
    """UTF-8 letters everywhere, without ICU or the system's locales where the server brings its own."""
    if major >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C.UTF-8" if os.uname().sysname == "Linux" else "--locale=C"]
