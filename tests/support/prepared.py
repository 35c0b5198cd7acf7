"""Databases for installations that tests start: made and migrated once a run, then copied, in memory where it fits."""

import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path
from uuid import uuid4

from greenroom.infra.postgres.place import Place, place_of
from greenroom.infra.postgres.record import read_record, write_record
from greenroom.infra.postgres.server import EmbeddedPostgres
from tests.support.postgres import new_folder, remove_run


def prepare(home: Path) -> None:
    """Give a new home a database with this version's schema; the first `greenroom up` on it only has to start it."""
    made = _made()
    data = made.folder.parents[1] / "copies" / uuid4().hex / "data"
    data.parent.mkdir(parents=True)
    subprocess.run(["cp", "--archive", "--reflink=auto", made.data, data], check=True)
    record = read_record(made.record)
    assert record is not None
    place = place_of(home)
    place.folder.mkdir(mode=0o700, parents=True)
    write_record(place.record, replace(record, data=str(data)))


@cache
def _made() -> Place:
    """Where this process's stopped server lies that the others are copied from."""
    from greenroom.infra.migrate import migrate  # only tests that want one pay for it

    folder = new_folder()
    home, root = folder / "home", folder / "data"
    server = EmbeddedPostgres(home, data_root=root, durable=False)
    try:
        migrate(server.start().owner)
    finally:
        server.stop()
    return place_of(home, root)


def pytest_unconfigure() -> None:
    if _made.cache_info().currsize:
        remove_run(_made().folder.parents[1])
