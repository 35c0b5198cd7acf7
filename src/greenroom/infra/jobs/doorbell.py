"""PgQueuer's row for a job: put there in the caller's own transaction, so that it rings only if that is committed.

PgQueuer itself is not imported here; programs that only enqueue start without it. A test compares this statement's
row with the one that PgQueuer's own enqueue makes.
"""

import json
from datetime import timedelta
from uuid import UUID

from greenroom.infra.context import Context

SCHEMA = "pgq"

_RING = """
    insert into pgq.pgqueuer (priority, entrypoint, payload, execute_after, dedupe_key, status)
    values (0, %(kind)s, %(payload)s, now() + %(after)s, %(key)s, 'queued')
    on conflict (dedupe_key) where status in ('queued', 'picked') and dedupe_key is not null
      do update set priority = excluded.priority
    returning id"""


async def ring(ctx: Context, kind: str, job: UUID, client: UUID, *, epoch: int, after: timedelta = timedelta(0)) -> int:
    """Wake a worker for this job once the transaction is committed; gives the doorbell's number.

    A second ring for the same epoch is the same doorbell. A job answers only the doorbell that its row names.
    """
    address = {"organisation": ctx.organisation, "client": client, "job": job}
    row = await ctx.db.one(
        _RING,
        {
            "kind": kind,
            "payload": json.dumps(address, default=str).encode(),
            "after": after,
            "key": f"{job}:{epoch}",
        },
    )
    return int(row["id"])


def read_address(payload: bytes | None) -> tuple[UUID, UUID, UUID]:
    """Organisation, client and job of a doorbell."""
    address = json.loads(payload or b"{}")
    return UUID(address["organisation"]), UUID(address["client"]), UUID(address["job"])
