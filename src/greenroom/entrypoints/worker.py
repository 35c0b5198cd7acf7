"""The worker program: runs the rooms' jobs and ticks until it is asked to stop."""

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import cast

from greenroom.entrypoints import wiring
from greenroom.entrypoints.house import make_house, opened
from greenroom.infra.context import House
from greenroom.infra.jobs.board import make_kinds_known
from greenroom.infra.jobs.pace import Pace
from greenroom.infra.jobs.registry import QUEUES, Queue, Registry
from greenroom.infra.jobs.worker import Worker
from greenroom.infra.settings import Settings
from greenroom.kit.errors import Invalid

log = logging.getLogger(__name__)

CONNECTIONS = 10
_HAND_BACK = timedelta(seconds=5)
"""Kept of the time to stop for handing unfinished jobs to other workers."""


def work(settings: Settings, database_url: str, queues: Sequence[str], *, ready: Callable[[], None]) -> None:
    """Work on these queues until SIGTERM or SIGINT; `ready` is told once jobs are taken.

    A stop lets running jobs end within the settings' `stop_within`; what is left goes on in another worker. The
    caller ends the process with `end_with_threads`.
    """
    wanted = check_queues(queues)
    house = make_house(settings, database_url, connections=CONNECTIONS)
    registry = Registry()
    wiring.register_jobs(registry)
    wiring.register_listeners()
    pace = replace(Pace(), grace=max(timedelta(0), settings.stop_within - _HAND_BACK))
    asyncio.run(run_worker(house, registry, wanted, pace, ready))


def check_queues(queues: Sequence[str]) -> tuple[Queue, ...]:
    """The queues by name; Invalid for one that does not exist."""
    unknown = [queue for queue in queues if queue not in QUEUES]
    if unknown or not queues:
        raise Invalid(f"Name queues of {', '.join(QUEUES)}; there is no {', '.join(unknown) or 'empty one'}")
    return cast("tuple[Queue, ...]", tuple(dict.fromkeys(queues)))


async def run_worker(
    house: House, registry: Registry, queues: Sequence[Queue], pace: Pace, ready: Callable[[], None]
) -> None:
    """Run a worker over the house's parts, which are opened and closed here, until a signal asks to stop."""
    async with opened(house):
        worker = Worker(house, registry, queues, pace=pace)
        await make_kinds_known(house, registry)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, worker.stop)
        loop.call_soon(ready)
        await worker.run()
        log.info("stopped")


def end_with_threads() -> None:
    """End the process also when a job's thread computes on; Python would wait for it, and it can write nothing."""
    others = [thread for thread in threading.enumerate() if thread is not threading.main_thread()]
    if any(not thread.daemon for thread in others):
        logging.shutdown()
        os._exit(0)
