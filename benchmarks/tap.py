"""tap: from a browser's message to the touch at the phone, and on to the first new frame at the browser.

One program a part, as installed: virtual phones, server, agent with the real adb server; the wall is this process, over
a WebSocket. All watch one clock. A phone's frame counts as new when it was taken after the touch reached the phone.
"""

import asyncio
import itertools
import statistics
from bisect import bisect_left
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks.measure import Samples
from benchmarks.phonelab.fleet import Fleet, Handset, running_fleet
from benchmarks.phonelab.others import Tap, tappers
from benchmarks.phonelab.raw import RawPhone, raw_phone
from benchmarks.phonelab.site import Site, running_postgres, running_site
from benchmarks.phonelab.viewer import Viewer, viewing
from benchmarks.table import Measure, Options, Row, Table, Target
from greenroom.infra.postgres.server import EmbeddedPostgres

OURS, FLOOR = "Greenroom: wall, server, agent, adb", "a bare socket to the phone"
PLACES = ((0.15, 0.30), (0.50, 0.972))  # the icon of an app, and the way home
PEER_PHONES = 3  # on which peers tap, one after the other: uiautomator2 takes its time to begin
APART = 0.03  # seconds between two taps of the quiet part
MOST_OVERHEAD, MOST_FRAME = 2.0, 106.0  # ms


@dataclass(frozen=True, slots=True)
class Work:
    counts: tuple[int, ...]
    taps: int  # of each contender, one at a time
    seconds: float  # in which every phone is tapped once a second


@dataclass(frozen=True, slots=True)
class Sent:
    serial: str
    moment: int


def run(options: Options) -> Table:
    """Medians of the rounds; within a round the contenders take turns tap by tap."""
    work = Work((1, 4), 12, 2.0) if options.quick else Work((1, 20, 60), 100, 10.0)
    rounds = 1 if options.quick else options.rounds
    found: dict[str, Samples] = {}
    overheads: list[float] = []
    with ExitStack() as stack:
        postgres = stack.enter_context(running_postgres(options.scratch))
        for count in work.counts:
            with running_fleet(count) as fleet:
                overheads += asyncio.run(measured(postgres, fleet, options.scratch, work, rounds, found))
    return table(found, work, rounds, overheads)


async def measured(
    postgres: EmbeddedPostgres, fleet: Fleet, scratch: Path, work: Work, rounds: int, found: dict[str, Samples]
) -> list[float]:
    """Adds this number of phones to what was found; the p95 of ours over the floor's median, of each round."""
    count, overheads = len(fleet.phones), []
    async with AsyncExitStack() as stack:
        site = await stack.enter_async_context(running_site(postgres, fleet, scratch))
        viewer = await stack.enter_async_context(viewing(site))
        raw = {one.serial: await stack.enter_async_context(raw_phone(one)) for one in fleet.phones}
        peers = {one.serial: await asyncio.to_thread(tappers, site.adb_port, one.address, scratch)
                 for one in fleet.phones[:PEER_PHONES]}  # fmt: skip
        fleet.follow_touches()
        for _ in range(rounds):
            quiet = await one_by_one(fleet, viewer, raw, peers, work.taps)
            for who, times in quiet.items():
                note(found, who, f"tap_{count}", times)
            overheads.append(quantile(quiet[OURS], 0.95) - statistics.median(quiet[FLOOR]))
            for who, (taps, frames) in (await once_a_second(fleet, viewer, raw, work.seconds)).items():
                note(found, who, f"busy_{count}", taps)
                note(found, who, f"frame_{count}", frames)
    return overheads


async def one_by_one(
    fleet: Fleet, viewer: Viewer, raw: Mapping[str, RawPhone], peers: Mapping[str, Mapping[str, Tap]], taps: int
) -> dict[str, list[float]]:
    """Milliseconds from the call to the touch at the phone, contender -> times."""
    sent: dict[str, list[Sent]] = {}
    places = {one.serial: itertools.cycle(PLACES) for one in fleet.phones}
    for turn in range(taps):
        phone = fleet.phones[turn % len(fleet.phones)]
        peer_phone = fleet.phones[turn % len(peers)]

        async def tap(who: str, on: Handset, call: Callable[[float, float], Awaitable[int]]) -> None:
            moment = await call(*next(places[on.serial]))
            sent.setdefault(who, []).append(Sent(on.serial, moment))
            await asyncio.sleep(APART)

        await tap(OURS, phone, lambda x, y, on=phone: viewer.tap(on.serial, x, y))
        await tap(FLOOR, phone, lambda x, y, on=phone: _at_once(raw[on.serial].tap(x, y)))
        for name, call in peers[peer_phone.serial].items():
            await tap(name, peer_phone, lambda x, y, on=peer_phone, call=call: asyncio.to_thread(
                call, int(x * on.size[0]), int(y * on.size[1])))  # fmt: skip
    await asyncio.sleep(0.5)
    touches = fleet.touches()
    return {who: arrived(calls, touches) for who, calls in sent.items()}


async def once_a_second(
    fleet: Fleet, viewer: Viewer, raw: Mapping[str, RawPhone], seconds: float
) -> dict[str, tuple[list[float], list[float]]]:
    """Every phone tapped once a second, each at its own moment: times to the touch, and to the new frame."""
    found = {}
    for who in (OURS, FLOOR):
        viewer.forget()
        sent: list[Sent] = []

        async def keep_on(number: int, phone: Handset, who: str = who, sent: list[Sent] = sent) -> None:
            clock = asyncio.get_running_loop().time
            begin = clock() + number / len(fleet.phones)
            for turn in range(round(seconds)):
                await asyncio.sleep(max(0.0, begin + turn - clock()))
                place = PLACES[turn % 2]
                moment = await viewer.tap(phone.serial, *place) if who == OURS else raw[phone.serial].tap(*place)
                sent.append(Sent(phone.serial, moment))

        await asyncio.gather(*(keep_on(number, phone) for number, phone in enumerate(fleet.phones)))
        await asyncio.sleep(1)
        touches = fleet.touches()
        found[who] = arrived(sent, touches), shown(viewer, sent, touches)
    return found


def arrived(sent: list[Sent], touches: Mapping[str, list[int]]) -> list[float]:
    """Milliseconds until the first touch that the phone felt after each call."""
    found = []
    for one in sent:
        felt = touches[one.serial]
        at = bisect_left(felt, one.moment)
        if at == len(felt):
            raise RuntimeError(f"a tap on {one.serial} never came to the phone")
        found.append((felt[at] - one.moment) / 1000)
    return found


def shown(viewer: Viewer, sent: list[Sent], touches: Mapping[str, list[int]]) -> list[float]:
    """Milliseconds from each call until a frame came that was taken after the touch."""
    found = []
    for one in sent:
        felt = touches[one.serial][bisect_left(touches[one.serial], one.moment)]
        frames = viewer.frames[one.serial]
        frame = next((frame for frame in frames if frame.taken >= felt), None)
        if frame is None:
            raise RuntimeError(f"no frame of {one.serial} came after a tap")
        found.append((frame.came - one.moment) / 1000)
    return found


async def _at_once(value: int) -> int:
    return value


def note(found: dict[str, Samples], who: str, what: str, times: list[float]) -> None:
    samples = found.setdefault(who, {})
    samples.setdefault(f"{what}_p50", []).append(statistics.median(times))
    samples.setdefault(f"{what}_p95", []).append(quantile(times, 0.95))


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def table(found: Mapping[str, Samples], work: Work, rounds: int, overheads: list[float]) -> Table:
    most = work.counts[-1]
    names = [OURS, *(name for name in found if name not in (OURS, FLOOR)), FLOOR]
    roles = {OURS: "ours", FLOOR: "floor"}
    rows = [Row(name, roles.get(name, "peer"), found[name]) for name in names]  # type: ignore[arg-type] # three words
    worst = max(overheads)
    frame = rows[0].median(f"frame_{most}_p95") or 0.0
    columns = [
        Measure(f"{kind}_{count}_{share}", f"{word} {count}, {share}", "ms")
        for kind, word in (("tap", "tap"), ("busy", "busy tap"), ("frame", "frame"))
        for count in work.counts
        for share in ("p50", "p95")
    ]
    return Table(
        name="tap",
        work=f"{work.taps} taps one at a time; then every phone once a second for {work.seconds:.0f} s (busy, frame); "
        f"{', '.join(map(str, work.counts))} phones, all of them watched at a wall",
        measures=tuple(columns),
        rows=tuple(rows),
        targets=(
            Target(f"p95 ≤ {MOST_OVERHEAD:.0f} ms over the floor's median", f"{worst:.2f} ms in the worst round of all",
                   worst <= MOST_OVERHEAD),
            Target(f"tap to frame at {most} phones p95 ≤ {MOST_FRAME:.0f} ms", f"{frame:.1f} ms", frame <= MOST_FRAME),
        ),
        notes=(
            f"medians of {rounds} rounds; contenders take turns tap by tap",
            "the phones, the server, the agent, adb and the wall run on the same cores",
            f"peers tap on {PEER_PHONES} of the phones; they show no frames",
            "the floor's frames come by the same wall: it is the touch alone that goes the short way",
        ),
        versions={name: version(name) for name in ("adbutils", "uiautomator2", "websockets", "uvloop", "uvicorn")},
    )  # fmt: skip
