"""The planner's tick."""

from greenroom.infra.jobs import Registry
from greenroom.planner.due import tick


def register(registry: Registry) -> None:
    registry.every("planner.due", seconds=1, call=tick)
