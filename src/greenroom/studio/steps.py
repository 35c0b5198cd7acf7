"""The pipeline's stages as they are shown: names, titles, weights, statuses. A test compares them with `make.stages`.

They stand here too because importing the stages loads renderers and voices, which programs that only show need not.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from greenroom.studio.records import Status


@dataclass(frozen=True, slots=True)
class Step:
    """A stage, its part of the whole time, and the content's status while it is done."""

    name: str
    title: str
    weight: float
    status: Status


STEPS: tuple[Step, ...] = (
    Step("script", "Writing the script", 0.08, "scripting"),
    Step("voice", "Recording the voice", 0.03, "generating"),
    Step("pictures", "Drawing the pictures", 0.03, "generating"),
    Step("render", "Rendering the video", 0.78, "assembling"),
    Step("checks", "Checking", 0.08, "checking"),
    Step("sign", "Signing", 0.01, "checking"),
)


@dataclass(frozen=True, slots=True)
class Share:
    """The part of the whole that a stage takes: from `begin`, as much as `weight`."""

    begin: float
    weight: float

    def overall(self, fraction: float) -> float:
        """The whole's fraction when the stage's is `fraction`."""
        return min(1.0, self.begin + self.weight * min(max(fraction, 0.0), 1.0))

    def within(self, overall: float) -> float:
        """The stage's fraction when the whole's is `overall`, kept within 0 and 1."""
        return min(max((overall - self.begin) / self.weight, 0.0), 1.0)


@cache
def share(name: str) -> Share:
    """The share of one stage; all together they are one."""
    total = sum(step.weight for step in STEPS)
    begin = 0.0
    for step in STEPS:
        if step.name == name:
            return Share(begin / total, step.weight / total)
        begin += step.weight
    raise KeyError(name)


def status_during(name: str) -> Status:
    return next(step.status for step in STEPS if step.name == name)


def time_left(*, worked: timedelta, done: float, left: float) -> timedelta | None:
    """At the pace so far; None until two hundredths of the work show a pace."""
    return worked * (left / done) if done >= 0.02 else None
