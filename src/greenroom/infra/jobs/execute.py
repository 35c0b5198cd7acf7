"""One doorbell from its ring to its answer: take the job, run the handler, write how it ended."""

import asyncio
import logging
from datetime import timedelta
from typing import Any

from greenroom.infra.context import House
from greenroom.infra.jobs.batch import Batches
from greenroom.infra.jobs.contracts import Fenced, Interrupted, JobCancelled, Released
from greenroom.infra.jobs.doorbell import read_address
from greenroom.infra.jobs.judge import judge
from greenroom.infra.jobs.ledger import Ledger
from greenroom.infra.jobs.registry import Kind
from greenroom.infra.jobs.run import JobRun
from greenroom.infra.jobs.slots import Slots
from greenroom.infra.jobs.watch import Watch

log = logging.getLogger(__name__)

Ending = dict[str, Any] | Interrupted | Exception | None


async def execute(
    house: House, kind: Kind, doorbell: int, payload: bytes | None, watch: Watch, batches: Batches, slots: Slots
) -> timedelta | None:
    """Do what the doorbell asks for; gives when it must ring again, None when it is answered."""
    ledger = Ledger(house, kind, doorbell, read_address(payload), batches)
    run = await ledger.begin()
    if run is None:
        return None
    job = run.job
    async with slots.place() as mine:
        ending = await _handled(kind, run, watch) if mine else Released("Its worker was busy longer than it looked")
    match ending:
        case Fenced():
            log.warning("job %s (%s) went on elsewhere; this run is over", job.id, kind.name)
        case JobCancelled():
            await ledger.end(job.epoch, "cancelled")
        case Released():
            if await ledger.postpone(job.epoch, timedelta(0), "Goes on with another worker", free=True):
                return timedelta(0)
        case Exception():
            return await _failed(ledger, kind, run, ending)
        case _:
            await ledger.end(job.epoch, "done", result=ending if isinstance(ending, dict) else None)
    return None


async def _failed(ledger: Ledger, kind: Kind, run: JobRun, error: Exception) -> timedelta | None:
    job = run.job
    verdict = judge(error, starts=job.starts, max_starts=kind.max_starts)
    if verdict.after is None:
        log.error("job %s (%s) failed", job.id, kind.name, exc_info=error)
        await ledger.end(job.epoch, "failed", error=verdict.sentence)
        return None
    log.warning("job %s (%s) will be tried again", job.id, kind.name, exc_info=error)
    kept = await ledger.postpone(job.epoch, verdict.after, verdict.sentence, free=verdict.free)
    return verdict.after if kept else None


async def _handled(kind: Kind, run: JobRun, watch: Watch) -> Ending:
    """The handler's result, or what ended it. A handler that fails because it was interrupted counts as that."""
    task = asyncio.ensure_future(kind.handler(run))
    async with watch.following(run, task):
        await asyncio.wait((task,))
    error = _error_of(task)
    if error is None:
        return task.result()
    if run.interrupted is not None:
        return run.interrupted(f"{run.job.title}: stopped")
    return error


def _error_of(task: "asyncio.Future[Any]") -> Interrupted | Exception | None:
    if task.cancelled():
        return RuntimeError("the handler was cancelled from inside")
    error = task.exception()
    if isinstance(error, BaseExceptionGroup):
        inner, _ = error.split(Interrupted)
        error = inner.exceptions[0] if inner is not None else error
    if error is None or isinstance(error, Interrupted | Exception):
        return error
    raise error
