"""Worker processes to kill and freeze: forked from one that has its imports already, so a new one costs little.

The nursery's child runs `raise_workers(work)`: each line on its standard input is the name of a worker and a word for
it. Processes are killed by their id, never by a name.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from greenroom_dev import ROOT


class Nursery:
    """Workers by name. Whatever still lives at `end` is killed."""

    def __init__(self, module: str, *args: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *args],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.pids: dict[str, int] = {}
        self._answer("ready")

    def start(self, name: str, word: str = "-") -> None:
        """A new worker; `word` is for it alone."""
        assert self._process.stdin is not None  # noqa: S101  # it is a pipe, as asked for above
        self._process.stdin.write(f"{name} {word}\n")
        self._process.stdin.flush()
        self.pids[name] = int(self._answer(name))

    def signal(self, name: str, number: signal.Signals) -> bool:
        """False when the worker is gone already."""
        try:
            os.kill(self.pids[name], number)
        except ProcessLookupError:
            return False
        return True

    def kill(self, name: str) -> None:
        self.signal(name, signal.SIGKILL)
        self.await_state(name, "gone")

    def state(self, name: str) -> str:
        """`gone`, `stopped` or `alive`."""
        try:
            stat = Path(f"/proc/{self.pids[name]}/stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            return "gone"
        letter = stat.rpartition(")")[2].split()[0]
        return {"T": "stopped", "Z": "gone", "X": "gone"}.get(letter, "alive")

    def await_state(self, name: str, state: str, *, within: float = 60) -> None:
        deadline = time.monotonic() + within
        while self.state(name) != state:
            if time.monotonic() > deadline:
                raise TimeoutError(f"worker {name} is {self.state(name)}, not {state}")
            time.sleep(0.02)

    def end(self) -> None:
        for name in self.pids:
            self.signal(name, signal.SIGKILL)
        self._process.kill()
        self._process.communicate()

    def _answer(self, about: str) -> str:
        assert self._process.stdout is not None  # noqa: S101  # it is a pipe, as asked for above
        line = self._process.stdout.readline().split()
        if not line or line[0] != about:
            raise RuntimeError(f"the nursery died before it said {about}")
        return line[-1]


def raise_workers(work: Callable[[str, str], None]) -> None:
    """Run `work(name, word)` in a process of its own for each line on standard input; returns at its end."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are buried by the system
    print("ready", flush=True)
    for line in sys.stdin:
        name, word = line.split()
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            nowhere = os.open(os.devnull, os.O_RDWR)
            for standard in (0, 1):  # these are the nursery's own
                os.dup2(nowhere, standard)
            try:
                work(name, word)
            finally:
                os._exit(0)
        print(name, child, flush=True)
