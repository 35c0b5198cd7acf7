"""A worker process with toy jobs, for tests that kill it: `python -m tests.chaos.toy URL QUEUES NAME HOME PACE`.

`toy.steps` commits numbered steps, one a transaction, as events of kind toy.step; it goes on after the last committed
one, as a room's durable stages do.
"""

import asyncio
import logging
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from greenroom.entrypoints.house import make_house
from greenroom.entrypoints.worker import end_with_threads, run_worker
from greenroom.infra import events
from greenroom.infra.jobs import JobRun, Registry
from greenroom.infra.jobs.pace import Pace
from greenroom.infra.jobs.registry import Queue
from greenroom.infra.settings import Settings

# `quick` gives frozen workers up sooner than real work does, so that the tests are.
PACES = {"real": Pace()}
PACES["quick"] = replace(
    Pace(), beat=timedelta(seconds=1), frozen_after=timedelta(seconds=4), grace=timedelta(seconds=2)
)


async def steps(run: JobRun) -> dict[str, Any]:
    """Commit `count` steps of `seconds` each. With `thread` the seconds are spent in a thread that holds on hard."""
    count, seconds = run.job.payload["count"], run.job.payload["seconds"]
    for number in range(await _first_missing(run), count):
        if run.job.payload.get("thread"):
            await asyncio.to_thread(_compute, run, seconds)
        else:
            await asyncio.sleep(seconds)
        run.check()
        async with run.context() as ctx:
            await events.emit(
                ctx,
                "toy.step",
                subject=("job", run.job.id),
                data={"number": number, "epoch": run.job.epoch, "worker": sys.argv[3]},
            )
        await run.progress(stage="steps", fraction=(number + 1) / count, message=f"Step {number + 1}")
    return {"steps": count}


async def _first_missing(run: JobRun) -> int:
    async with run.context() as ctx:
        done = await ctx.db.value(
            "select count(*) from event where kind = 'toy.step' and subject_id = %(id)s", {"id": run.job.id}
        )
    return int(done)


def _compute(run: JobRun, seconds: float) -> None:
    """Python that never sleeps: the event loop gets the interpreter only when it is taken away."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        sum(range(1000))
        run.check()


def registry() -> Registry:
    made = Registry()
    made.add("toy.steps", steps, queue="io", max_starts=20)  # chaos takes many
    made.add("toy.compute", steps, queue="cpu")
    return made


def main() -> None:
    url, queues, name, home, pace = sys.argv[1:6]
    logging.basicConfig(
        filename=Path(home) / f"{name}.log", level=logging.INFO, format="%(asctime)s %(name)s %(message)s"
    )
    house = make_house(Settings(home=Path(home)), url, connections=4)
    wanted = cast("list[Queue]", queues.split(","))
    asyncio.run(run_worker(house, registry(), wanted, PACES[pace], lambda: print("ready", name, flush=True)))
    end_with_threads()


if __name__ == "__main__":
    main()
