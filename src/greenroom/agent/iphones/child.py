"""One process of go-ios that lives as long as it is needed: in a group of its own, never without its agent."""

import asyncio
import contextlib
import os
import signal
import subprocess
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from greenroom.agent.errors import HostBroken

ENDING = 3.0  # seconds that it has to end by itself
LONGEST = 1 << 26  # bytes of a line: all apps of an iPhone are one


@dataclass(frozen=True, slots=True)
class Ledger:
    """Which processes run, in files: after an agent that was killed, the next one ends what it left behind."""

    folder: Path

    def write(self, name: str, pid: int) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (self.folder / name).write_text(f"{pid}\n{_born(pid)}")

    def strike(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

    async def sweep(self) -> int:
        """End what is left of an agent that was killed; how many those were."""
        found = [file for file in self.folder.glob("*") if file.is_file()] if self.folder.is_dir() else []
        ended = 0
        for file in found:
            pid, _, born = file.read_text().partition("\n")
            # A number is used again; the moment of birth tells whether it is still the same process.
            if pid.isdigit() and born and _born(int(pid)) == born:
                await _end(int(pid))
                ended += 1
            file.unlink(missing_ok=True)
        return ended


@dataclass(frozen=True, slots=True)
class Running:
    process: asyncio.subprocess.Process
    listening: "asyncio.Task[None]"

    async def ended(self) -> int:
        """How it ended, once it did and all that it said was heard."""
        code = await self.process.wait()
        await asyncio.wait([self.listening])
        return code


@asynccontextmanager
async def child(
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str],
    folder: Path,
    heard: Callable[[str], None],
    ledger: Ledger,
    name: str,
) -> AsyncIterator[Running]:
    """The running process, whose lines are heard; it is ended with the block. HostBroken when it does not start."""
    try:
        process = await asyncio.create_subprocess_exec(
            *command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env=environment, cwd=folder, start_new_session=True, limit=LONGEST,
        )  # fmt: skip
    except OSError as error:
        raise HostBroken(f"{command[0]} cannot be started: {error.strerror}.") from error
    listening = asyncio.create_task(_listen(process, heard))
    try:
        ledger.write(name, process.pid)
        yield Running(process, listening)
    finally:
        if process.returncode is None:
            _signal(process.pid, signal.SIGTERM)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(ENDING):
                    await process.wait()
        _signal(process.pid, signal.SIGKILL)  # what it started itself too
        await process.wait()
        listening.cancel()
        ledger.strike(name)


async def _listen(process: asyncio.subprocess.Process, heard: Callable[[str], None]) -> None:
    if process.stdout is None:
        raise ValueError("its output is piped")
    while True:
        try:
            line = await process.stdout.readline()
        except ValueError:  # longer than any that is meant for us
            continue
        if not line:
            return
        heard(line.decode("utf-8", "replace").rstrip("\n"))


async def _end(pid: int) -> None:
    _signal(pid, signal.SIGTERM)
    for _ in range(round(ENDING / 0.05)):
        if not _born(pid):
            break
        await asyncio.sleep(0.05)
    _signal(pid, signal.SIGKILL)


def _signal(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def _born(pid: int) -> str:
    """When the process began, in the system's own words; empty when there is none."""
    stat = Path(f"/proc/{pid}/stat")
    if stat.parent.parent.joinpath("self").exists():
        try:
            after_name = stat.read_text().rpartition(")")[2].split()
        except OSError:
            return ""
        return "" if after_name[0] == "Z" else after_name[19]
    told = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return told.stdout.strip()
