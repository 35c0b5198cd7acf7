"""Rings again for live jobs that nothing would wake, and keeps the engine's log short."""

import logging
from uuid import UUID

from greenroom.infra.context import Actor, House
from greenroom.infra.jobs import store
from greenroom.infra.jobs.contexts import context_for
from greenroom.infra.jobs.contracts import ENDED
from greenroom.infra.jobs.doorbell import ring

log = logging.getLogger(__name__)

_SOMEBODY = Actor("system", None, "jobs.reconcile")
_MOST = 200


async def reconcile(house: House) -> None:
    """Give each live job without a doorbell a new one; rows get lost when somebody empties or restores a table."""
    async with house.database.transaction() as tx:
        lost = await tx.all("select * from jobs_without_doorbell(%(most)s)", {"most": _MOST})
    for row in lost:
        await _ring_again(house, row["organisation_id"], row["client_id"], row["id"])


async def prune_log(house: House) -> None:
    """PgQueuer notes each pick; gr.job says more, so a day of them is enough."""
    async with house.database.transaction() as tx:
        await tx.execute("delete from pgq.pgqueuer_log where created < now() - interval '1 day'")


async def _ring_again(house: House, organisation: UUID, client: UUID, id: UUID) -> None:
    async with context_for(house, organisation, client, _SOMEBODY) as ctx:
        job = await store.lock(ctx, id)
        if job["state"] in ENDED:
            return
        doorbell = await ring(ctx, job["kind"], id, client, epoch=job["epoch"])
        await store.set_doorbell(ctx, id, doorbell)
        log.warning("job %s (%s) had lost its doorbell and rings again", id, job["kind"])
