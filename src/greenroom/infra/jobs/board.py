"""How the workers and the queues of the installation stand. It names no tenant and no job."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from pydantic import BaseModel

from greenroom.infra.context import Context, House
from greenroom.infra.database import Row, Tx
from greenroom.infra.jobs import board_store, list_store
from greenroom.infra.jobs.pace import Pace
from greenroom.infra.jobs.registry import QUEUES, Queue, Registry

_LINE = "greenroom worker"


class QueueState(BaseModel):
    """One queue: jobs of all organisations that are due and wait, and since when the first of them does."""

    name: Queue
    waiting: int
    running: int
    oldest_at: datetime | None
    workers: int


class WorkerState(BaseModel):
    """One worker. A silent one has not been heard of for so long that its jobs go to others."""

    name: str
    queues: list[Queue]
    since: datetime
    seen_at: datetime
    silent: bool


class KindOfJob(BaseModel):
    name: str
    queue: Queue


class Board(BaseModel):
    """`queued`, `running` and `failed` count the jobs that you see; queues and workers are the installation's."""

    queued: int
    running: int
    failed: int
    queues: list[QueueState]
    workers: list[WorkerState]
    kinds: list[KindOfJob]


async def read_board(ctx: Context) -> Board:
    counts = await list_store.count_by_state(ctx)
    workers = await read_workers(ctx.db)
    rows = {row["queue"]: row for row in await board_store.read_queues(ctx.db)}
    return Board(
        queued=counts.get("queued", 0),
        running=counts.get("running", 0),
        failed=counts.get("failed", 0),
        queues=[_queue(name, rows.get(name), workers) for name in QUEUES],
        workers=workers,
        kinds=[KindOfJob.model_validate(row) for row in await board_store.read_kinds(ctx.db)],
    )


async def read_workers(tx: Tx) -> list[WorkerState]:
    """The workers that are connected, the longest-serving first."""
    return workers_of(await board_store.read_lines(tx), Pace().frozen_after)


def workers_of(lines: Iterable[Row], silent_after: timedelta) -> list[WorkerState]:
    """One worker of all its connections; it was seen when the quietest of them was. Pure."""
    found: dict[str, WorkerState] = {}
    for line in sorted(lines, key=lambda line: str(line["name"])):
        queue, _, name = line["name"].removeprefix(_LINE).strip().partition(" ")
        if queue not in QUEUES:
            continue
        worker = found.setdefault(
            name, WorkerState(name=name, queues=[], since=line["since"], seen_at=line["seen_at"], silent=False)
        )
        if queue not in worker.queues:
            worker.queues.append(queue)
        worker.since, worker.seen_at = min(worker.since, line["since"]), min(worker.seen_at, line["seen_at"])
        worker.silent = line["now"] - worker.seen_at > silent_after
    return sorted(found.values(), key=lambda worker: (worker.since, worker.name))


def line_name(queue: Queue, worker: str) -> str:
    """The name of a worker's connection for a queue, from which `workers_of` reads it again."""
    return f"{_LINE} {queue} {worker}"


async def make_kinds_known(house: House, registry: Registry) -> None:
    """Say which queue runs each kind that this worker has; it asks of the database no more than it must."""
    async with house.database.transaction() as tx:
        await board_store.write_kinds(tx, {kind.name: kind.queue for kind in registry.kinds.values()})


def _queue(name: Queue, row: Row | None, workers: list[WorkerState]) -> QueueState:
    alive = sum(name in worker.queues and not worker.silent for worker in workers)
    if row is None:
        return QueueState(name=name, waiting=0, running=0, oldest_at=None, workers=alive)
    return QueueState(
        name=name, waiting=row["waiting"], running=row["running"], oldest_at=row["oldest_at"], workers=alive
    )
