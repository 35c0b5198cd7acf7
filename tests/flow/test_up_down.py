"""`greenroom up` and `greenroom down` as people use them, and what happens when something of it dies."""

import os
import signal
import socket
from collections.abc import Iterator
from datetime import timedelta

import httpx
import psutil
import psycopg
import pytest

from greenroom.entrypoints.running import find_running
from greenroom.infra.postgres.addresses import Addresses
from tests.support.installation import Installation, new_installation, wait_until

SOON = timedelta(seconds=60)


@pytest.fixture
def without_workers() -> Iterator[Installation]:
    installation = new_installation(GREENROOM_WORKERS="0")
    yield installation
    installation.remove()


def lives(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def answers(installation: Installation) -> bool:
    try:
        return installation.get("/api/v1/health").status_code == 200
    except httpx.HTTPError:
        return False


def test_up_serves_the_page_and_down_leaves_nothing_behind(installation: Installation) -> None:
    said = installation.command("up", "--detach").stdout
    running = installation.running
    assert f"Open     {running.url}" in said
    assert running.first_run_url is not None
    assert running.first_run_url in said
    assert str(installation.home) in said
    assert installation.get("/").status_code == 200
    assert installation.get("/api/v1/health").json()["status"] == "ok"
    wait_until(lambda: installation.process("worker-1"), within=SOON)
    everything = [psutil.Process(running.pid), *psutil.Process(running.pid).children(recursive=True)]

    again = installation.command("up")
    assert again.returncode == 0
    assert f"already runs at {running.url}" in again.stdout

    assert installation.command("down").stdout.startswith("Stopped after")
    wait_until(lambda: not any(lives(process) for process in everything), within=timedelta(seconds=20))
    assert not installation.database.status().running
    assert installation.command("down").stdout == f"Nothing runs on {installation.home}.\n"


def test_ctrl_c_stops_everything_and_is_no_error(without_workers: Installation) -> None:
    process = without_workers.begin("up")
    wait_until(lambda: find_running(without_workers.home), within=SOON)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert said.rstrip().endswith("Stopping.")
    assert not without_workers.database.status().running


def test_a_stop_while_it_starts_is_obeyed(without_workers: Installation) -> None:
    process = without_workers.begin("up")
    wait_until(lambda: (without_workers.home / "run" / "up.lock").exists(), within=SOON)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert find_running(without_workers.home) is None
    assert not without_workers.database.status().running


def test_a_busy_port_is_said_and_the_next_one_taken(without_workers: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = without_workers.command("up", "--detach", "--port", str(port)).stdout
        running = without_workers.running
    assert port < running.port < port + 50
    assert f"Port {port} is busy; taking {running.port}." in said
    assert answers(without_workers)


@pytest.mark.parametrize("name", ["server", "worker-1"])
def test_what_dies_is_started_again(installation: Installation, name: str) -> None:
    installation.up()
    wait_until(lambda: installation.runs(name), within=SOON)
    before = installation.process(name)
    before.kill()

    def is_another() -> bool:
        try:
            return installation.process(name).pid != before.pid
        except AssertionError:
            return False

    wait_until(is_another, within=SOON)
    wait_until(lambda: answers(installation), within=SOON)
    log = (installation.home / "logs" / "up.log").read_text()
    assert f"The {name.replace('-', ' ')} ended (SIGKILL); starting it again." in log


def test_a_dead_database_is_started_again(without_workers: Installation) -> None:
    without_workers.up()
    without_workers.database.kill()
    log = without_workers.home / "logs" / "up.log"
    wait_until(lambda: "The database stopped; starting it again." in log.read_text(), within=SOON)
    wait_until(lambda: answers(without_workers), within=SOON)


def test_after_a_dead_supervisor_the_rest_ends_and_the_next_up_finds_the_database(
    installation: Installation,
) -> None:
    running = installation.up()
    children = psutil.Process(running.pid).children()
    database = installation.database.status().pid
    ours = [child for child in children if child.pid != database]
    os.kill(running.pid, signal.SIGKILL)
    assert psutil.wait_procs(ours, timeout=60)[1] == []
    assert installation.database.status().pid == database

    installation.up()
    assert installation.database.status().pid == database
    assert answers(installation)


def test_down_also_stops_a_database_that_outlived_a_crash(without_workers: Installation) -> None:
    os.kill(without_workers.up().pid, signal.SIGKILL)
    wait_until(lambda: find_running(without_workers.home) is None, within=SOON)
    assert "outlived a crash" in without_workers.command("down").stdout
    assert not without_workers.database.status().running


def test_with_a_database_elsewhere_none_is_started(database_urls: Addresses) -> None:
    installation = new_installation(
        GREENROOM_DATABASE_URL=database_urls.app, GREENROOM_OWNER_DATABASE_URL=database_urls.owner
    )
    try:
        installation.up()
        assert answers(installation)
        installation.down()
        assert not (installation.home / "pg").exists()
        psycopg.connect(database_urls.app).close()
    finally:
        installation.remove()


def test_wrong_settings_are_refused_in_words(installation: Installation) -> None:
    done = Installation(installation.home, {"GREENROOM_WORKERS": "many"}).command("up")
    assert done.returncode == 2
    assert "GREENROOM_WORKERS: must be a valid integer" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_home_that_cannot_be_written_is_one_sentence(installation: Installation) -> None:
    (installation.home / "file").touch()
    done = Installation(installation.home / "file" / "home").command("up")
    assert done.returncode != 0
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "set GREENROOM_HOME" in done.stderr
