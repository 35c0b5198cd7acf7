"""What is told and recorded when an account is linked, connected again, paused or unlinked."""

from uuid import UUID

from greenroom.channels import account_store
from greenroom.channels.contracts import Account
from greenroom.infra import audit, events
from greenroom.infra.context import Context
from greenroom.infra.database import Row

_AUDITED = ("platform", "name", "handle", "state", "state_reason", "character_id", "remote_id", "needs_reconnect")


async def changed(
    ctx: Context, account: UUID, what: str, before: Row | None, *, reason: str = "", more: str = ""
) -> Account:
    """The account as it is now, after `what` was done with it; `more` ends the sentence that is told."""
    row = await account_store.account(ctx, account)
    await events.emit(
        ctx, f"channels.account.{what.replace(' ', '_')}", subject=("account", account), client=row["client_id"],
        severity="warning" if more else "info", message=f"{row['name']} was {what}{more}",
    )  # fmt: skip
    await audit.record(
        ctx, f"account.{what.replace(' ', '_')}", ("account", account), client=row["client_id"], reason=reason,
        before={name: before[name] for name in _AUDITED} if before else None,
        after={name: row[name] for name in _AUDITED},
    )  # fmt: skip
    return Account(**row)
