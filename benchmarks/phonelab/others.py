"""The peers: how others tap on an Android phone, all through the same adb server."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import adbutils
import uiautomator2

from tests.support.adb import the_adb

Tap = Callable[[int, int], int]
"""At a pixel; when it was called, in microseconds of the machine's monotonic clock."""


def tappers(adb_port: int, serial: str, home: Path) -> Mapping[str, Tap]:
    """Each peer's way to tap on one phone."""
    os.environ["ANDROID_ADB_SERVER_PORT"] = str(adb_port)  # uiautomator2 asks nobody
    device = adbutils.AdbClient(host="127.0.0.1", port=adb_port).device(serial)
    automator = uiautomator2.connect(device)
    program = [str(the_adb()), "-P", str(adb_port), "-s", serial, "shell", "input", "tap"]
    environment = os.environ | {"HOME": str(home)}

    def by_program(x: int, y: int) -> None:
        subprocess.run([*program, str(x), str(y)], env=environment, check=True, capture_output=True)

    return {
        "adb shell input tap": _timed(by_program),
        "adbutils": _timed(device.click),
        "uiautomator2": _timed(automator.click),
    }


def _timed(call: Callable[[int, int], object]) -> Tap:
    def tap(x: int, y: int) -> int:
        sent = time.monotonic_ns() // 1000
        call(x, y)
        return sent

    return tap
