"""PgQueuer as this house uses it: a manager that answers the doorbells of one queue in one worker."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from uuid import UUID

from pgqueuer.adapters.persistence.qb import (
    DBSettings,
    QueryBuilderEnvironment,
    QueryQueueBuilder,
    QuerySchedulerBuilder,
)
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Context as Beside
from pgqueuer.domain.models import Job as Doorbell
from pgqueuer.domain.settings import Durability
from pgqueuer.domain.types import Channel, JobId, QueueManagerId

from greenroom.infra.context import House
from greenroom.infra.jobs.batch import Batches
from greenroom.infra.jobs.doorbell import SCHEMA
from greenroom.infra.jobs.driver import LastingDriver
from greenroom.infra.jobs.execute import execute
from greenroom.infra.jobs.fenced import FencedQueries
from greenroom.infra.jobs.pace import Pace
from greenroom.infra.jobs.registry import Kind
from greenroom.infra.jobs.slots import Slots
from greenroom.infra.jobs.watch import Watch

log = logging.getLogger(__name__)

_AFTER_TROUBLE = timedelta(seconds=5)


def engine_settings() -> DBSettings:
    """The names of PgQueuer's objects. All are given, for it would else read them from the environment."""
    return DBSettings(
        prefix="",
        db_schema=SCHEMA,
        channel=Channel("ch_pgqueuer"),
        function="fn_pgqueuer_changed",
        statistics_table="pgqueuer_statistics",
        queue_status_type="pgqueuer_status",
        queue_table="pgqueuer",
        queue_table_log="pgqueuer_log",
        trigger="tg_pgqueuer_changed",
        schedules_table="pgqueuer_schedules",
        durability=Durability.durable,
    )


def make_manager(
    house: House, kinds: Iterable[Kind], driver: LastingDriver, watch: Watch, *, owner: UUID, slots: int, pace: Pace
) -> QueueManager:
    """A manager that answers the doorbells of these kinds, at most `slots` at once."""
    settings = engine_settings()
    room = Slots(slots)
    queries = FencedQueries(
        driver,
        QueryBuilderEnvironment(settings),
        QueryQueueBuilder(settings),
        QuerySchedulerBuilder(settings),
        owner=owner,
        slots=room,
        frozen_after=pace.frozen_after,
    )
    manager = Line(queries, settings.channel)
    manager.queue_manager_id = QueueManagerId(owner)
    manager.room, room.claimed = room, manager.job_context
    batches = Batches(house)
    for kind in kinds:
        manager.entrypoint(kind.name, accepts_context=False)(_answer(house, kind, watch, batches, room))
    return manager


class Line(QueueManager):
    """PgQueuer's manager, which also says that a run has ended."""

    room: Slots

    def forget_job(self, job_id: JobId, context: Beside, task: "asyncio.Task[None]") -> None:
        super().forget_job(job_id, context, task)
        self.room.wake()


async def run_manager(manager: QueueManager, pace: Pace) -> None:
    """Answer doorbells until the manager's `shutdown` is set and what runs has ended."""
    await manager.run(
        dequeue_timeout=pace.poll,
        # Answered doorbells are wiped off in batches of this size, or each 0.1 s. How many are claimed is the slots'.
        batch_size=100,
        heartbeat_timeout=pace.beat * 2,
        log_aggregation_interval=timedelta(0),
    )


def _answer(
    house: House, kind: Kind, watch: Watch, batches: Batches, slots: Slots
) -> Callable[[Doorbell], Awaitable[None]]:
    async def answer(doorbell: Doorbell) -> None:
        try:
            again = await execute(house, kind, doorbell.id, doorbell.payload, watch, batches, slots)
        except Exception:  # our own bookkeeping failed, the database was away too long for instance
            log.exception("a job of kind %s could not be begun or ended; it rings again", kind.name)
            again = _AFTER_TROUBLE
        if again is not None:
            raise RetryRequested(delay=again)

    return answer
