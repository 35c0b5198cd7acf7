"""The jobs and the ticks of this room."""

from greenroom.channels import account_moves_due, health_tick
from greenroom.channels.correct import CORRECT
from greenroom.channels.correct_job import correct
from greenroom.channels.follow_job import KIND, LOOK, TAKE_DOWN
from greenroom.channels.publish import look_only, publish
from greenroom.channels.remove import take_down
from greenroom.channels.warn import tick
from greenroom.infra.jobs import Registry


def register(registry: Registry) -> None:
    registry.add(KIND, publish, queue="io", max_starts=8)
    registry.add(LOOK, look_only, queue="io", max_starts=8)
    registry.add(TAKE_DOWN, take_down, queue="io", max_starts=5)
    registry.add(CORRECT, correct, queue="io", max_starts=8)
    registry.every("channels.warn", seconds=300, call=tick)
    registry.every("channels.moves", seconds=30, call=account_moves_due.tick)
    registry.every("channels.outages", seconds=20, call=health_tick.tick)
    registry.every("channels.troubles", seconds=6 * 3600, call=health_tick.tidy)
