"""The git repository of an export: made, asked what it has, added to. Only ours, and only when nothing else is in it.

Blocking; every call is the machine's own `git`, without hooks.
"""

import os
import subprocess
from pathlib import Path
from uuid import UUID

from greenroom.infra.versions.git_stream import BRANCH, TRAILER, Place, exported
from greenroom.kit.errors import Conflict, Unavailable

MARK = "greenroom.organisation"


class Repository:
    """A folder with an organisation's definitions. Raises Conflict when something else is there, Unavailable."""

    def __init__(self, folder: Path, organisation: UUID) -> None:
        self.folder = folder.absolute()
        self._prepare(str(organisation))

    def newest(self) -> dict[Place, int]:
        """The newest exported version of each definition."""
        if not self.has_commits():
            return {}
        return exported(self._git("log", f"--format=%(trailers:key={TRAILER},valueonly)", BRANCH))

    def has_commits(self) -> bool:
        return self._run("rev-parse", "--verify", "--quiet", BRANCH).returncode == 0

    def add(self, stream: bytes) -> None:
        """Append the commits, and let the files in the folder follow."""
        self._git("fast-import", "--quiet", "--done", given=stream)
        self._git("reset", "--hard", "--quiet", BRANCH)

    def _prepare(self, organisation: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (self.folder / ".git").exists():
            if any(self.folder.iterdir()):
                raise Conflict(f"{self.folder} is not empty; name an empty folder, or one that was exported to before")
            self._git("init", "--quiet")
            self._git("symbolic-ref", "HEAD", BRANCH)
            self._git("config", MARK, organisation)
            return
        mark = self._run("config", "--get", MARK).stdout.decode().strip()
        if mark != organisation:
            whose = f"the organisation {mark}" if mark else "something else"
            raise Conflict(f"{self.folder} is the repository of {whose}; name another folder")
        head = self._run("symbolic-ref", "--quiet", "HEAD").stdout.decode().strip()
        if head != BRANCH or self._git("status", "--porcelain"):
            raise Conflict(f"{self.folder} has changes of its own; put them away and check out main, then export again")

    def _git(self, *arguments: str, given: bytes | None = None) -> str:
        done = self._run(*arguments, given=given)
        if done.returncode:
            raise Unavailable(f"git {arguments[0]} failed: {done.stderr.decode(errors='replace').strip()}")
        return done.stdout.decode(errors="replace")

    def _run(self, *arguments: str, given: bytes | None = None) -> "subprocess.CompletedProcess[bytes]":
        settings = ["-c", "core.hooksPath=/dev/null", "-c", "core.autocrlf=false", "-c", "core.fsmonitor=false"]
        # What names another repository, as inside a git hook, must not lead there.
        around = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        try:
            return subprocess.run(
                ["git", *settings, *arguments],
                cwd=self.folder,
                env=around,
                input=given,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError as error:
            raise Unavailable("This needs the program git; install it and try again") from error
