"""Trying all failed jobs of one cause again, each by itself."""

import logging
from uuid import UUID

from pydantic import BaseModel

from greenroom.infra.context import Context
from greenroom.infra.jobs import list_store
from greenroom.infra.jobs.change import retry
from greenroom.infra.jobs.rules import require
from greenroom.kit.errors import NotFound, Problem

log = logging.getLogger(__name__)

MOST = 200
"""Jobs that one call starts again; its answer says how many are left."""


class Retried(BaseModel):
    """How many jobs wait for a worker again, and how many of this cause are still failed; why, when one refused."""

    retried: int
    left: int
    refused: str | None


async def retry_cause(ctx: Context, cause: UUID) -> Retried:
    """Start the failed jobs of this cause again, the oldest first; one that refuses does not keep the others back.

    NotFound when no job failed for it.
    """
    ids = await list_store.failed_of(ctx, cause, most=MOST)
    if not ids and not await list_store.count_failed(ctx, cause):
        raise NotFound("No job has failed for this cause; look at the list again")
    retried, refused = 0, None
    for id in ids:
        try:
            async with ctx.db.savepoint():  # rooms may refuse
                await require(ctx, id)
                await retry(ctx, id)
            retried += 1
        except Problem as problem:
            log.info("job %s is not tried again: %s", id, problem.detail)
            refused = problem.detail
    return Retried(retried=retried, left=await list_store.count_failed(ctx, cause), refused=refused)
