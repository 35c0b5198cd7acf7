"""Virtual phones in a process of their own, which write down when a touch reached them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Handset:
    """`port`: where its ADB answers; `size`: of its screen in pixels."""

    serial: str
    port: int
    size: tuple[int, int]

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"


@dataclass(frozen=True, slots=True)
class Fleet:
    """Android phones that let every computer in."""

    control: str
    phones: list[Handset]
    process: psutil.Process

    def follow_touches(self) -> None:
        httpx.post(f"{self.control}/touches", json={"on": True}, timeout=PATIENCE).raise_for_status()

    def touches(self) -> dict[str, list[int]]:
        """When fingers went down since the last question, by phone: microseconds of the machine's monotonic clock."""
        found: dict[str, list[int]] = {one.serial: [] for one in self.phones}
        for serial, action, _, _, moment in httpx.get(f"{self.control}/touches", timeout=PATIENCE).json():
            if action == "down":
                found[serial].append(moment)
        return found


@contextmanager
def running_fleet(count: int) -> Iterator[Fleet]:
    process = subprocess.Popen(
        [sys.executable, "-m", "greenroom", "vphone", "--json", "--port", "0", "--auth", "open", "--count", str(count)],
        stdout=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    try:
        assert process.stdout
        said: dict[str, Any] = json.loads(process.stdout.readline())
        phones = [_handset(one) for one in said["phones"]]
        yield Fleet(said["control"], phones, psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait(timeout=30)


def _handset(said: dict[str, Any]) -> Handset:
    width, height = said["size"]
    return Handset(said["serial"], int(said["address"].rpartition(":")[2]), (width, height))
