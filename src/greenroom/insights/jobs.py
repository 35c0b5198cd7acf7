"""The jobs and ticks of this room."""

from greenroom.infra.jobs import Registry
from greenroom.insights.measure import KIND, measure, tick
from greenroom.insights.rollup import forget_readers, roll_up


def register(registry: Registry) -> None:
    registry.every("insights.rollup", seconds=60, call=roll_up)
    registry.every("insights.forget", seconds=300, call=forget_readers)
    registry.add(KIND, measure, queue="io", max_starts=5)
    registry.every("insights.measure", seconds=60, call=tick)
