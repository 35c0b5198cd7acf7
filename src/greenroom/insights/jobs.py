"""The ticks of this room."""

from greenroom.infra.jobs import Registry
from greenroom.insights.rollup import forget_readers, roll_up


def register(registry: Registry) -> None:
    registry.every("insights.rollup", seconds=60, call=roll_up)
    registry.every("insights.forget", seconds=300, call=forget_readers)
