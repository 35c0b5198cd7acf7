"""News of a job: an event at each change of state, an unlogged ping for progress."""

import json
from collections.abc import Sequence
from uuid import UUID

from greenroom.infra import events
from greenroom.infra.context import Actor, Context
from greenroom.infra.database import Row

LIVE = "greenroom_live"
"""NOTIFY channel of progress. Its payload has ids only: channels know no tenants, readers fetch under their scope."""

_SAID = {
    "queued": "{title}: waits",
    "running": "{title}: started",
    "done": "{title}: done",
    "failed": "{title}: failed. {error}",
    "cancelled": "{title}: cancelled",
}


async def announce(ctx: Context, row: Row) -> None:
    """Emit `job.changed` for a row of gr.job, in the transaction that changed it."""
    await events.emit_all(ctx, [_news(ctx.actor, row)])


async def announce_all(ctx: Context, rows: Sequence[Row]) -> None:
    """The same for several jobs of the context's client, each of which acts itself."""
    await events.emit_all(ctx, [_news(Actor("job", row["id"], row["kind"]), row) for row in rows])


def _news(actor: Actor, row: Row) -> events.News:
    state = row["state"]
    return events.News(
        "job.changed",
        actor,
        subject=("job", row["id"]),
        client=row["client_id"],
        severity="error" if state == "failed" else "info",
        message=_SAID[state].format(title=row["title"], error=row["error"] or ""),
        data={
            "kind": row["kind"],
            "state": state,
            "subject_type": row["subject_type"],
            "subject_id": row["subject_id"],
            "error": row["error"],
        },
    )


async def ping(ctx: Context, job: UUID) -> None:
    """Tell live pages, at commit, that a job's progress changed."""
    payload = json.dumps({"organisation": ctx.organisation, "job": job}, default=str)
    await ctx.db.execute("select pg_notify(%(channel)s, %(payload)s)", {"channel": LIVE, "payload": payload})
