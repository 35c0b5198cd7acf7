"""What stands on an account about its connection: an error that passes, or a dead login that only a person mends."""

from greenroom.channels import login_store
from greenroom.channels.contracts import Account
from greenroom.channels.errors import Reconnect
from greenroom.infra import events
from greenroom.infra.context import Context
from greenroom.kit.errors import Problem


async def note(ctx: Context, account: Account, error: Problem) -> None:
    """What went wrong stands on the account; only a dead login asks a person to reconnect it, and says so once."""
    if await login_store.write_error(ctx, account.id, error.detail, reconnect=isinstance(error, Reconnect)):
        await events.emit(
            ctx, "channels.account.reconnect", subject=("account", account.id), client=account.client_id,
            severity="error", message=error.detail,
        )  # fmt: skip


async def works(ctx: Context, account: Account) -> None:
    """It worked: an error that was noted before has passed."""
    await login_store.clear_error(ctx, account.id)
