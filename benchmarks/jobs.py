"""jobs: jobs that do nothing, with a durable result: how many a second, how soon they start, ten thousand due at once.

Each system notes itself when a job began and when its end was written; the machine's clock is one for all. The queue is
full before the workers start, so a rate is from the first job's begin to the last one's end.
"""

import statistics
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version

from benchmarks.jobbing import theirs
from benchmarks.jobbing.contender import Contender, Times, wait_done
from benchmarks.jobbing.ours import Ours
from benchmarks.measure import interleave
from benchmarks.table import Measure, Options, Row, Table, Target
from greenroom.infra.postgres.addresses import Addresses
from greenroom.infra.postgres.server import EmbeddedPostgres

PATIENCE = 300.0


@dataclass(frozen=True, slots=True)
class Work:
    jobs: int
    beats: int  # jobs sent one by one, 25 a second
    due: int  # jobs that are due at the same moment
    ahead: float  # seconds from the first of them to that moment


def run(options: Options) -> Table:
    """Medians of interleaved rounds; each round has all four kinds of work for each contender."""
    work = Work(300, 25, 300, 20) if options.quick else Work(3000, 100, 10_000, 90)
    rounds = 1 if options.quick else options.rounds
    with ExitStack() as stack:
        server = EmbeddedPostgres(options.scratch / "postgres")
        addresses = server.start()
        stack.callback(server.remove)
        assert isinstance(addresses, Addresses)
        home = options.scratch / "home"
        home.mkdir()
        contenders: list[Contender] = [Ours(addresses, home)]
        program = theirs.redis_server()
        if program is not None:
            contenders.append(stack.enter_context(theirs.celery(program, options.scratch)))
        contenders.append(theirs.procrastinate(addresses, options.scratch))
        found = interleave({one.title: measured(one, work) for one in contenders}, rounds=rounds)
    rows = [
        Row(one.title, "peer" if number else "ours", found[one.title], one.note)
        for number, one in enumerate(contenders)
    ]
    return table(rows, work, rounds, redis=program is not None)


def measured(contender: Contender, work: Work) -> Callable[[], Mapping[str, float]]:
    def once() -> dict[str, float]:
        beats = beat(contender, work)
        late = sorted(one.started - one.due for one in due(contender, work))
        return {
            "rate_1": rate(contender, work.jobs, 1),
            "rate_4": rate(contender, work.jobs, 4),
            "start_p50": 1000 * statistics.median(beats),
            "start_p95": 1000 * quantile(beats, 0.95),
            "due_p50": statistics.median(late),
            "due_last": late[-1],
            "early": sum(one < -0.005 for one in late),
        }

    return once


def rate(contender: Contender, count: int, workers: int) -> float:
    contender.empty()
    contender.send(count)
    with contender.workers(workers):
        wait_done(contender, count, within=PATIENCE)
    times = contender.times()
    return count / (max(one.ended for one in times) - min(one.started for one in times))


def beat(contender: Contender, work: Work) -> list[float]:
    """Seconds from asking to the start, with one worker that has nothing else to do."""
    contender.empty()
    with contender.workers(1):
        contender.send(1)
        wait_done(contender, 1, within=PATIENCE)
        contender.send(work.beats, pause=0.04)
        wait_done(contender, work.beats + 1, within=PATIENCE)
    return sorted(one.started - one.due for one in contender.times())[: work.beats]


def due(contender: Contender, work: Work) -> list[Times]:
    """What became of many jobs that are due at the same moment, with two workers; all are sent before it."""
    contender.empty()
    with contender.workers(2):
        contender.send(1)
        wait_done(contender, 1, within=PATIENCE)
        contender.empty()
        begun = time.time()
        contender.send(work.due, after=work.ahead)
        if time.time() > begun + work.ahead:
            raise RuntimeError(f"{contender.title} took longer to send the jobs than they were ahead; raise Work.ahead")
        wait_done(contender, work.due, within=PATIENCE)
    return contender.times()


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def table(rows: list[Row], work: Work, rounds: int, *, redis: bool) -> Table:
    mine, peer = rows[0], next((row for row in rows if row.name.startswith("Celery")), None)
    targets = []
    if peer is not None:
        for which, workers in (("rate_1", "1 worker"), ("rate_4", "4 workers")):
            ratio = (mine.median(which) or 0) / (peer.median(which) or 1)
            targets.append(Target(f"≥ 2 × Celery, {workers}", f"{ratio:.2f} ×", ratio >= 2))
        last, theirs_last = mine.median("due_last") or 0, peer.median("due_last") or 0
        said = f"{last:.2f} s, Celery's {theirs_last:.2f} s"
        targets.append(Target(f"last of the {work.due:,} starts no later than Celery's", said, last <= theirs_last))
    absent = (
        ()
        if redis
        else ("Celery is left out: there is no redis-server on this machine (apt-get install redis-server)",)
    )
    return Table(
        name="jobs",
        work=f"{work.jobs:,} jobs that do nothing, results durable; {work.beats} one by one at 25/s; {work.due:,} due "
        "at once",
        measures=(
            Measure("rate_1", "1 worker", "1/s", 0),
            Measure("rate_4", "4 workers", "1/s", 0),
            Measure("start_p50", "start p50", "ms"),
            Measure("start_p95", "start p95", "ms"),
            Measure("due_p50", "due at once, p50", "s", 2),
            Measure("due_last", "last", "s", 2),
            Measure("early", "early", "jobs", 0),
        ),
        rows=tuple(rows),
        targets=tuple(targets),
        notes=(
            f"medians of {rounds} interleaved rounds; 16 jobs at once in a worker",
            "ours and Procrastinate commit to PostgreSQL with fsync; Redis writes its log to the disk once a second",
            "ours notes each start and end in the event log too, behind row-level security",
            *absent,
        ),
        versions={"pgqueuer": version("pgqueuer"), "psycopg": version("psycopg")},
    )
