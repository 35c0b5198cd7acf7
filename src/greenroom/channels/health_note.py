"""Keeps what went wrong between an account and its platform, and draws the consequences for the account's state."""

import logging
from datetime import timedelta
from uuid import UUID

from greenroom.channels import account_moves_store, account_store, health_store, post_store
from greenroom.channels.account_moves import by_platform, by_rule
from greenroom.channels.account_states import POSTING
from greenroom.channels.errors import Limited, NeedsPerson, Queued, Reconnect, Rejected, RetryLater, Shut, Unfit
from greenroom.channels.health import COOL_BELOW, FLAG_BELOW, Kind, Trouble, health_of
from greenroom.channels.health_outage import LOOK_BACK, Failing, excused
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.infra.fetch.call import NoAnswer
from greenroom.infra.jobs import JobRun
from greenroom.kit.ids import uuid7

log = logging.getLogger(__name__)

COOLDOWN = timedelta(days=1)
RESPITE = timedelta(days=1)
"""For so long after a person took back what a rule did, no rule does it again."""


async def note(ctx: Context, account: UUID, error: Exception) -> bool:
    """Keep the failure; whether it is the server's, as several of its accounts fail alike. Locks the account."""
    kind = kind_of(error)
    if kind is None:
        return False
    row = await account_store.account(ctx, account, lock=True)
    service, now = await health_store.service_of(ctx, account), await post_store.now(ctx)
    said = str(getattr(error, "detail", error))[:1000]
    trouble = {"id": uuid7(), "account": account, "service": service, "kind": kind, "said": said}
    await health_store.insert_trouble(ctx, row["client_id"], trouble)
    if isinstance(error, Shut):
        if row["state"] not in (error.state, "closed"):
            await by_platform(ctx, row, error.state, error.detail)
        return False
    found = await health_store.failing_alike(ctx, service, kind, now - LOOK_BACK)
    failing = [Failing(one["account_id"], one["first_at"], one["last_at"]) for one in found]
    if account in excused(failing, now):
        await health_store.excuse(ctx, account, service, kind, now - LOOK_BACK)
        return True
    await _follow_health(ctx, row)
    return False


async def in_run(run: JobRun, account: UUID, error: Exception) -> None:
    """As `note`, in a transaction of its own: whoever holds a post must not lock its account afterwards. What becomes
    of the post never hangs on it."""
    if kind_of(error) is None:
        return
    try:
        async with run.context() as ctx:
            await note(ctx, account, error)
    except Exception:
        log.exception("what went wrong on account %s could not be kept", account)


def kind_of(error: Exception) -> Kind | None:
    """What kind of trouble it is; None when it is none between the account and its platform."""
    for meant, kind in _KINDS:
        if isinstance(error, meant):
            return kind
    return None


_KINDS: tuple[tuple[type[Exception], Kind | None], ...] = (
    (Queued, None),
    (Limited, "limit"),
    (RetryLater, "away"),
    (NoAnswer, "away"),
    (Reconnect, "relogin"),
    (Shut, "challenge"),
    (NeedsPerson, "warning"),
    (Unfit, None),
    (Rejected, "error"),
)


async def _follow_health(ctx: Context, account: Row) -> None:
    """A low health lets the account rest for a day, a very low one stops it until a person has looked."""
    if account["state"] not in POSTING and account["state"] != "cooldown":
        return
    now = await post_store.now(ctx)
    rows = await health_store.troubles(ctx, [account["id"]], now)
    health = health_of([Trouble(row["kind"], row["at"]) for row in rows], now)
    to = "flagged" if health.score < FLAG_BELOW else "cooldown" if health.score < COOL_BELOW else None
    if to is None or to == account["state"]:
        return
    if await account_moves_store.reversed_since(ctx, account["id"], now - RESPITE):
        return
    why = f"Its health is {health.score} of 100. " + ". ".join(reason.words for reason in health.reasons[:3])
    if to == "flagged":
        await by_rule(
            ctx, account, "flagged", "its health", f"{why}. Look at the account there, then let it post again"
        )
    else:
        await by_rule(ctx, account, "cooldown", "its health", why, until=now + COOLDOWN)
