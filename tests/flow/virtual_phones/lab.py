"""What the tests of virtual phones work with: phones in a process of their own, the real adb, and waiting."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import adbutils
import httpx

from greenroom_dev import ROOT

T = TypeVar("T")


def wait_for(look: Callable[[], T], *, within: float = 30) -> T:
    """The first truthy thing that `look` finds; fails when there is none in time."""
    deadline = time.monotonic() + within
    while not (found := look()):
        assert time.monotonic() < deadline, f"nothing within {within} s, last {found!r}"
        time.sleep(0.02)
    return found


@dataclass(frozen=True)
class Phones:
    """What `greenroom vphone --json` printed; `control` switches faults."""

    control: str
    phones: list[dict[str, Any]]
    process: "subprocess.Popen[str]"

    def androids(self) -> list[dict[str, Any]]:
        return [one for one in self.phones if one["kind"] == "android"]

    def iphone(self) -> dict[str, Any]:
        return next(one for one in self.phones if one["kind"] == "iphone")

    def fault(self, serial: str, **faults: Any) -> dict[str, Any]:
        answer = httpx.post(f"{self.control}/phones/{serial}/faults", json=faults)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def heal(self, serial: str) -> None:
        httpx.delete(f"{self.control}/phones/{serial}/faults").raise_for_status()

    def tap_text(self, serial: str, text: str) -> httpx.Response:
        return httpx.post(f"{self.control}/phones/{serial}/tap", json={"text": text})


@dataclass(frozen=True)
class Adb:
    """The real adb with its own server."""

    path: str
    port: int
    environment: dict[str, str]

    def __call__(self, *words: str, serial: str = "", text: str | None = None) -> "subprocess.CompletedProcess[str]":
        target = ["-s", serial] if serial else []
        return subprocess.run(
            [self.path, *target, *words], env=self.environment, input=text, capture_output=True, text=True, timeout=60
        )

    def client(self) -> adbutils.AdbClient:
        return adbutils.AdbClient(host="127.0.0.1", port=self.port)

    def state(self, serial: str) -> str:
        """`device`, `offline`, `unauthorized`, or nothing."""
        for line in self("devices").stdout.splitlines():
            name, _, state = line.partition("\t")
            if name == serial:
                return state
        return ""

    def attach(self, address: str) -> adbutils.AdbDevice:
        """Connected and ready; what `connect` prints while keys are exchanged says nothing."""
        if self.state(address) not in ("", "device"):
            self("disconnect", address)
        self("connect", address)
        wait_for(lambda: self.state(address) == "device")
        return self.client().device(address)


def start(*words: str) -> Phones:
    """`greenroom vphone` with free ports, once it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-m", "greenroom", "vphone", "--json", "--port", "0", *words],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )
    assert process.stdout
    said = json.loads(process.stdout.readline())
    return Phones(said["control"], said["phones"], process)


def stop(phones: Phones) -> int:
    phones.process.terminate()
    return phones.process.wait(60)
