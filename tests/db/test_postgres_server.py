"""The embedded server: start, restart, crash, odd homes, other installations of PostgreSQL."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import psycopg
import pytest

from greenroom.infra.migrate import migrate
from greenroom.infra.postgres.binaries import Binaries, find_binaries, installations, readable_by_server
from greenroom.infra.postgres.place import LONGEST_SOCKET, SOCKET_NAME, place_of
from greenroom.infra.postgres.server import EmbeddedPostgres
from greenroom.kit.errors import Unavailable
from tests.support.postgres import new_folder

SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the server's user can reach too, when we are root."""
    path = new_folder()
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def server(folder: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(folder / "home", data_root=folder / "data", durable=False)
    yield server
    server.remove()


def answer(url: str, sql: str = "select current_user") -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(sql).fetchone()
        assert row is not None
        return row[0]


def pid_of(server: EmbeddedPostgres) -> int:
    pid = server.status().pid
    assert pid is not None
    return pid


async def test_each_address_signs_in_as_its_role_with_both_drivers(own_postgres: EmbeddedPostgres) -> None:
    addresses = own_postgres.addresses()
    assert addresses is not None
    roles = {addresses.app: "greenroom_app", addresses.owner: "greenroom_owner"}
    for url, role in roles.items():
        assert answer(url) == role
        connection = await asyncpg.connect(url)
        assert await connection.fetchval("select current_user") == role
        await connection.close()


def test_a_second_start_finds_the_running_server(own_postgres: EmbeddedPostgres) -> None:
    before = pid_of(own_postgres)
    assert own_postgres.start() == own_postgres.addresses()
    assert pid_of(own_postgres) == before


@pytest.mark.parametrize("how", ["fast", "immediate", "kill"])
def test_committed_rows_outlive_every_end(own_postgres: EmbeddedPostgres, how: str) -> None:
    addresses = own_postgres.addresses()
    assert addresses is not None
    with psycopg.connect(addresses.owner) as connection:
        connection.execute("create table gr.kept as select 42 as n")
    before = pid_of(own_postgres)
    if how == "kill":
        own_postgres.kill()
        own_postgres.start()
    else:
        own_postgres.restart("fast" if how == "fast" else "immediate")
    assert pid_of(own_postgres) != before
    assert answer(addresses.owner, "select n from gr.kept") == 42


def test_stop_says_whether_anything_ran(server: EmbeddedPostgres) -> None:
    assert server.stop() is False
    server.start()
    assert server.stop() is True
    assert server.stop() is False
    assert server.status().running is False


def test_the_server_outlives_the_death_of_who_started_it(server: EmbeddedPostgres, folder: Path) -> None:
    script = """
        import os, signal, sys
        from pathlib import Path
        from greenroom.infra.postgres.server import EmbeddedPostgres
        EmbeddedPostgres(Path(sys.argv[1]), data_root=Path(sys.argv[2]), durable=False).start()
        os.kill(os.getpid(), signal.SIGKILL)
    """
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), folder / "home", folder / "data"],
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL
    orphan = pid_of(server)
    assert answer(server.start().app) == "greenroom_app"
    assert pid_of(server) == orphan


def test_a_leftover_lock_file_whose_number_is_somebody_elses_does_not_stop_the_start(
    server: EmbeddedPostgres, folder: Path
) -> None:
    server.start()
    data = server.status().data
    leftover = (data / "postmaster.pid").read_text().splitlines()
    server.stop("immediate")
    leftover[0] = str(os.getpid())
    (data / "postmaster.pid").write_text("\n".join(leftover))
    assert server.status().running is False
    assert answer(server.start().app) == "greenroom_app"


@pytest.mark.parametrize(
    "name", ["with spaces", 'it\'s, "quoted"', "ünïcödé 🎬", "x" * 120, "50%25 & #hash?"], ids=range(5)
)
def test_a_home_may_have_any_name(folder: Path, name: str) -> None:
    server = EmbeddedPostgres(folder / name, data_root=folder / "data", durable=False)
    try:
        assert answer(server.start().app) == "greenroom_app"
        socket = place_of(folder / name, folder / "data").socket / SOCKET_NAME
        assert socket.exists()
        assert len(os.fsencode(socket)) <= LONGEST_SOCKET
    finally:
        server.remove()


@pytest.mark.parametrize("binaries", list(installations()), ids=lambda b: f"{b.source}-{b.version}")
def test_every_installation_on_this_machine_takes_our_schema(folder: Path, binaries: Binaries) -> None:
    server = EmbeddedPostgres(folder / "home", pg_bin=binaries.folder, data_root=folder / "data", durable=False)
    try:
        addresses = server.start()
        assert migrate(addresses.owner) != []
        assert migrate(addresses.owner) == []
        assert answer(addresses.app, "select lower('ÄÖ')") == "äö"
        assert answer(addresses.app, "show data_checksums") == "on"
        assert answer(addresses.app, "show listen_addresses") == ""
        assert server.status().major == binaries.major
    finally:
        server.remove()


def test_an_ordinary_user_starts_one_in_its_home(folder: Path) -> None:
    """As root it becomes `nobody` first; else every test here is such a start, and this one among them."""
    home = folder / "home"
    binaries = readable_by_server(find_binaries())
    home.mkdir()
    home.chmod(0o777)
    script = """
        import os, sys
        from pathlib import Path
        import psycopg
        from greenroom.infra.postgres.roles import roles_sql
        from greenroom.infra.postgres.server import EmbeddedPostgres
        roles_sql()  # read while we may
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        server = EmbeddedPostgres(Path(sys.argv[1]), pg_bin=Path(sys.argv[2]), durable=False)
        try:
            print(psycopg.connect(server.start().app).execute("select current_user").fetchone()[0])
            print(server.status().data)
        finally:
            server.remove()
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), home, binaries.folder],
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == ["greenroom_app", str(home / "pg" / "data")], done.stderr


def test_data_that_is_gone_is_not_replaced_in_silence(server: EmbeddedPostgres) -> None:
    server.start()
    server.stop()
    shutil.rmtree(server.status().data)
    with pytest.raises(Unavailable, match="Restore it from a backup"):
        server.start()


def test_a_home_that_was_removed_begins_anew_and_as_root_the_old_data_is_kept(
    server: EmbeddedPostgres, folder: Path
) -> None:
    with psycopg.connect(server.start().owner) as connection:
        connection.execute("create schema gr create table old (n int)")
    server.stop()
    shutil.rmtree(folder / "home")
    assert answer(server.start().app, "select to_regclass('gr.old')") is None
    assert len(list(folder.glob("data/*.old1/data"))) == (1 if os.geteuid() == 0 else 0)


def test_a_damaged_record_says_so(folder: Path) -> None:
    (folder / "home" / "pg").mkdir(parents=True)
    (folder / "home" / "pg" / "server.json").write_text("{")
    with pytest.raises(Unavailable, match=r"server\.json is damaged"):
        EmbeddedPostgres(folder / "home", data_root=folder / "data").start()


def test_a_missing_installation_says_what_to_do(folder: Path) -> None:
    with pytest.raises(Unavailable, match="GREENROOM_PG_BIN"):
        EmbeddedPostgres(folder / "home", pg_bin=folder, data_root=folder / "data").start()


def test_passwords_are_readable_by_nobody_else(server: EmbeddedPostgres, folder: Path) -> None:
    server.start()
    assert (folder / "home" / "pg" / "server.json").stat().st_mode & 0o077 == 0
    assert (folder / "home" / "pg").stat().st_mode & 0o077 == 0
