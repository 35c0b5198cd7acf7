"""A secret that does not open: an event that nobody can overlook, and a line in the log."""

import logging
from collections.abc import Mapping
from typing import Any

from greenroom.infra.context import Context
from greenroom.infra.events import emit

log = logging.getLogger(__name__)


async def report(ctx: Context, row: Mapping[str, Any], why: str) -> None:
    """Say that what is stored is not what was sealed there, in the context's transaction."""
    log.error("Secret %s of organisation %s was changed outside the vault and is refused", row["id"], ctx.organisation)
    await emit(
        ctx,
        "vault.refused",
        subject=("secret", row["id"]),
        message="A secret was changed outside Greenroom and is refused; enter it again and find out who did it",
        severity="critical",
        data={"kind": row["kind"], "why": why},
        client=row["client_id"],
        whole=row["client_id"] is None,
    )
