"""start: from a bare clone to the first page, with nothing cached, with caches, and the second time.

Each cold round has a clone, a HOME and a GREENROOM_HOME of its own, so that uv's, pip's and npm's caches are empty.
"""

import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.free_port import free_port
from benchmarks.table import Measure, Options, Row, Table, Target

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 300.0  # seconds
FORGET = ("GREENROOM_", "XDG_", "UV_", "VIRTUAL_ENV", "npm_config_")


@dataclass(frozen=True, slots=True)
class Place:
    """A clone with a home of its own."""

    clone: Path
    home: Path

    def environment(self, port: int) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(FORGET)}
        return kept | {
            "HOME": str(self.home),
            "GREENROOM_HOME": str(self.clone.with_name(f"{self.clone.name}-state")),
            "GREENROOM_PORT": str(port),
        }


def run(options: Options) -> Table:
    """Median seconds to a 200 from the first page."""
    rounds = 1 if options.quick else options.rounds
    cold: dict[str, list[float]] = {"seconds": [], "fetched": []}
    warm: dict[str, list[float]] = {"seconds": [], "fetched": []}
    second: dict[str, list[float]] = {"seconds": [], "fetched": []}
    cached = 0.0
    for number in range(rounds):
        home = fresh(options.scratch / f"home-{number}")
        first = Place(cloned(options.scratch / f"cold-{number}"), home)
        for samples in (cold, second):
            note(samples, first)
        cached = megabytes(home)
        shutil.rmtree(first.clone)
        again = Place(cloned(options.scratch / f"warm-{number}"), home)
        note(warm, again)
        shutil.rmtree(again.clone)
        shutil.rmtree(home)
    return table(cold, warm, second, cached, rounds)


def note(samples: dict[str, list[float]], place: Place) -> None:
    before = received()
    samples["seconds"].append(seconds_to_first_page(place))
    samples["fetched"].append((received() - before) / 1e6)


def table(
    cold: dict[str, list[float]],
    warm: dict[str, list[float]],
    second: dict[str, list[float]],
    cached: float,
    rounds: int,
) -> Table:
    rows = (
        Row("bare clone, nothing cached", "ours", cold),
        Row("bare clone, caches of uv and npm", "ours", warm),
        Row("second start", "ours", second),
    )
    first, again = rows[0].median("seconds") or 0, rows[2].median("seconds") or 0
    return Table(
        name="start",
        work="./greenroom up in a copy of this tree, until GET / answers 200",
        measures=(Measure("seconds", "first page", "s", 2), Measure("fetched", "fetched", "MB")),
        rows=rows,
        targets=(
            Target("≤ 30 s cold", f"{first:.1f} s", first <= 30),
            Target("≤ 2 s the second time", f"{again:.2f} s", again <= 2),
        ),
        notes=(
            f"medians of {rounds} rounds; the caches hold {cached:.0f} MB unpacked after a cold start",
            "fetched is what all network interfaces but loopback received meanwhile, other programs included",
            "system libraries (libegl1, libgl1) were there already",
        ),
    )


def seconds_to_first_page(place: Place) -> float:
    begun = time.monotonic()
    log = place.clone / "up.log"
    with up(place, log) as (process, address):
        while time.monotonic() - begun < PATIENCE and process.poll() is None:
            if answers(address):
                return time.monotonic() - begun
            time.sleep(0.02)
        raise RuntimeError(f"no page after {time.monotonic() - begun:.0f} s:\n{log.read_text()[-2000:]}")


@contextmanager
def up(place: Place, log: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """`./greenroom up` in a process group of its own, stopped at the end as Ctrl-C stops it."""
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["./greenroom", "up"],
            cwd=place.clone,
            env=place.environment(port),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process, f"http://127.0.0.1:{port}/"
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as page:  # noqa: S310 - our own loopback address
            return bool(page.status == 200 and page.read())
    except (urllib.error.URLError, OSError):
        return False


def cloned(folder: Path) -> Path:
    """What a clone of this tree would hold: tracked files and new ones that git does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def fresh(folder: Path) -> Path:
    folder.mkdir()
    return folder


def received() -> int:
    """Bytes that all network interfaces but loopback have received since the machine started."""
    lines = Path("/proc/net/dev").read_text().splitlines()[2:]
    fields = (line.partition(":") for line in lines)
    return sum(int(values.split()[0]) for name, _, values in fields if name.strip() != "lo")


def megabytes(folder: Path) -> float:
    return sum(file.lstat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
