"""Two common designs over a table of intents: `python -m benchmarks.publishing.peer URL PORT retry|once`.

retry: an intent whose call failed, or whose worker has not answered for three seconds, is sent again, as a queue that
acknowledges late does. once: an intent is marked before the call and never sent again when the answer is missing.
"""

import asyncio
import sys

import psycopg

from greenroom_dev.faulty.client import NotConnected, ask
from greenroom_dev.faulty.nursery import raise_workers

SLOTS = 16
LEASE = "3 seconds"
ACCOUNT = "bench"

_TABLE = """create table intent (
  marker text primary key, state text not null default 'due', lease timestamptz, ready_at timestamptz default now())"""
_CLAIM = """update intent set state = 'sending', lease = now() + %(lease)s::interval
    where marker = (select marker from intent where {which} order by marker for update skip locked limit 1)
    returning marker"""
_WHICH = {
    "retry": "(state = 'due' and ready_at <= now() or state = 'sending' and lease < now())",
    "once": "(state = 'due' and ready_at <= now())",
}
_END = "update intent set state = %(state)s, ready_at = now() + interval '1 second' where marker = %(marker)s"


def prepare(url: str, posts: int) -> list[str]:
    """A fresh table with so many intents; their markers."""
    markers = [f"post-{number:05}" for number in range(posts)]
    with psycopg.connect(url) as connection:
        connection.execute(_TABLE)
        connection.execute("insert into intent (marker) select unnest(%(markers)s::text[])", {"markers": markers})
    return markers


def at_rest(url: str, design: str) -> bool:
    """Whether no worker has anything to do; under `once` a mark whose worker is gone stays for a person."""
    busy = "state = 'due' or state = 'sending'" + (" and lease > now()" if design == "once" else "")
    with psycopg.connect(url) as connection:
        row = connection.execute(f"select count(*) from intent where {busy}").fetchone()  # noqa: S608  # constants
    return row == (0,)


def states(url: str) -> dict[str, str]:
    with psycopg.connect(url) as connection:
        return dict(connection.execute("select marker, state from intent").fetchall())


async def work(url: str, port: int, design: str) -> None:
    await asyncio.gather(*(slot(url, port, design) for _ in range(SLOTS)))


async def slot(url: str, port: int, design: str) -> None:
    connection = await psycopg.AsyncConnection.connect(url, autocommit=True)
    while True:
        claim = _CLAIM.format(which=_WHICH[design])
        row = await (await connection.execute(claim, {"lease": LEASE})).fetchone()
        if row is None:
            await asyncio.sleep(0.2)
            continue
        state = await sent(port, row[0], design)
        await connection.execute(_END, {"state": state, "marker": row[0]})


async def sent(port: int, marker: str, design: str) -> str:
    """The state after one try."""
    body = {"marker": marker, "container": f"c-{marker}", "text": marker}
    try:
        await ask(port, "POST", f"/{ACCOUNT}/containers", body)
    except (NotConnected, OSError, TimeoutError):
        return "due"  # nobody sees an upload
    try:
        answer = await ask(port, "POST", f"/{ACCOUNT}/posts", body)
    except NotConnected:
        return "due"
    except (OSError, TimeoutError):
        return "due" if design == "retry" else "asked"
    if answer.status == 201:
        return "published"
    return "due" if design == "retry" or answer.status == 429 else "asked"


if __name__ == "__main__":
    raise_workers(lambda name, word: asyncio.run(work(sys.argv[1], int(sys.argv[2]), sys.argv[3])))
