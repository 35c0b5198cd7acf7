"""The machine: folders, disk, the port, the page that was built."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from greenroom.entrypoints.doctor.finding import Finding, broken, ok, warn
from greenroom.entrypoints.listen import listen
from greenroom.entrypoints.running import find_running
from greenroom.infra.home import prepare_home
from greenroom.infra.postgres.place import place_of
from greenroom.infra.settings import Settings
from greenroom.kit.errors import Problem

TIGHT = 5_000_000_000
NEEDED = 500_000_000


def check_python(settings: Settings) -> Iterator[Finding]:
    yield ok("python", f"{sys.version.split()[0]} in {sys.prefix}")


def check_home(settings: Settings) -> Iterator[Finding]:
    try:
        prepare_home(settings.home)
    except Problem as problem:
        yield broken("home", str(problem), "Then run this again.")
        return
    yield ok("home", str(settings.home))


def check_media(settings: Settings) -> Iterator[Finding]:
    """Whether renders can be kept; the folder is made when it is missing. Nothing where a bucket is used instead."""
    if settings.media_bucket is not None:
        return
    probe = settings.media / f".probe-{os.getpid()}"
    try:
        settings.media.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"greenroom")
        probe.unlink()
    except OSError as error:
        mend = "Give this user the right to write there, or set GREENROOM_MEDIA to another folder."
        yield broken("media", f"{settings.media} cannot be written: {error.strerror}", mend)
        return
    yield ok("media", f"{settings.media} can be written")


def check_disk(settings: Settings) -> Iterator[Finding]:
    """Room on the disks of the home, the media and the database; a disk is told once."""
    seen: set[int] = set()
    for folder in (settings.home, settings.media, _database_folder(settings)):
        existing = next(path for path in (folder, *folder.parents) if path.exists())
        if (device := existing.stat().st_dev) in seen:
            continue
        seen.add(device)
        free = shutil.disk_usage(existing).free
        message = f"{free / 1e9:.1f} GB free under {existing}"
        mend = "Make room: `greenroom doctor` is content with 5 GB, a video takes about 20 MB."
        if free < NEEDED:
            yield broken("disk", message, mend)
        else:
            yield warn("disk", message, mend) if free < TIGHT else ok("disk", message)


def check_port(settings: Settings) -> Iterator[Finding]:
    running = find_running(settings.home)
    if running is not None:
        yield ok("port", f"Greenroom answers at {running.url} (process {running.pid})")
        return
    try:
        with listen(settings.host, settings.port) as sock:
            taken = sock.getsockname()[1]
    except Problem as problem:
        yield broken("port", str(problem), "Set GREENROOM_HOST and GREENROOM_PORT.")
        return
    if taken == settings.port:
        yield ok("port", f"{settings.port} is free")
    else:
        mend = "Nothing need be done; set GREENROOM_PORT for a fixed one."
        yield warn("port", f"{settings.port} is busy, `greenroom up` would take {taken}", mend)


def check_page(settings: Settings) -> Iterator[Finding]:
    from greenroom.entrypoints.api import web_folder

    folder = web_folder()
    if folder is None:
        mend = "In a clone run ./greenroom up, which builds it; else install the wheel again."
        yield broken("page", "The web client is not built", mend)
    else:
        yield ok("page", str(folder))


def _database_folder(settings: Settings) -> Path:
    return settings.home if settings.database_url else place_of(settings.home).data
