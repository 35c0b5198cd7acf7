"""The jobs of this room."""

from greenroom.channels.follow_job import KIND
from greenroom.channels.publish import publish
from greenroom.channels.remove import take_down
from greenroom.infra.jobs import Registry


def register(registry: Registry) -> None:
    registry.add(KIND, publish, queue="io", max_starts=8)
    registry.add("channels.take_down", take_down, queue="io", max_starts=5)
