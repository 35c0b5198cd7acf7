"""The supervisor's phone lab: a process with virtual phones and one with the agent that shows them on the wall.

Both begin when the page answers, and the agent not before there is an organisation: the server then makes a one-time
code, with which the agent is enrolled once and for all. Its key stays in the folder `lab` of the home.
"""

import json
import os
import socket
import zlib
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from signal import SIGTERM
from typing import Any

from greenroom.agent.tools import NO_ADB
from greenroom.entrypoints.children import Child
from greenroom.infra.settings import Settings

FILE = "lab.json"
"""In the home's folder `run`, while a lab runs: where its phones are, and what its agent said last."""

KEPT = ("PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "LD_LIBRARY_PATH")
KEPT_BEGINNINGS = ("LC_", "PYTHON")


class Lab:
    """`say` tells the person at the terminal. Nothing of what the server may know reaches the lab's processes."""

    def __init__(self, settings: Settings, url: str, say: Callable[[str], None]) -> None:
        self._count, self._url, self._say = settings.phones, url, say
        host = ip_address(settings.host)
        self._reachable = host.is_unspecified or host.is_loopback
        self._home, self._file = settings.home / "lab", settings.home / "run" / FILE
        environment = {name: value for name, value in os.environ.items() if _is_kept(name)}
        environment |= {"GREENROOM_HOME": str(self._home), "GREENROOM_LOG_LEVEL": settings.log_level}
        self.fleet = Child("fleet", ["fleet"], environment)
        self.agent = Child("agent", ["agent"], environment)
        self.children = (self.fleet, self.agent) if self._count else ()
        self._begun = self._out = False
        self._phones: dict[str, Any] | None = None  # what the fleet reported
        self._said = "It was not started yet: there is no organisation."
        self._code: str | None = None
        self._asked: int | None = None  # the process of the server that was asked for a code

    def begin(self) -> None:
        """The page answers."""
        self._begun = self._count > 0
        if self._begun and not self._reachable:
            self._out = True
            self._say("The virtual phones are not shown: their agent reaches a server at 127.0.0.1 only. "
                      "Listen there (GREENROOM_HOST), or want none (GREENROOM_PHONES=0).")  # fmt: skip
        elif self._begun:
            self._home.mkdir(mode=0o700, exist_ok=True)

    def wants(self, child: Child) -> bool:
        """Whether this one of its children is to run now."""
        if not self._begun or self._out:
            return False
        return child is self.fleet or (self._phones is not None and (self._enrolled or self._code is not None))

    def word(self, child: Child) -> dict[str, Any]:
        """All that this one of its children is told."""
        if child is self.fleet:
            return {"phones": self._count, "block": zlib.crc32(os.fsencode(self._home))}
        found = self._phones or {}
        androids = [one for one in found["phones"] if one["kind"] == "android"]
        iphones = [one for one in found["phones"] if one["kind"] == "iphone"]
        return {
            "server": self._url,
            "code": None if self._enrolled else self._code,
            "adb": found["adb"],
            "adb_port": found["adb_port"],
            "scrcpy": found["scrcpy"],
            "dialled": [one["address"] for one in androids],
            "iphones": {f"http://{one['address']}": f"http://{one['mjpeg']}" for one in iphones},
        }

    def asks(self, server: int | None) -> bool:
        """Whether this process of the server is to be asked for a code now; each one is at most once."""
        needed = self._begun and not self._out and not self._enrolled and self._code is None
        if not needed or self._asked == server:
            return False
        self._asked = server
        return True

    def hear(self, child: Child, news: dict[str, Any]) -> None:
        """A report of the server or of one of its own."""
        if "code" in news:
            self._code = news["code"]
        elif "said" in news:
            self._keep(news["said"])
        elif child is self.fleet and news.get("ready"):
            self._hear_fleet(news)
        elif news.get("code_over"):
            self._code = self._asked = None
        elif "out" in news:
            self._out = True
            self._keep(f"{news['out']}.")
            self._say(f"The virtual phones are not shown: {news['out']}. To begin anew, stop and remove {self._home}.")
            self.fleet.signal(SIGTERM)

    def close(self) -> None:
        """Its processes have ended."""
        end_leftover(self._file.parents[1])

    def _hear_fleet(self, news: dict[str, Any]) -> None:
        before, self._phones = self._phones, news
        self._keep(self._said)
        if before is None and news["adb"] is None:
            self._say(f"{NO_ADB}. Only the virtual iPhones are shown.")
        if before is not None and _places(before) != _places(news):
            self.agent.signal(SIGTERM)  # it comes back by itself, and looks where they are now

    def _keep(self, said: str) -> None:
        self._said = said
        with suppress(OSError):
            self._file.write_text(json.dumps({**(self._phones or {}), "agent": said}), encoding="utf-8")

    @property
    def _enrolled(self) -> bool:
        return (self._home / "agent" / "agent.json").exists()


def end_leftover(home: Path) -> None:
    """End the adb server of a home's lab that runs no more: an agent that was killed leaves it behind."""
    file = home / "run" / FILE
    with suppress(OSError, ValueError):
        lab = json.loads(file.read_text(encoding="utf-8"))
        file.unlink()
        if lab.get("adb"):
            with socket.create_connection(("127.0.0.1", lab["adb_port"]), 1) as adb:
                adb.sendall(b"0009host:kill")
                adb.recv(4)


def _places(news: dict[str, Any]) -> list[Any]:
    return [news["adb_port"], *((one["address"], one["mjpeg"]) for one in news["phones"])]


def _is_kept(name: str) -> bool:
    return name in KEPT or name.startswith(KEPT_BEGINNINGS)
