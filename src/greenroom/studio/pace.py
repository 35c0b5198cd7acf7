"""Tells a job how far its video is: the stage's word, as a part of the whole, with the time left."""

import time
from collections.abc import Callable
from datetime import timedelta

from greenroom.infra.jobs import JobRun
from greenroom.studio.make.stage import Stage
from greenroom.studio.steps import Share, share, time_left


class Pace:
    """Counts what this run worked itself; results that were taken as they are tell nothing about its pace."""

    def __init__(self, run: JobRun) -> None:
        self._run = run
        self._worked = 0.0
        self._weight = 0.0

    def begin(self, stage: Stage) -> Callable[[float, str], None]:
        """What a stage calls with its own fraction and a sentence, from its thread and as often as it likes."""
        part, started = share(stage.name), time.monotonic()
        self._tell(stage, part, 0.0, stage.title, 0.0)

        def progress(fraction: float, message: str) -> None:
            self._tell(stage, part, fraction, message, time.monotonic() - started)

        return progress

    def end(self, stage: Stage, seconds: float) -> None:
        self._worked += seconds
        self._weight += share(stage.name).weight

    def skip(self, stage: Stage) -> None:
        self._run.report(stage.name, share(stage.name).overall(1.0), f"{stage.title}: nothing changed")

    def _tell(self, stage: Stage, part: Share, fraction: float, message: str, seconds: float) -> None:
        overall = part.overall(fraction)
        left = time_left(
            worked=timedelta(seconds=self._worked + seconds),
            done=self._weight + part.weight * fraction,
            left=1 - overall,
        )
        self._run.report(stage.name, overall, message, left)
