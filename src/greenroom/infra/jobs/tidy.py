"""The end of old jobs: what has finished is kept for two weeks, what has failed for three months (settings)."""

import logging

from greenroom.infra.context import House
from greenroom.infra.jobs import list_store

log = logging.getLogger(__name__)

_AT_ONCE = 2000


async def tidy(house: House) -> None:
    """Remove the jobs, whoever they belong to, that ended longer ago than the settings say; a few at a time."""
    now, settings = house.clock.now(), house.settings
    total = 0
    while True:
        async with house.database.transaction() as tx:
            gone = await list_store.delete_old(
                tx,
                finished_before=now - settings.keep_finished_jobs,
                failed_before=now - settings.keep_failed_jobs,
                most=_AT_ONCE,
            )
        total += gone
        if gone < _AT_ONCE:
            break
    if total:
        log.info("removed %s jobs that ended long ago", total)
