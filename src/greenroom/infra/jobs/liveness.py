"""Who is alive: each worker holds an advisory lock for as long as it is connected.

When a process dies its lock goes with its connection, and the others give its doorbells away within seconds. Frozen
processes and hosts keep their connection; for those there is the heartbeat (Pace.frozen_after).
"""

import asyncio
import logging
import time
from typing import Any, NoReturn
from uuid import UUID

from greenroom.infra import locks
from greenroom.infra.context import House
from greenroom.infra.jobs.contexts import AWAY
from greenroom.infra.jobs.pace import Pace

log = logging.getLogger(__name__)

# Doorbells whose holder is not connected now.
_ORPHANED = """
    select d.id, d.queue_manager_id as owner from pgq.pgqueuer d
    where d.status = 'picked' and d.queue_manager_id is not null
      and not exists (
        select from pg_locks l
        where l.locktype = 'advisory' and l.objsubid = 2 and l.classid = %(class)s
          and l.database = (select oid from pg_database where datname = current_database())
          and l.objid = ('x' || left(d.queue_manager_id::text, 7))::bit(28)::int::oid)"""
_GIVE_AWAY = """
    update pgq.pgqueuer set heartbeat = now() - interval '1 day'
    where id = any(%(ids)s) and queue_manager_id = any(%(dead)s)"""


async def hold_lock(connection: Any, owner: UUID) -> None:
    """Show that the owner is alive while this asyncpg connection is open. Shared, so that a new connection need not
    wait until the server has noticed the end of the old one."""
    await connection.execute("select pg_advisory_lock_shared($1, $2)", locks.WORKERS, _second_key(owner))


async def give_away_orphans(house: House, pace: Pace) -> NoReturn:
    """Every second, hand doorbells of dead workers to the living. Runs in every worker."""
    missing: dict[UUID, float] = {}
    while True:
        try:
            await _look(house, pace, missing)
        except AWAY as error:
            log.debug("cannot look for dead workers now: %s", error)
            missing.clear()
        await asyncio.sleep(1)


async def _look(house: House, pace: Pace, missing: dict[UUID, float]) -> None:
    """`missing` is when each owner was first seen without its lock; a restarted database lacks all for a moment."""
    async with house.database.transaction() as tx:
        orphans = await tx.all(_ORPHANED, {"class": locks.WORKERS})
        now, gone = time.monotonic(), {row["owner"] for row in orphans}
        for owner in set(missing) - gone:
            del missing[owner]
        dead = [owner for owner in gone if now - missing.setdefault(owner, now) >= pace.gone_after.total_seconds()]
        if dead:
            given = await tx.execute(_GIVE_AWAY, {"ids": [row["id"] for row in orphans], "dead": dead})
            log.warning("%s jobs of a worker that died go on elsewhere", given)


def _second_key(owner: UUID) -> int:
    """The beginning of the owner's id, as the statement above reads it."""
    return int(str(owner)[:7], 16)
