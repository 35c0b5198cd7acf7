"""Real workers that publish to the faulty platform: `python -m greenroom_dev.faulty.worker URL HOME PORT [PATIENCE]`.

A worker's word is `-`, or a signal and the moment at which it sends it to itself: `kill:armed`, `stop:armed`. PATIENCE
is how many seconds an unknown outcome is looked into, instead of the product's 15 minutes.
"""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from greenroom.channels import jobs as channels
from greenroom.channels import listen, looking, publish
from greenroom.channels.platforms import registry
from greenroom.channels.points import Point, watched
from greenroom.entrypoints.house import make_house
from greenroom.entrypoints.worker import run_worker
from greenroom.infra.jobs import Registry
from greenroom.infra.jobs.pace import Pace
from greenroom.infra.settings import Settings
from greenroom.planner import jobs as planner
from greenroom_dev.faulty.adapter import FaultyAdapter
from greenroom_dev.faulty.nursery import raise_workers

PACE = replace(
    Pace(), beat=timedelta(seconds=0.5), frozen_after=timedelta(seconds=3), grace=timedelta(seconds=1),
    gone_after=timedelta(seconds=1), leader_frozen_after=timedelta(seconds=3), idle_after=timedelta(seconds=4),
)  # fmt: skip
GUARD = timedelta(seconds=2)
"""Shorter than the product's, as all of its times are here."""
SETTLE = timedelta(seconds=3)
"""The longest that a call is taken to be under way at a server on this machine."""
SIGNALS = {"kill": signal.SIGKILL, "stop": signal.SIGSTOP}


def main() -> None:
    url, home, port = sys.argv[1:4]
    looking.GUARD = GUARD
    if len(sys.argv) > 4:
        publish.PATIENCE = timedelta(seconds=float(sys.argv[4]))
    for adapter in registry.adapters():
        settle = min(adapter.capabilities.settle, SETTLE)
        setattr(adapter, "capabilities", replace(adapter.capabilities, settle=settle))  # noqa: B010 - read-only to all others
    for probe in ("certain", "found", "none"):
        registry.register(FaultyAdapter(int(port), probe))
    jobs = Registry()
    for room in (channels, planner):
        room.register(jobs)
    listen.register()

    def work(name: str, word: str) -> None:
        file = Path(home) / f"{name}.log"
        logging.basicConfig(filename=file, level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
        with nullcontext() if word == "-" else watched(_harmed(word)):
            house = make_house(Settings(home=Path(home)), url, connections=6)
            asyncio.run(run_worker(house, jobs, ["io"], PACE, lambda: None))

    raise_workers(work)


def _harmed(word: str) -> Callable[[Point], None]:
    """Sends the signal to this process when the moment comes, once."""
    what, _, wanted = word.partition(":")
    left = [SIGNALS[what]]

    def watcher(reached: Point) -> None:
        if reached == wanted and left:
            os.kill(os.getpid(), left.pop())

    return watcher


if __name__ == "__main__":
    main()
