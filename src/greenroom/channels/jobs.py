"""The jobs and the tick of this room."""

from greenroom.channels.follow_job import KIND, TAKE_DOWN
from greenroom.channels.publish import publish
from greenroom.channels.remove import take_down
from greenroom.channels.warn import tick
from greenroom.infra.jobs import Registry


def register(registry: Registry) -> None:
    registry.add(KIND, publish, queue="io", max_starts=8)
    registry.add(TAKE_DOWN, take_down, queue="io", max_starts=5)
    registry.every("channels.warn", seconds=300, call=tick)
