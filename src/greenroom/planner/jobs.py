"""The planner's ticks."""

from greenroom.infra.jobs import Registry
from greenroom.planner import clocks, keep_filled
from greenroom.planner.due import tick


def register(registry: Registry) -> None:
    registry.every("planner.due", seconds=1, call=tick)
    registry.every("planner.fill", seconds=15, call=keep_filled.tick)
    registry.every("planner.clocks", seconds=6 * 3600, call=clocks.tick)
