"""`greenroom api` and `greenroom worker` as real processes that share a database, as on several machines."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from greenroom.infra.postgres.addresses import Addresses
from tests.support.installation import SOURCE


class Program:
    """One process; `said` is all that it wrote so far."""

    def __init__(self, process: subprocess.Popen[bytes], words: Path, url: str) -> None:
        self.process, self.url = process, url
        self._words = words

    @property
    def said(self) -> str:
        return self._words.read_text(encoding="utf-8", errors="replace")

    def ready(self, word: str, *, within: float = 60) -> "Program":
        """Itself, once it has said the word."""
        deadline = time.monotonic() + within
        while word not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, f"not ready: {self.said}"
            time.sleep(0.05)
        return self

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def ended(self, *, within: float = 60) -> int:
        """Its exit status; fails when it does not end in time."""
        return self.process.wait(within)


class Programs:
    """Programs with a home of their own each, and one database, one media folder and one set of keys."""

    def __init__(self, folder: Path, database: Addresses | None, keys: Path) -> None:
        self._folder = folder
        self._shared = {
            "GREENROOM_MEDIA": str(folder / "media"),
            "GREENROOM_VAULT_FOLDER": str(keys),
            "GREENROOM_RENDER_PROFILE": "draft",
            "PYTHONPATH": str(SOURCE),
        }
        if database:
            self._shared["GREENROOM_DATABASE_URL"] = database.app
        self._started: list[Program] = []

    def api(self, **variables: str) -> Program:
        """A server on a free port; it may not be ready yet."""
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        return self.run("api", "--port", str(port), url=f"http://127.0.0.1:{port}", **variables)

    def worker(self, queues: str = "io,cpu", **variables: str) -> Program:
        return self.run("worker", "--queues", queues, **variables)

    def run(self, *arguments: str, url: str = "", **variables: str) -> Program:
        """`greenroom ARGUMENTS` in the background."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GREENROOM_")}
        name = f"{arguments[0]}-{len(self._started)}"
        self._folder.mkdir(exist_ok=True)
        words = self._folder / f"{name}.said"
        with words.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "greenroom", *arguments],
                env=clean | self._shared | {"GREENROOM_HOME": str(self._folder / name)} | variables,
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
        self._started.append(Program(process, words, url))
        return self._started[-1]

    def end(self) -> None:
        for program in self._started:
            program.process.kill()
            program.process.wait()


@pytest.fixture
def programs(database_urls: Addresses, tmp_path: Path) -> Iterator[Programs]:
    """Over the test's database, with the keys of `house`; what still runs at the end of the test is killed."""
    made = Programs(tmp_path / "programs", database_urls, tmp_path / "home" / "keys")
    yield made
    made.end()
