"""News of a job: an event at each change of state, an unlogged ping for progress."""

import json
from uuid import UUID

from greenroom.infra import events
from greenroom.infra.context import Context
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
    state = row["state"]
    await events.emit(
        ctx,
        "job.changed",
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
