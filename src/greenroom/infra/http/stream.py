"""One live page's stream of server-sent events (WHATWG HTML, 9.2): resumable, under the viewer's scope."""

import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from greenroom.infra.context import Context
from greenroom.infra.feed import Cursor, present, read_news
from greenroom.infra.http.live import Ear
from greenroom.infra.jobs.contracts import JobStatus
from greenroom.infra.jobs.read import get_jobs
from greenroom.infra.plain import plain_json
from greenroom.kit.errors import Problem, Unavailable

PLACE = "Greenroom-Event"
"""The header in which a page is told from where on the stream is news to it."""
CHECK = 3.0
"""Seconds after which the viewer's access is looked at again; a change of it must count within five."""
HEARTBEAT = 15.0
"""Seconds of silence after which a comment shows proxies and the page that the line is open."""
_GAP = 0.05
_RECONNECT = 2000

View = Callable[[], Awaitable[AbstractAsyncContextManager[Context]]]
"""Opens a context for the viewer after asking again who that is; raises a Problem when the access is over."""


async def stream(
    view: View, ear: Ear, cursor: Cursor | None, stopping: Callable[[], bool]
) -> AsyncGenerator[bytes, None]:
    """The viewer's events after `cursor` (None: from now on) and jobs' progress, until the access ends.

    A slow reader costs nothing: nothing is kept for it, it reads on from its cursor.
    """
    yield f"retry: {_RECONNECT}\n\n".encode()
    said = looked = time.monotonic()
    more, told = True, cursor is not None
    while not stopping():
        woken = await ear.wait(_GAP if more else 1.0)
        now = time.monotonic()
        if not (woken or more) and now - looked < CHECK:
            if now - said >= HEARTBEAT:
                said = now
                yield b": still here\n\n"
            continue
        moved, looked = ear.take(), now
        try:
            async with await view() as ctx:
                cursor = cursor or await present(ctx)
                after = cursor
                news = await read_news(ctx, after)
                jobs = await get_jobs(ctx, moved)
        except Unavailable:
            more = True
            continue
        except Problem as problem:
            yield frame("access.ended", {"detail": problem.detail})
            return
        cursor, more = news.cursor, news.more
        lines = [frame(event["kind"], event, place) for place, event in news.events]
        lines += [frame("job.progress", progress(job)) for job in jobs if job.state == "running"]
        if not told:
            lines.insert(0, f"id: {after}\n\n".encode())
            told = True
        if lines:
            said = now
            yield b"".join(lines)


def frame(name: str, body: dict[str, Any], place: Cursor | None = None) -> bytes:
    """One event on the wire. Only those with a place move the reader's Last-Event-ID."""
    line = f"id: {place}\n" if place else ""
    return f"{line}event: {name}\ndata: {plain_json(body)}\n\n".encode()


def progress(job: JobStatus) -> dict[str, Any]:
    return {
        "kind": "job.progress",
        "client_id": job.client_id,
        "subject_type": "job",
        "subject_id": job.id,
        "message": job.message,
        "severity": "info",
        "at": None,
        "data": job.model_dump(mode="json"),
    }
