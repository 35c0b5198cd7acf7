"""A worker process that ends itself with SIGKILL at a named moment of a publication:

`python -m tests.chaos.publisher URL HOME POINT`; with "-" for POINT it lives. It plans, publishes and counts.
"""

import asyncio
import logging
import os
import signal
import sys
from contextlib import nullcontext
from pathlib import Path

from greenroom.channels import jobs as channels
from greenroom.channels import listen
from greenroom.channels.points import Point, watched
from greenroom.entrypoints.house import make_house
from greenroom.entrypoints.worker import run_worker
from greenroom.infra.jobs import Registry
from greenroom.infra.settings import Settings
from greenroom.planner import jobs as planner
from tests.support.jobs import PACE


def main() -> None:
    url, home, point = sys.argv[1:4]
    logging.basicConfig(filename=Path(home) / "publisher.log", level=logging.INFO, format="%(asctime)s %(message)s")

    def die(reached: Point) -> None:
        if reached == point:
            os.kill(os.getpid(), signal.SIGKILL)

    registry = Registry()
    for room in (channels, planner):
        room.register(registry)
    listen.register()
    house = make_house(Settings(home=Path(home)), url, connections=4)
    with nullcontext() if point == "-" else watched(die):
        asyncio.run(run_worker(house, registry, ["io"], PACE, lambda: print("ready", flush=True)))


if __name__ == "__main__":
    main()
