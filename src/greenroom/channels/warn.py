"""The tick that says that posts wait for an account that may not post, for its login is dead or its state forbids it:
once for all, a week and a day ahead."""

from greenroom.channels import login_store
from greenroom.channels.account_states import in_words
from greenroom.infra import events
from greenroom.infra.context import Actor, Context, House
from greenroom.infra.database import Row
from greenroom.infra.jobs.contexts import context_for

_AT_ONCE = 200
_ACTOR = Actor("system", None, "channels")


async def tick(house: House) -> None:
    await warn_of_waiting(house)


async def warn_of_waiting(house: House) -> int:
    """Tell of each account that needs a person in time; gives how many were told of."""
    async with house.database.transaction() as tx:
        found = await login_store.to_warn_of(tx, _AT_ONCE)
    told = 0
    for row in found:
        async with context_for(house, row["organisation_id"], row["client_id"], _ACTOR) as ctx:
            told += await _warn(ctx, row)
    return told


async def _warn(ctx: Context, row: Row) -> bool:
    warned = await login_store.warn(ctx, row["id"], row["days"])
    if warned is None:
        return False
    posts = "1 post waits" if warned["waiting"] == 1 else f"{warned['waiting']} posts wait"
    within = "next day" if row["days"] == 1 else "next 7 days"
    why, what = "is not connected", "Reconnect it"
    if not warned["needs_reconnect"]:
        why, what = in_words(warned["state"]), "See to it"
    await events.emit(
        ctx, "channels.account.holds", subject=("account", row["id"]), client=warned["client_id"],
        severity="error" if row["days"] == 1 else "warning",
        message=f"{warned['name']} {why}, and {posts} for it in the {within}. {what} in Accounts",
    )  # fmt: skip
    return True
