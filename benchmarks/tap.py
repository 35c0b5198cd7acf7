"""tap: from a browser's message to the touch at the phone, and on to the first new frame at the browser.

Its message is the one that a finger was lifted: only then is it a tap, and no swipe and no long one. One
program a part, as installed: virtual phones, server, agent with the real adb server; the wall is this process, over a
WebSocket. All watch one clock. A phone's frame counts as new when it was taken after the touch reached the phone.
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
from benchmarks.phonelab.site import running_postgres, running_site
from benchmarks.phonelab.viewer import Viewer, viewing
from benchmarks.table import Measure, Options, Role, Row, Table, Target
from greenroom.infra.postgres.server import EmbeddedPostgres

OURS, FLOOR = "Greenroom: wall, server, agent, adb", "a bare socket to the phone"
PLACES = ((0.15, 0.30), (0.50, 0.972))  # the icon of an app, and the way home
PEER_PHONES = 3  # on which peers tap, one after the other: uiautomator2 takes its time to begin
SETTLING = 3.0  # seconds until the last frame has come, on a busy machine too
APART = 0.03  # seconds between two taps of the quiet part
MOST_OVERHEAD, MOST_FRAME = 2.0, 106.0  # ms


Found = dict[tuple[int, str], Samples]
"""By the number of phones, and who tapped."""


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
    work = Work((3,), 8, 2.0) if options.quick else Work((1, 20, 60), 60, 8.0)
    rounds = 1 if options.quick else options.rounds
    found: Found = {}
    with ExitStack() as stack:
        postgres = stack.enter_context(running_postgres(options.scratch))
        for count in work.counts:
            with running_fleet(count) as fleet:
                asyncio.run(measured(postgres, fleet, options.scratch, work, rounds, found))
    return table(found, work, rounds)


async def measured(
    postgres: EmbeddedPostgres, fleet: Fleet, scratch: Path, work: Work, rounds: int, found: Found
) -> None:
    """Adds what was measured with this number of phones."""
    count = len(fleet.phones)
    async with AsyncExitStack() as stack:
        site = await stack.enter_async_context(running_site(postgres, fleet, scratch))
        viewer = await stack.enter_async_context(viewing(site))
        raw = {one.serial: await stack.enter_async_context(raw_phone(one)) for one in fleet.phones}
        peers = {one.serial: await asyncio.to_thread(tappers, site.adb_port, one.address, scratch)
                 for one in fleet.phones[:PEER_PHONES]}  # fmt: skip
        fleet.follow_touches()
        for _ in range(rounds):
            for who, times in (await one_by_one(fleet, viewer, raw, peers, work.taps)).items():
                note(found, (count, who), "tap", times)
            for who, (taps, frames, lost) in (await once_a_second(fleet, viewer, raw, work.seconds)).items():
                note(found, (count, who), "busy", taps)
                note(found, (count, who), "frame", frames)
                found[count, who].setdefault("lost", []).append(lost)


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
    touches = await asyncio.to_thread(fleet.touches)
    return {who: arrived(calls, touches) for who, calls in sent.items()}


async def once_a_second(
    fleet: Fleet, viewer: Viewer, raw: Mapping[str, RawPhone], seconds: float
) -> dict[str, tuple[list[float], list[float], int]]:
    """Every phone tapped once a second, each at its own moment: times to the touch and to the new frame; taps lost."""
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
        await asyncio.sleep(SETTLING)
        touches = await asyncio.to_thread(fleet.touches)
        taps = arrived(sent, touches)
        found[who] = taps, shown(viewer, sent, touches), len(sent) - len(taps)
    return found


def arrived(sent: list[Sent], touches: Mapping[str, list[int]]) -> list[float]:
    """Milliseconds until the first touch that the phone felt after each call; none for a call that was refused."""
    found = [_felt(one, touches) for one in sent]
    return [(felt - one.moment) / 1000 for one, felt in zip(sent, found, strict=True) if felt is not None]


def shown(viewer: Viewer, sent: list[Sent], touches: Mapping[str, list[int]]) -> list[float]:
    """Milliseconds from each call that the phone felt until a frame came that was taken after the touch."""
    found = []
    for one in sent:
        felt = _felt(one, touches)
        frame = next((frame for frame in viewer.frames[one.serial] if felt is not None and frame.taken >= felt), None)
        if frame is not None:
            found.append((frame.came - one.moment) / 1000)
    return found


def _felt(one: Sent, touches: Mapping[str, list[int]]) -> int | None:
    felt = touches[one.serial]
    at = bisect_left(felt, one.moment)
    return felt[at] if at < len(felt) else None


async def _at_once(value: int) -> int:
    return value


def note(found: Found, who: tuple[int, str], what: str, times: list[float]) -> None:
    samples = found.setdefault(who, {})
    samples.setdefault(f"{what}_p50", []).append(statistics.median(times))
    samples.setdefault(f"{what}_p95", []).append(quantile(times, 0.95))


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def table(found: Found, work: Work, rounds: int) -> Table:
    rows = {who: _row(*who, found[who]) for who in sorted(found, key=lambda who: (who[0], _ORDER.get(who[1], 1)))}
    overheads = [
        (rows[count, OURS].median("tap_p95") or 0.0) - (rows[count, FLOOR].median("tap_p95") or 0.0)
        for count in work.counts
    ]
    most = work.counts[-1]
    frame = rows[most, OURS].median("frame_p95") or 0.0
    said = ", ".join(f"{over:.2f} ms at {count}" for count, over in zip(work.counts, overheads, strict=True))
    return Table(
        name="tap",
        work=f"{work.taps} taps one at a time; then every phone once a second for {work.seconds:.0f} s (busy, frame); "
        "all phones watched at a wall",
        measures=(
            *(
                Measure(f"{kind}_{share}", f"{kind} {share}" if share == "p50" else share, "ms")
                for kind in ("tap", "busy", "frame")
                for share in ("p50", "p95")
            ),
            Measure("lost", "lost", "taps", 0),
        ),
        rows=tuple(rows.values()),
        targets=(
            Target(f"tap p95 ≤ {MOST_OVERHEAD:.0f} ms over the floor's", said, max(overheads) <= MOST_OVERHEAD),
            Target(f"tap to frame at {most} phones p95 ≤ {MOST_FRAME:.0f} ms", f"{frame:.1f} ms", frame <= MOST_FRAME),
        ),
        notes=(
            f"medians of {rounds} rounds; contenders take turns tap by tap",
            *_ratios(rows, work.counts),
            "the phones, the server, the agent, adb and the wall run on the same cores",
            f"peers tap on {PEER_PHONES} of the phones; they show no frames",
            "the floor's frames come by the same wall: it is the touch alone that goes the short way",
        ),
        versions={name: version(name) for name in ("adbutils", "uiautomator2", "websockets", "uvloop", "uvicorn")},
    )


_ORDER = {OURS: 0, FLOOR: 2}


def _row(count: int, who: str, samples: Samples) -> Row:
    roles: dict[str, Role] = {OURS: "ours", FLOOR: "floor"}
    return Row(f"{count} phone{'s' if count > 1 else ''}: {who}", roles.get(who, "peer"), samples)


def _ratios(rows: Mapping[tuple[int, str], Row], counts: tuple[int, ...]) -> list[str]:
    """How many times as long as ours each peer's tap took, one at a time."""
    found = []
    for count in counts:
        ours = rows[count, OURS].median("tap_p50") or 1.0
        others = [
            (who, (row.median("tap_p50") or 0.0) / ours) for (phones, who), row in rows.items() if phones == count
        ]
        said = ", ".join(f"{who} {ratio:.1f}" for who, ratio in others if who != OURS)
        found.append(f"median tap ÷ ours at {count}: {said}")
    return found
