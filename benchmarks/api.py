"""api: the 50-row lists with session, tenant and row-level security, beside a bare endpoint that gives the same rows.

Both are served alike: one process of uvicorn with uvloop and httptools, eight connections to the same database. The
load comes from a third process over 16 connections. Every list of every round is asked of both, one after the other.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from benchmarks.free_port import free_port
from benchmarks.measure import Samples
from benchmarks.serving.fill import Filled, fill
from benchmarks.table import Measure, Options, Row, Table, Target
from greenroom.entrypoints.house import make_house, opened
from greenroom.infra.migrate import migrate
from greenroom.infra.postgres.server import EmbeddedPostgres
from greenroom.infra.settings import Settings
from greenroom.tenancy.sign_in import start_session

ROOT = Path(__file__).resolve().parents[1]
LISTS = ("contents", "posts", "characters")
CONNECTIONS = 16
LEAST = 0.65
MOST_P95 = 50.0


@dataclass(frozen=True, slots=True)
class Served:
    """A server that answers, its process, and what to send with a request."""

    port: int
    process: psutil.Process
    cookie: str

    def get(self, path: str) -> Any:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Cookie": self.cookie})
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own loopback address
            return json.load(answer)


def run(options: Options) -> Table:
    """Requests a second of each list, medians of the rounds; the ratio is over the time that one of each takes."""
    seconds = 1.0 if options.quick else 4.0
    rounds = 1 if options.quick else options.rounds
    organisations, rows = (5, 200) if options.quick else (50, 2000)
    samples: dict[str, Samples] = {"ours": {}, "bare": {}}
    with ExitStack() as stack:
        server = EmbeddedPostgres(options.scratch / "home")
        addresses = server.start()
        stack.callback(server.remove)
        migrate(addresses.owner)
        filled = fill(addresses.app, organisations=organisations, rows=rows)
        cookie = f"greenroom={asyncio.run(session(addresses.app, filled, options.scratch))}"
        ours = stack.enter_context(serving_ours(addresses.app, addresses.owner, options.scratch, cookie))
        bare = stack.enter_context(serving_bare(str(addresses.superuser), filled))
        sizes = {name: same(ours, bare, name) for name in LISTS}
        for _ in range(rounds):
            for name in LISTS:
                for who, served in (("ours", ours), ("bare", bare)):
                    note(samples[who], name, measured(served, path(name), seconds))
        for who in samples:
            add_sums(samples[who])
    return table(samples, rounds, sizes, f"{organisations} organisations × {rows:,} videos and posts")


def table(samples: Mapping[str, Samples], rounds: int, sizes: Mapping[str, int], filled: str) -> Table:
    ours = Row("session, tenant, row-level security", "ours", samples["ours"])
    bare = Row("bare FastAPI and psycopg", "floor", samples["bare"])
    ratios = {name: (ours.median(f"{name}_rate") or 0) / (bare.median(f"{name}_rate") or 1) for name in LISTS}
    whole = (ours.median("rate") or 0) / (bare.median("rate") or 1)
    slowest = max(ours.median(f"{name}_p95") or 0 for name in LISTS)
    said = ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items())
    return Table(
        name="api",
        work=f"lists of 50 over {CONNECTIONS} connections; {filled}",
        measures=(
            Measure("rate", "all", "1/s", 0),
            *(Measure(f"{name}_rate", name, "1/s", 0) for name in LISTS),
            *(Measure(f"{name}_p95", f"{name} p95", "ms") for name in LISTS),
            Measure("cpu", "CPU a request", "ms", 2),
        ),
        rows=(ours, bare),
        targets=(
            Target(f"≥ {LEAST} × bare", f"{whole:.2f} × ({said})", whole >= LEAST),
            Target(f"p95 ≤ {MOST_P95:.0f} ms", f"{slowest:.1f} ms in the slowest list", slowest <= MOST_P95),
        ),
        notes=(
            f"medians of {rounds} interleaved rounds; `all` is one request of each list after the other",
            "the list of accounts is left out: ours works out health and free time, the bare one would not",
            "CPU is the server process's; the database and the load run beside it on the same cores",
            "bytes: " + ", ".join(f"{name} {size:,}" for name, size in sizes.items()),
        ),
        versions={name: version(name) for name in ("fastapi", "uvicorn", "uvloop", "httptools", "psycopg", "pydantic")},
    )


def measured(served: Served, path: str, seconds: float) -> dict[str, float]:
    """A load from a process of its own, and the CPU seconds that the server took for it."""
    before = cpu(served.process)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.serving.load", str(served.port), path, str(seconds), str(CONNECTIONS),
         served.cookie],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout)
    # The warm-up's requests took CPU too, so the CPU of a request is over those at the same rate.
    answers = found["rate"] * (seconds + 0.5)
    return {**found, "cpu": 1000 * (cpu(served.process) - before) / answers}


def note(samples: Samples, name: str, found: Mapping[str, float]) -> None:
    for measure in ("rate", "p95", "cpu"):
        samples.setdefault(f"{name}_{measure}", []).append(found[measure])


def add_sums(samples: Samples) -> None:
    """Requests a second when each list is asked for as often as the others, and the CPU of one on average."""
    of_rounds = zip(*(samples[f"{name}_rate"] for name in LISTS), strict=True)
    samples["rate"] = [len(LISTS) / sum(1 / rate for rate in rates) for rates in of_rounds]
    samples["cpu"] = [sum(cpus) / len(LISTS) for cpus in zip(*(samples[f"{n}_cpu"] for n in LISTS), strict=True)]


def same(ours: Served, bare: Served, name: str) -> int:
    """Bytes of the list, which both give in the same words."""
    left, right = ours.get(path(name)), bare.get(path(name))
    assert left == right, f"{name}: the bare endpoint answers otherwise"
    assert len(left["items"]) == 50, f"{name}: {len(left['items'])} rows"
    return len(json.dumps(left))


def path(name: str) -> str:
    return f"/api/v1/{name}?limit=50"


def cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


async def session(app_url: str, filled: Filled, scratch: Path) -> str:
    async with opened(make_house(Settings(home=scratch / "home"), app_url, connections=1)) as house:
        return await start_session(house, filled.organisation, filled.user, address="127.0.0.1", agent="bench")


@contextmanager
def serving_ours(app_url: str, owner_url: str, scratch: Path, cookie: str) -> Iterator[Served]:
    """`greenroom api` by itself, as on a machine that shares a database elsewhere."""
    port = free_port()
    environment = {
        "GREENROOM_HOME": str(scratch / "home"),
        "GREENROOM_DATABASE_URL": app_url,
        "GREENROOM_OWNER_DATABASE_URL": owner_url,
        "GREENROOM_PORT": str(port),
        "GREENROOM_LIMIT_USER": "1000000000",  # counted, and never reached
        "GREENROOM_LIMIT_ORGANISATION": "1000000000",
    }
    with serving([sys.executable, "-m", "greenroom", "api"], environment, port, "/api/v1/health") as process:
        yield Served(port, process, cookie)


@contextmanager
def serving_bare(superuser_url: str, filled: Filled) -> Iterator[Served]:
    port = free_port()
    argv = [sys.executable, "-m", "benchmarks.serving.bare", superuser_url, str(port), str(filled.organisation),
            str(filled.client)]  # fmt: skip
    with serving(argv, {}, port, "/api/v1/characters") as process:
        yield Served(port, process, "")


@contextmanager
def serving(argv: list[str], environment: Mapping[str, str], port: int, first: str) -> Iterator[psutil.Process]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GREENROOM_")}
    process = subprocess.Popen(argv, cwd=ROOT, env=kept | {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"} | dict(environment))
    try:
        wait(port, first, process)
        yield psutil.Process(process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def wait(port: int, first: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{first}", timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"no answer on port {port}")
