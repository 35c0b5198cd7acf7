"""Changes what an account is held to: its cap a day, the distance between two posts, and its ramp."""

from uuid import UUID

from greenroom.channels import pace_store
from greenroom.channels.account_acts import at_version, follow_ramp
from greenroom.channels.contracts import PaceChange
from greenroom.infra import audit, events
from greenroom.infra.context import Context


async def change_pace(ctx: Context, account: UUID, version: int, change: PaceChange) -> None:
    """New bounds for the account's posts; those that are planned already stay. Stale when it changed meanwhile."""
    before = await at_version(ctx, account, version)
    old = await pace_store.pace(ctx, account)
    kept = {name: old[name] for name in PaceChange.model_fields} | change.model_dump(exclude_unset=True)
    await pace_store.write_pace(ctx, account, kept)
    await follow_ramp(ctx, before)
    await events.emit(
        ctx, "channels.account.paced", subject=("account", account), client=before["client_id"],
        message=f"{before['name']} has another pace: {kept['daily_cap']} a day, {kept['minutes_apart']} minutes apart",
    )  # fmt: skip
    await audit.record(
        ctx,
        "account.pace",
        ("account", account),
        before={name: old[name] for name in kept},
        after=kept,
        client=before["client_id"],
    )
