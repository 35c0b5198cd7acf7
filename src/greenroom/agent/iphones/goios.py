"""go-ios, the external program `ios` (MIT): asked one thing at a time, its answers read. Needs 1.2.0 or newer."""

import asyncio
import itertools
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from greenroom.agent.errors import HostBroken, plain
from greenroom.agent.iphones.child import Ledger, Running, child
from greenroom.agent.iphones.notes import Note, read_line

ANSWERING = 20.0  # seconds
FETCHING = 240.0  # for an image that is downloaded
AT_LEAST = (1, 2)
TUNNELS = 60_210
"""The port on which our tunnel agent is asked; go-ios' own is 60105, and whoever else uses go-ios has theirs there."""


def go_ios_program() -> Path | None:
    """The `ios` on the PATH, when it is a go-ios that we can use."""
    found = shutil.which("ios")
    try:
        told = subprocess.run(
            [found or "", "--version"], capture_output=True, text=True, timeout=ANSWERING, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = map(read_line, told.splitlines())
    return Path(found or "") if any(_good(str(one.get("version"))) for one in lines if isinstance(one, dict)) else None


@dataclass(frozen=True, slots=True)
class Said:
    """What one command answered: its documents, and its log."""

    code: int
    documents: tuple[Any, ...]
    notes: tuple[Note, ...]

    @property
    def first(self) -> Any:
        return self.documents[0] if self.documents else None

    @property
    def trouble(self) -> str:
        """Its last complaint; empty when it had none and ended well."""
        bad = [note.says for note in self.notes if note.bad]
        return bad[-1] if bad else "" if self.code == 0 else f"it ended with {self.code}"


@dataclass(frozen=True, slots=True)
class GoIos:
    """`home` keeps images, pair records of tunnels, and which processes run. `mux`: as go-ios takes the address."""

    binary: Path
    home: Path
    mux: str = ""
    tunnels: int = TUNNELS
    _count: "itertools.count[int]" = field(default_factory=itertools.count)

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.home / "running")

    async def checked(self) -> "GoIos":
        """Itself; HostBroken when it is no go-ios that we can use, with what to do."""
        said = await self.ask("--version")
        version = str(said.first.get("version", "")) if isinstance(said.first, dict) else ""
        if not version:
            raise HostBroken(f"{self.binary} does not look like go-ios: it does not tell its version.")
        if not _good(version):
            raise HostBroken(f"go-ios {plain(version, 40)} is too old; install 1.2.0 or newer: npm install -g go-ios")
        return self

    async def ask(
        self,
        *arguments: str,
        within: float = ANSWERING,
        told: Callable[[Note], None] | None = None,
        temporary: Path | None = None,
    ) -> Said:
        """Run one command to its end; HostBroken when it does not start or does not end in time.

        Its log is told as it comes. What it leaves behind when it is ended lies in `temporary`.
        """
        read: list[Any] = []

        def heard(line: str) -> None:
            said = read_line(line)
            if said is not None:
                read.append(said)
            if told is not None and isinstance(said, Note):
                told(said)

        try:
            name = f"ask-{next(self._count)}"
            async with asyncio.timeout(within), self._child(arguments, name, heard, temporary) as running:
                code = await running.ended()
        except TimeoutError as error:
            raise HostBroken(f"go-ios did not answer to {arguments[0]} within {within:g} s.") from error
        notes = tuple(one for one in read if isinstance(one, Note))
        return Said(code, tuple(one for one in read if not isinstance(one, Note)), notes)

    def run(
        self, arguments: Sequence[str], name: str, told: Callable[[Note], None]
    ) -> AbstractAsyncContextManager[Running]:
        """A command that goes on until the block ends; its log is told as it comes."""

        def heard(line: str) -> None:
            said = read_line(line)
            if isinstance(said, Note):
                told(said)

        return self._child(arguments, name, heard)

    def _child(
        self, arguments: Sequence[str], name: str, heard: Callable[[str], None], temporary: Path | None = None
    ) -> AbstractAsyncContextManager[Running]:
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        return child(
            [self.binary, *arguments], environment=self._environment(temporary), folder=self.home, heard=heard,
            ledger=self.ledger, name=name,
        )  # fmt: skip

    def _environment(self, temporary: Path | None) -> dict[str, str]:
        """Our own tunnels, and no agent of go-ios that would outlive us (ENABLE_GO_IOS_AGENT starts one)."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GO_IOS_", "ENABLE_GO_IOS"))}
        kept |= {"GO_IOS_AGENT_HOST": "127.0.0.1", "GO_IOS_AGENT_PORT": str(self.tunnels)}
        kept |= {"TMPDIR": str(temporary)} if temporary else {}
        return kept | {"USBMUXD_SOCKET_ADDRESS": self.mux} if self.mux else kept


def _good(version: str) -> bool:
    match = re.match(r"v?(\d+)\.(\d+)", version)
    return version == "local-build" or (match is not None and (int(match[1]), int(match[2])) >= AT_LEAST)
