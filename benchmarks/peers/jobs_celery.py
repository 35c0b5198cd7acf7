"""`python jobs_celery.py send|times|done|empty REDIS …`, in the peers' environment; workers by `celery -A jobs_celery`.

Celery as it is set up for work that must not get lost: acknowledged late, one reserved at a time, results kept.
"""

import json
import os
import sys
import time
from datetime import UTC, datetime

import redis
from celery import Celery

ADDRESS = os.environ["BENCH_REDIS"]
app = Celery("jobs_celery", broker=ADDRESS, backend=ADDRESS)
app.conf.update(
    task_acks_late=True, worker_prefetch_multiplier=1, result_extended=False, result_expires=None,
    broker_connection_retry_on_startup=True, worker_send_task_events=False, broker_transport_options={
        "visibility_timeout": 3600, "polling_interval": 0.1},
)  # fmt: skip


@app.task(name="nothing")
def nothing(due: float) -> list[float]:
    return [due, time.time()]


def send(count: int, after: float, pause: float) -> None:
    due = time.time() + after
    eta = datetime.fromtimestamp(due, UTC) if after else None
    with app.producer_pool.acquire(block=True) as producer:
        for _ in range(count):
            nothing.apply_async((due if after else time.time(),), eta=eta, producer=producer)
            if pause:
                time.sleep(pause)


def results() -> list[dict]:
    store = redis.Redis.from_url(ADDRESS)
    keys = list(store.scan_iter("celery-task-meta-*", count=1000))
    return [json.loads(value) for value in (store.mget(keys) if keys else [])]


def main() -> None:
    verb, *rest = sys.argv[1:]
    store = redis.Redis.from_url(ADDRESS)
    if verb == "empty":
        store.flushall()
    elif verb == "send":
        send(int(rest[0]), float(rest[1]), float(rest[2]))
    elif verb == "done":
        print(store.dbsize() and sum(1 for _ in store.scan_iter("celery-task-meta-*", count=1000)))
    elif verb == "times":
        ended = [(*one["result"], datetime.fromisoformat(one["date_done"])) for one in results()]
        stamped = [
            (due, began, (end if end.tzinfo else end.replace(tzinfo=UTC)).timestamp()) for due, began, end in ended
        ]
        print(json.dumps(stamped))


if __name__ == "__main__":
    main()
