"""`python jobs_procrastinate.py empty|send|done|times|worker …`, in the peers' environment; BENCH_POSTGRES says where.

A job's end is the moment that Procrastinate itself writes down; its result is that state.
"""

import asyncio
import json
import os
import sys
import time
from datetime import UTC, datetime

import procrastinate
import procrastinate.schema
import psycopg

ADDRESS = os.environ["BENCH_POSTGRES"]
app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=ADDRESS, min_size=1, max_size=10))

_TIMES = """
    select (j.args->>'due')::float8,
           (select extract(epoch from min(at)) from procrastinate_events e where e.job_id = j.id and type = 'started'),
           (select extract(epoch from max(at)) from procrastinate_events e where e.job_id = j.id and type = 'succeeded')
    from procrastinate_jobs j where status = 'succeeded'"""


@app.task(name="nothing", queue="bench")
async def nothing(due: float) -> None:
    return None


async def send(count: int, after: float, pause: float) -> None:
    due = time.time() + after
    at = datetime.fromtimestamp(due, UTC) if after else None
    async with app.open_async():
        deferrer = nothing.configure(schedule_at=at)
        if pause:
            for _ in range(count):
                await deferrer.defer_async(due=time.time())
                await asyncio.sleep(pause)
            return
        for begin in range(0, count, 500):
            size = min(500, count - begin)
            await deferrer.batch_defer_async(*({"due": due if after else time.time()} for _ in range(size)))


async def work() -> None:
    async with app.open_async():
        await app.run_worker_async(queues=["bench"], concurrency=16, fetch_job_polling_interval=1.0)


def main() -> None:
    verb, *rest = sys.argv[1:]
    if verb == "worker":
        asyncio.run(work())
        return
    if verb == "send":
        asyncio.run(send(int(rest[0]), float(rest[1]), float(rest[2])))
        return
    with psycopg.connect(ADDRESS, autocommit=True) as connection:
        if verb == "empty":
            if connection.execute("select to_regclass('procrastinate_jobs')").fetchone() == (None,):
                connection.execute(procrastinate.schema.SchemaManager.get_schema())
            connection.execute("truncate procrastinate_jobs, procrastinate_events cascade")
        elif verb == "done":
            print(
                connection.execute("select count(*) from procrastinate_jobs where status = 'succeeded'").fetchone()[0]
            )
        elif verb == "times":
            print(json.dumps([list(map(float, row)) for row in connection.execute(_TIMES).fetchall()]))


if __name__ == "__main__":
    main()
