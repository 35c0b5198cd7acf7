"""wall: the pictures of 60 virtual phones to headless Chromium, and one large one; how many are shown and how old.

The pictures scroll without a rest and were encoded beforehand. The relay is the server's own, over one WebSocket, in a
process of its own; the page is the wall's engine and nothing else. A frame's age is from when the phone took it to when
the engine drew it. The peer sends JPEG pictures over the same socket to the same engine.
"""

import json
import pickle
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import psutil
from playwright.sync_api import Browser, Page, Route, sync_playwright

from benchmarks.measure import Samples
from benchmarks.table import Measure, Options, Row, Table, Target
from benchmarks.walling.pictures import Codec, films
from benchmarks.walling.relay import Show
from greenroom_dev import NODE, ROOT

CHROMIUM = "/usr/bin/chromium"
ORIGIN = "http://127.0.0.1:9"  # nobody is there: the page is given by hand
WIDE, HIGH = 900, 2_400  # a window of a Full HD screen's area, so long that all tiles of sixty phones are seen
OURS, PEER = "H.264, decoded by WebCodecs", "MJPEG over the same socket"
CODECS: dict[str, Codec] = {OURS: "h264", PEER: "jpeg"}
MOST_AGE, BOUNDED = 100.0, 1_000.0  # ms; the second where more is sent than can be shown
ALL = 0.98  # of the frames that were taken: the last are on their way when counting ends


@dataclass(frozen=True, slots=True)
class Work:
    """So many phones at so many frames a second. Goal: all frames shown, or young ones, or no older as time goes."""

    id: str
    label: str
    phones: int
    fps: float
    size: tuple[int, int]
    quality: str = "thumbnail"
    goal: Literal["all", "young", "bounded"] = "all"


FULL = (
    Work("5", "60 × 5 fps 272×600", 60, 5, (272, 600)),
    Work("8", "60 × 8 fps 184×400", 60, 8, (184, 400)),
    Work("large", "1 × 30 fps 576×1280", 1, 30, (576, 1280), "focus", "young"),
    Work("over", "60 × 15 fps 272×600", 60, 15, (272, 600), goal="bounded"),
)
QUICK = (
    Work("5", "6 × 5 fps 272×600", 6, 5, (272, 600)),
    Work("large", "1 × 30 fps 576×1280", 1, 30, (576, 1280), "focus", "young"),
)


def run(options: Options) -> Table:
    """Medians of interleaved rounds; each round shows every work in both codecs."""
    works, seconds, rounds = (QUICK, 1.0, 1) if options.quick else (FULL, 8.0, options.rounds)
    samples: dict[tuple[str, str], Samples] = {}
    with ExitStack() as stack:
        browser = stack.enter_context(chromium())
        script = bundled(options.scratch)
        shows = {
            (who, work.id): Show(films(codec, work.size, round(3 * work.fps)), work.phones, work.fps)
            for who, codec in CODECS.items() for work in works
        }  # fmt: skip
        for _ in range(rounds):
            for work in works:
                for who, codec in CODECS.items():
                    found = shown(browser, script, shows[who, work.id], work, codec, seconds)
                    for name, value in found.items():
                        samples.setdefault((work.id, who), {}).setdefault(name, []).append(value)
    return table(samples, works, seconds, rounds)


def shown(browser: Browser, script: str, show: Show, work: Work, codec: Codec, seconds: float) -> dict[str, float]:
    """What became of the frames that were taken in this time."""
    with relay(show) as port, ExitStack() as stack:
        page = browser.new_page(viewport={"width": WIDE, "height": HIGH})
        stack.callback(page.close)
        page.route(f"{ORIGIN}/**", lambda route: give(route, script))
        page.goto(f"{ORIGIN}/?is={port}&is={codec}&is={work.quality}")
        page.wait_for_function(f"window.drawn?.length >= {work.phones * 2}", timeout=60_000)
        page.wait_for_timeout(1_000)
        clock = offset(page)
        before = cpu()
        # The page's own clock: to hand over thousands of frames' times takes long enough to count.
        begun = page.evaluate("(drawn.length = 0, came = 0, cameBytes = 0, performance.now())")
        page.wait_for_timeout(seconds * 1_000)
        said: dict[str, Any] = page.evaluate("({until: performance.now(), drawn: [...drawn], came, cameBytes})")
        used = cpu() - before
        passed = (said["until"] - begun) / 1_000
    ages = sorted(drew * 1_000 + clock - moment for moment, drew in said["drawn"])
    early, late = halves([(moment, drew * 1_000 + clock - moment) for moment, drew in said["drawn"]])
    return {
        "share": 100 * len(ages) / (passed * work.phones * work.fps),
        "p50": statistics.median(ages) / 1_000,
        "p95": ages[int(0.95 * len(ages))] / 1_000,
        "growth": (late - early) / 1_000,
        "cpu": 100 * used / passed,
        "kb": said["cameBytes"] / max(1, said["came"]) / 1_000,
    }


def halves(aged: list[tuple[float, float]]) -> tuple[float, float]:
    """Median ages of the frames that were taken first, and of those taken last."""
    ages = [age for _, age in sorted(aged)]
    third = max(1, len(ages) // 3)
    return statistics.median(ages[:third]), statistics.median(ages[-third:])


def offset(page: Page) -> float:
    """Microseconds that the machine's monotonic clock is ahead of the page's."""
    looks = []
    for _ in range(20):
        before = time.monotonic_ns() / 1_000
        there = float(page.evaluate("performance.now()")) * 1_000
        after = time.monotonic_ns() / 1_000
        looks.append((after - before, (before + after) / 2 - there))
    return min(looks)[1]


def give(route: Route, script: str) -> None:
    if route.request.url.endswith("/wall.js"):
        route.fulfill(body=script, content_type="text/javascript")
    else:
        route.fulfill(body=(ROOT / "benchmarks/walling/page.html").read_text(), content_type="text/html")


def bundled(scratch: Path) -> str:
    """The engine as one module, made of its source."""
    bundler = [NODE, ROOT / "web/node_modules/rolldown/bin/cli.mjs", ROOT / "web/src/wall/wall.ts", "-f", "esm"]
    subprocess.run([*bundler, "--file", scratch / "wall.js"], check=True, capture_output=True, timeout=60)
    return (scratch / "wall.js").read_text()


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-features=LocalNetworkAccessChecks"],
        )
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def relay(show: Show) -> Iterator[int]:
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.walling.relay"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert process.stdin
        assert process.stdout
        pickle.dump(show, process.stdin)
        process.stdin.close()
        yield json.loads(process.stdout.readline())["port"]
    finally:
        process.terminate()
        process.wait(timeout=20)


def cpu() -> float:
    """CPU seconds of all processes of the browser."""
    total = 0.0
    for one in psutil.Process().children(recursive=True):
        try:
            if "chrom" in one.name():
                times = one.cpu_times()
                total += times.user + times.system
        except psutil.Error:
            continue
    return total


def table(samples: Mapping[tuple[str, str], Samples], works: tuple[Work, ...], seconds: float, rounds: int) -> Table:
    rows = {
        (work.id, who): Row(f"{work.label}: {who}", "ours" if who == OURS else "peer", samples[work.id, who])
        for work in works for who in CODECS
    }  # fmt: skip
    return Table(
        name="wall",
        work=f"{seconds:.0f} s of scrolling without a rest on every phone",
        measures=(
            Measure("share", "shown", "%"), Measure("p50", "age p50", "ms", 0), Measure("p95", "p95", "ms", 0),
            Measure("growth", "growth", "ms", 0), Measure("cpu", "CPU", "%", 0), Measure("kb", "a frame", "kB"),
        ),
        rows=tuple(rows.values()),
        targets=tuple(_target(work, rows[work.id, OURS]) for work in works),
        notes=(
            f"medians of {rounds} interleaved rounds; CPU is all of Chromium's processes, without a GPU",
            "a frame's age ends when the engine draws it; the screen shows it up to 16 ms later",
            "growth: how much older frames are in the last third of the time than in the first",
        ),
        versions={"playwright": version("playwright"), "websockets": version("websockets"), "av": version("av")},
    )  # fmt: skip


def _target(work: Work, ours: Row) -> Target:
    share, p95, growth = (ours.median(name) or 0.0 for name in ("share", "p95", "growth"))
    said = f"{share:.1f} % shown, p95 {p95:.0f} ms"
    if work.goal == "bounded":
        kept = p95 <= BOUNDED and growth <= MOST_AGE
        wanted = f"no backlog, p95 ≤ {BOUNDED:.0f} ms and no growth"
        return Target(f"{work.label}: {wanted}", f"{said}, growth {growth:+.0f} ms", kept)
    all_shown = work.goal == "young" or share >= 100 * ALL
    wanted = "all frames, " if work.goal == "all" else ""
    return Target(f"{work.label}: {wanted}p95 ≤ {MOST_AGE:.0f} ms", said, all_shown and p95 <= MOST_AGE)
