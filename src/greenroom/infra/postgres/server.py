"""The embedded server of one home: start, stop, restart, status. It outlives us; the next start finds it."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Literal

from greenroom.infra.postgres.account import Account, server_account
from greenroom.infra.postgres.addresses import Addresses, socket_address
from greenroom.infra.postgres.binaries import Binaries, find_binaries, readable_by_server
from greenroom.infra.postgres.cluster import SUPERUSER, initialise, major_of, write_settings
from greenroom.infra.postgres.place import ROOTS_DATA, Place, place_of, prepare_place
from greenroom.infra.postgres.process import StopMode, end, find_process, launch, wait_ready
from greenroom.infra.postgres.record import Record, read_record, write_record
from greenroom.infra.postgres.roles import DATABASE, make_database, make_roles, roles_checksum
from greenroom.kit.errors import Unavailable

START_LIMIT = timedelta(seconds=60)
STOP_LIMIT = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Status:
    """What can be said of the server without connecting to it."""

    running: bool
    pid: int | None
    data: Path
    major: int | None


class EmbeddedPostgres:
    """The server that belongs to `home`. `durable=False` trades safety for speed, for tests only."""

    def __init__(
        self, home: Path, *, pg_bin: Path | None = None, data_root: Path = ROOTS_DATA, durable: bool = True
    ) -> None:
        self.home = home
        self._data_root = data_root
        self._pg_bin = pg_bin
        self._durable = durable

    def start(self) -> Addresses:
        """Make the server on the first call, start it unless it runs, and give its addresses.

        Raises Unavailable or DiskFull, saying why, when it cannot be had within 60 s.
        """
        with self._locked():
            account = server_account()
            place = self._place()
            record = prepare_place(place, account)
            running = wait_ready(place.data, within=START_LIMIT)
            if running is None:
                self._launch(place, account, record)
            return _addresses(place, self._with_roles(place, record))

    def stop(self, mode: StopMode = "fast") -> bool:
        """Stop the server and wait; False when it did not run."""
        with self._locked():
            data = self._place().data
            ended = end(data, mode, within=STOP_LIMIT)
            return ended or end(data, "immediate", within=STOP_LIMIT)

    def restart(self, mode: Literal["fast", "immediate"] = "fast") -> Addresses:
        self.stop(mode)
        return self.start()

    def kill(self) -> None:
        """End the main process with SIGKILL, as a crash would."""
        end(self._place().data, "kill", within=STOP_LIMIT)

    def status(self) -> Status:
        data = self._place().data
        running = find_process(data)
        return Status(running is not None, running.pid if running else None, data, major_of(data))

    def addresses(self) -> Addresses | None:
        """The addresses, running or not; None before the first start."""
        place = self._place()
        record = read_record(place.record)
        return _addresses(place, record) if record and record.roles else None

    def remove(self) -> None:
        """Stop the server and remove its data for ever."""
        self.stop("immediate")
        place = self._place()
        for folder in {place.data.parent, place.socket, place.folder}:
            shutil.rmtree(folder, ignore_errors=True)

    def _place(self) -> Place:
        return place_of(self.home, self._data_root)

    def _launch(self, place: Place, account: Account, record: Record) -> None:
        binaries = self._binaries(place)
        if not place.data.is_dir():
            initialise(place, binaries, account, record.superuser_password, durable=self._durable)
        write_settings(place, binaries, account, durable=self._durable)
        launch(place, binaries, account, within=START_LIMIT)

    def _binaries(self, place: Place) -> Binaries:
        return readable_by_server(find_binaries(self._pg_bin, major=major_of(place.data)))

    def _with_roles(self, place: Place, record: Record) -> Record:
        """Database and roles, unless this version of them is there already."""
        if record.roles == (checksum := roles_checksum()):
            return record
        superuser = _superuser_address(place, record, "postgres")
        make_database(superuser)
        make_roles(
            _superuser_address(place, record, DATABASE),
            owner_password=record.owner_password,
            app_password=record.app_password,
        )
        record = replace(record, roles=checksum)
        write_record(place.record, record)
        return record

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Only one process starts or stops a home's server at a time."""
        folder = self.home / "pg"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise Unavailable(f"Greenroom cannot write to {folder}: {error.strerror}") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def _addresses(place: Place, record: Record) -> Addresses:
    return Addresses(
        app=socket_address("greenroom_app", record.app_password, place.socket, DATABASE),
        owner=socket_address("greenroom_owner", record.owner_password, place.socket, DATABASE),
        superuser=_superuser_address(place, record, DATABASE),
    )


def _superuser_address(place: Place, record: Record, database: str) -> str:
    return socket_address(SUPERUSER, record.superuser_password, place.socket, database)
