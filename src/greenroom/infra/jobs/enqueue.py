"""Asking for work: a job and its doorbell in the caller's transaction, so both exist or neither."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.jobs import store
from greenroom.infra.jobs.announce import announce
from greenroom.infra.jobs.doorbell import ring
from greenroom.kit.ids import uuid7

_LONGEST_TITLE = 300


async def enqueue(
    ctx: Context,
    kind: str,
    payload: dict[str, Any],
    *,
    title: str,
    subject: tuple[str, UUID] | None = None,
    run_after: timedelta | None = None,
    client: UUID | None = None,
) -> UUID:
    """Ask for a job of a registered kind; gives its id. It starts after the caller's transaction is committed.

    The payload is plain JSON of at most 32 KiB; larger things go to the media store. `run_after` counts from the
    transaction's begin on the database's clock. `client` defaults to the context's.
    """
    id, owner, after = uuid7(), client or ctx.one_client(), run_after or timedelta(0)
    doorbell = await ring(ctx, kind, id, owner, epoch=0, after=after)
    row = await store.insert_job(
        ctx,
        id,
        client=owner,
        kind=kind,
        title=title[:_LONGEST_TITLE],
        payload=payload,
        subject=subject,
        after=after,
        doorbell=doorbell,
    )
    await announce(ctx, row)
    return id
