"""A whole installation for a test: its own home, run by the real command line in processes of its own."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx
import psutil
import pytest

from greenroom.entrypoints.running import Running, find_running
from greenroom.infra.postgres.server import EmbeddedPostgres
from tests.support.prepared import prepare

SOURCE = Path(__file__).parents[2] / "src"
FIRST_PORT = 23000


@dataclass
class Installation:
    """One home and what runs on it."""

    home: Path
    variables: dict[str, str] = field(default_factory=dict)

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `greenroom ARGUMENTS` on this home and wait for it."""
        return subprocess.run(self._line(arguments), env=self._environment(), capture_output=True, text=True)

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        """Run `greenroom ARGUMENTS` on this home and do not wait."""
        pipe = subprocess.PIPE
        return subprocess.Popen(
            self._line(arguments), env=self._environment(), stdout=pipe, stderr=subprocess.STDOUT, text=True
        )

    def up(self) -> Running:
        """Start it in the background; gives where it answers."""
        done = self.command("up", "--detach")
        assert done.returncode == 0, done.stdout + done.stderr
        return self.running

    def down(self) -> None:
        done = self.command("down")
        assert done.returncode == 0, done.stdout + done.stderr

    @property
    def running(self) -> Running:
        running = find_running(self.home)
        assert running is not None, "nothing runs on this home"
        return running

    @property
    def database(self) -> EmbeddedPostgres:
        return EmbeddedPostgres(self.home)

    def runs(self, name: str) -> bool:
        try:
            return self.process(name).is_running()
        except AssertionError:
            return False

    def process(self, name: str) -> psutil.Process:
        """The live process of the server, of a worker or of the lab: server, worker-1, fleet, agent, …"""
        for child in psutil.Process(self.running.pid).children():
            with suppress(psutil.NoSuchProcess):  # a zombie is one too
                line = child.cmdline()
                if "--name" in line and line[line.index("--name") + 1] == name:
                    return child
        raise AssertionError(f"no process {name}")

    def get(self, path: str) -> httpx.Response:
        return httpx.get(self.running.url + path)

    def remove(self) -> None:
        """End it without ceremony and remove everything it kept."""
        if running := find_running(self.home):
            os.kill(running.pid, signal.SIGTERM)
            wait_until(lambda: find_running(self.home) is None, within=timedelta(seconds=40))
        self.database.remove()
        shutil.rmtree(self.home, ignore_errors=True)

    def _line(self, arguments: tuple[str, ...]) -> list[str]:
        return [sys.executable, "-m", "greenroom", *arguments]

    def _environment(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GREENROOM_")}
        return clean | {
            "PYTHONPATH": str(SOURCE),
            "GREENROOM_HOME": str(self.home),
            "GREENROOM_PORT": str(FIRST_PORT),
            "GREENROOM_RENDER_PROFILE": "draft",
            "GREENROOM_PHONES": "0",
            **self.variables,
        }


def new_installation(**variables: str) -> Installation:
    """An installation that does not run yet; whoever makes it calls `remove` in the end."""
    return Installation(Path(tempfile.mkdtemp(prefix="greenroom home ")), variables)


def prepared_installation(**variables: str) -> Installation:
    """The same with its database made already, for who does not look at how an installation begins."""
    made = new_installation(**variables)
    prepare(made.home)
    return made


def wait_until(true: Callable[[], object], *, within: timedelta) -> None:
    """Look every 50 ms until it is so; fails the test when the time is over."""
    deadline = time.monotonic() + within.total_seconds()
    while not true():
        assert time.monotonic() < deadline, f"not so within {within.total_seconds():g} s"
        time.sleep(0.05)


@pytest.fixture
def installation() -> Iterator[Installation]:
    """An installation of this test's own, with draft rendering and one worker; the test starts it with `.up()`."""
    installation = new_installation()
    yield installation
    installation.remove()
