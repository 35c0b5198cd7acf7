"""What stands on an account about its connection: an error that passes, or a dead login that only a person mends."""

from greenroom.channels import health_note, health_store, login_store
from greenroom.channels.contracts import Account
from greenroom.channels.errors import Reconnect
from greenroom.infra import events
from greenroom.infra.context import Context
from greenroom.kit.errors import Problem


async def note(ctx: Context, account: Account, error: Problem) -> bool:
    """What went wrong stands on the account; only a dead login asks a person to reconnect it, and says so once.

    When several accounts of its server lose their logins at once, the server is taken for down, and nobody is asked;
    gives whether that is so.
    """
    is_outage = await health_note.note(ctx, account.id, error)
    dead = isinstance(error, Reconnect) and not is_outage
    if await login_store.write_error(ctx, account.id, error.detail, reconnect=dead):
        await events.emit(
            ctx, "channels.account.reconnect", subject=("account", account.id), client=account.client_id,
            severity="error", message=error.detail,
        )  # fmt: skip
    return is_outage


async def works(ctx: Context, account: Account) -> None:
    """It worked: an error that was noted before has passed."""
    await login_store.clear_error(ctx, account.id)
    await health_store.server_is_up(ctx, account.id)
