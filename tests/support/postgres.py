"""A real PostgreSQL for tests: one server a run, shared by all workers; a fresh, migrated database a test.

`database_urls` is what most tests want. A test that restarts or kills the server takes `own_postgres`.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from greenroom.infra.postgres.addresses import Addresses
from greenroom.infra.postgres.server import EmbeddedPostgres

TEMPLATE = "greenroom_template"
PREFIX = "greenroom-test-"


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Tell an xdist worker where the run's server lives."""
    node.workerinput["greenroom_run"] = str(_run_folder(node.config))  # type: ignore[attr-defined]  # xdist is untyped


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the run's server once all workers are done."""
    folder = getattr(config, "greenroom_run", None)
    if folder is not None and not hasattr(config, "workerinput"):
        remove_run(folder)


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> EmbeddedPostgres:
    """The run's server, already started and with the template database. Never restart this one."""
    folder = _run_folder(request.config)
    server = _server(folder)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            _make_template(server.start())
            (folder / "ready").touch()
    return server


@pytest.fixture
def database_urls(postgres: EmbeddedPostgres) -> Iterator[Addresses]:
    """The addresses of a fresh, migrated database of this test's own: .app, .owner, .superuser."""
    addresses = postgres.addresses()
    assert addresses is not None
    name = f"test_{uuid4().hex}"
    with _superuser(addresses) as connection:
        connection.execute(
            SQL("create database {} template {} owner greenroom_owner").format(Identifier(name), Identifier(TEMPLATE))
        )
        # A template hands on its tables but not its own rights; see roles.sql.
        connection.execute(
            SQL("revoke all on database {0} from public; grant connect on database {0} to greenroom_app").format(
                Identifier(name)
            )
        )
    yield addresses.for_database(name)
    with _superuser(addresses) as connection:
        connection.execute(SQL("drop database {} with (force)").format(Identifier(name)))


@pytest.fixture
def own_postgres() -> Iterator[EmbeddedPostgres]:
    """A server for one test alone, migrated: it may be stopped, killed, restarted. Its addresses stay."""
    folder = new_folder()
    server = _server(folder)
    try:
        _migrate(server.start())
        yield server
    finally:
        remove_run(folder)


def _run_folder(config: pytest.Config) -> Path:
    """The folder that this run's workers share; the first caller makes it and clears away dead runs'."""
    folder: Path | None = getattr(config, "greenroom_run", None)
    if folder is None:
        given = getattr(config, "workerinput", {}).get("greenroom_run")
        if given is None:
            _remove_dead_runs()
            given = new_folder()
        folder = Path(given)
        config.greenroom_run = folder  # type: ignore[attr-defined]  # pytest's config is the run's own notebook
    return folder


def new_folder() -> Path:
    """A folder for a server, on the fastest disk; the next run removes it when this one dies."""
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=_fast_disk()))
    folder.chmod(0o711)  # as root the server runs as another user and must get through
    return folder


def _fast_disk() -> Path:
    """Memory where there is enough of it: a database is copied in 13 ms there, on a slow disk in 250 ms."""
    memory = Path("/dev/shm")  # noqa: S108  # the folders in it are made by mkdtemp
    if memory.is_dir() and shutil.disk_usage(memory).free > 1 << 30:
        return memory
    return Path(tempfile.gettempdir())


def _server(folder: Path) -> EmbeddedPostgres:
    return EmbeddedPostgres(folder / "home", data_root=folder / "data", durable=False)


def _make_template(addresses: Addresses) -> None:
    with _superuser(addresses) as connection:
        connection.execute(SQL("create database {} owner greenroom_owner").format(Identifier(TEMPLATE)))
    _migrate(addresses.for_database(TEMPLATE))
    with _superuser(addresses) as connection:
        connection.execute(SQL("alter database {} allow_connections false").format(Identifier(TEMPLATE)))


def _migrate(addresses: Addresses) -> None:
    from greenroom.infra.migrate import migrate  # only tests that touch the database pay for it

    migrate(addresses.owner)


def _superuser(addresses: Addresses) -> psycopg.Connection:
    assert addresses.superuser is not None
    return psycopg.connect(addresses.for_database("postgres").superuser or "", autocommit=True)


def _remove_dead_runs() -> None:
    for folder in _fast_disk().glob(f"{PREFIX}*-*"):
        pid = folder.name.removeprefix(PREFIX).split("-")[0]
        if pid.isdigit() and not _alive(int(pid)):
            remove_run(folder)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def remove_run(folder: Path) -> None:
    _server(folder).remove()
    shutil.rmtree(folder, ignore_errors=True)
