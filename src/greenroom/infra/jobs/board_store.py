"""The SQL on how the installation's workers and queues stand: counts and times, of no tenant."""

from collections.abc import Mapping

from greenroom.infra import locks
from greenroom.infra.database import Row, Tx


async def read_queues(tx: Tx) -> list[Row]:
    """What waits (and is due) and what runs, by queue; `queue` is null for kinds that no worker has made known."""
    return await tx.all(
        """select k.queue, count(*) filter (where d.status = 'queued' and d.execute_after <= now()) as waiting,
                  count(*) filter (where d.status = 'picked') as running,
                  min(d.execute_after) filter (where d.status = 'queued' and d.execute_after <= now()) as oldest_at
           from pgq.pgqueuer d left join job_kind k on k.name = d.entrypoint group by k.queue"""
    )


async def read_lines(tx: Tx) -> list[Row]:
    """The engine's connections of the workers that live; the names of the connections say whose they are."""
    return await tx.all(
        """select distinct a.pid, a.application_name as name, a.backend_start as since, a.state_change as seen_at,
                  now() as now
           from pg_locks l join pg_stat_activity a on a.pid = l.pid
           where l.locktype = 'advisory' and l.granted and l.objsubid = 2 and l.classid = %(class)s
             and a.datname = current_database()""",
        {"class": locks.WORKERS},
    )


async def read_kinds(tx: Tx) -> list[Row]:
    return await tx.all("select name, queue from job_kind order by name")


async def write_kinds(tx: Tx, queues: Mapping[str, str]) -> None:
    """Keep the queue of each of these kinds."""
    await tx.execute(
        """insert into job_kind (name, queue)
           select * from unnest(%(names)s::text[], %(queues)s::text[]) order by 1
           on conflict (name) do update set queue = excluded.queue where job_kind.queue <> excluded.queue""",
        {"names": list(queues), "queues": list(queues.values())},
    )
