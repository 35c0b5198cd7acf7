"""Periodic work that one worker at a time does: whoever holds an advisory lock leads, the others wait to take over."""

import asyncio
import logging
from collections.abc import Iterable
from typing import NoReturn

import psycopg

from greenroom.infra import locks
from greenroom.infra.context import House
from greenroom.infra.database import Connection
from greenroom.infra.jobs.pace import Pace
from greenroom.infra.jobs.registry import Tick

log = logging.getLogger(__name__)

# A frozen leader keeps its lock as long as its connection; the leader's question each second is its sign of life.
_END_FROZEN = """
    select pg_terminate_backend(a.pid) from pg_locks l join pg_stat_activity a using (pid)
    where l.locktype = 'advisory' and l.granted and l.objsubid = 1
      and l.classid = 0 and l.objid = %(lock)s and a.datname = current_database()
      and a.state_change < now() - %(silence)s"""


async def lead_ticks(house: House, ticks: Iterable[Tick], pace: Pace) -> NoReturn:
    """Take part in the lead until cancelled: when it is ours, run the ticks, each in its own rhythm."""
    waiting = list(ticks)
    while True:
        try:
            async with house.database.listening() as connection:
                await _compete(connection, pace)
                log.info("this worker leads the periodic ticks")
                await _lead(house, waiting, connection)
        except psycopg.OperationalError as error:
            log.debug("not leading the periodic ticks: %s", error)
        await asyncio.sleep(1)


async def _compete(connection: Connection, pace: Pace) -> None:
    while True:
        cursor = await connection.execute("select pg_try_advisory_lock(%(lock)s) as mine", {"lock": locks.TICKS})
        row = await cursor.fetchone()
        if row is not None and row["mine"]:
            return
        await connection.execute(_END_FROZEN, {"lock": locks.TICKS, "silence": pace.leader_frozen_after})
        await asyncio.sleep(1)


async def _lead(house: House, ticks: list[Tick], connection: Connection) -> None:
    """Run all ticks until the connection, and with it the lock, is lost."""
    running = [asyncio.create_task(_repeat(house, tick)) for tick in ticks]
    try:
        while True:
            await connection.execute("select 1")
            await asyncio.sleep(1)
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def _repeat(house: House, tick: Tick) -> NoReturn:
    failing = False
    while True:
        try:
            await tick.call(house)
            failing = False
        except Exception as error:  # a tick's failure must not end the others; said once until it works again
            log.log(logging.DEBUG if failing else logging.ERROR, "tick %s failed", tick.name, exc_info=error)
            failing = True
        await asyncio.sleep(tick.every.total_seconds())
