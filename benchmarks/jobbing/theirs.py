"""Celery with Redis and Procrastinate, each in the peers' environment and driven by its script in benchmarks/peers."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg

from benchmarks.free_port import free_port
from benchmarks.jobbing.contender import Processes, Times
from benchmarks.peers import peer_venv
from greenroom.infra.postgres.addresses import Addresses

SCRIPTS = Path(__file__).resolve().parents[1] / "peers"
SLOTS = 16
"""Jobs at once in a worker, as ours has."""


class Theirs:
    """A peer whose script takes the verbs."""

    def __init__(self, title: str, script: str, environment: Mapping[str, str], log: Path, note: str) -> None:
        self.title, self.note = title, note
        self._python = peer_venv("jobs")
        self._script = script
        self._environment = {**environment, "PYTHONPATH": str(SCRIPTS)}
        self._log = log

    def empty(self) -> None:
        self._say("empty")

    def send(self, count: int, *, after: float | None = None, pause: float = 0) -> None:
        self._say("send", str(count), str(after or 0), str(pause))

    def workers(self, count: int) -> Processes:
        return Processes([self._command(number) for number in range(count)], self._environment, self._log)

    def done(self) -> int:
        return int(self._say("done"))

    def times(self) -> list[Times]:
        return [Times(*one) for one in json.loads(self._say("times"))]

    def _command(self, number: int) -> list[str]:
        return [str(self._python), str(SCRIPTS / f"{self._script}.py"), "worker"]

    def _say(self, verb: str, *rest: str) -> str:
        done = subprocess.run(
            [self._python, SCRIPTS / f"{self._script}.py", verb, *rest],
            env={**os.environ, **self._environment}, cwd=SCRIPTS, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout


class Celery(Theirs):
    def _command(self, number: int) -> list[str]:
        return [
            str(self._python), "-m", "celery", "-A", "jobs_celery", "worker", "--pool", "threads", "--concurrency",
            str(SLOTS), "--loglevel", "ERROR", "--without-gossip", "--without-mingle", "--hostname", f"w{number}@%h",
        ]  # fmt: skip


def procrastinate(addresses: Addresses, folder: Path) -> Theirs:
    """On the same server as ours, in a database of its own."""
    with psycopg.connect(addresses.for_database("postgres").superuser or "", autocommit=True) as connection:
        connection.execute("create database procrastinate")
    url = addresses.for_database("procrastinate").superuser or ""
    return Theirs("Procrastinate", "jobs_procrastinate", {"BENCH_POSTGRES": url}, folder / "procrastinate.log", "")


def redis_server() -> str | None:
    """Where the machine's redis-server is, Debian's package of that name; None without one."""
    return shutil.which("redis-server")


@contextmanager
def celery(program: str, folder: Path) -> Iterator[Theirs]:
    """With a Redis of its own, which writes its log of changes to the disk each second, its usual setting."""
    data = folder / "redis"
    data.mkdir()
    port = free_port()
    process = subprocess.Popen(
        [program, "--bind", "127.0.0.1", "--port", str(port), "--dir", data, "--appendonly", "yes",
         "--appendfsync", "everysec", "--save", ""],
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        address = f"redis://127.0.0.1:{port}/0"
        yield Celery("Celery with Redis", "jobs_celery", {"BENCH_REDIS": address}, folder / "celery.log", "acks late")
    finally:
        process.terminate()
        process.wait()
