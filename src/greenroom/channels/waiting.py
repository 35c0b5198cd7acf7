"""A post that waits before it is sent: for its account's turn, or because the platform asked to."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from greenroom.channels import attempts, outcome, rate
from greenroom.channels import post_store as store
from greenroom.channels.contracts import Account
from greenroom.channels.errors import Queued, RetryLater
from greenroom.infra import jobs
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.infra.jobs import JobRun
from greenroom.tenancy import facade as tenancy

LONGEST = timedelta(hours=24)
"""How long a post waits in all for a platform that names the time when it takes more."""

_DOZE = timedelta(minutes=2)
_LATER = "publish it again when the platform takes more"


async def for_turn(run: JobRun, post: Row, attempt: Row, wait: Queued, *, patience: timedelta) -> None:
    """Wait for the account's turn, which is no trying; a post that had its time and would be too late is missed."""
    if wait.closed and wait.after > patience:
        return await for_platform(run, post, attempt, wait)
    async with run.context() as ctx:
        now = await store.now(ctx)
        late = max(post["due_at"], post["not_before"] or post["due_at"]) + ctx.house.settings.late_after
        missed = attempt["started_at"] < late < now + wait.after
        if not missed and not wait.closed:
            await attempts.restart(ctx, run, attempt)
    if not missed:
        raise jobs.RetryLater(wait.detail, after=wait.after)
    why = f"{wait.detail.rstrip('.')}, and then it would be too late; give it a new time or publish it now"
    await outcome.missed(run, attempt, why)


async def to_try_again(
    run: JobRun, post: Row, attempt: Row, account: Account, wait: RetryLater, *, patience: timedelta
) -> None:
    """Ask for another start, further apart each time; after `patience` the post waits for a person.

    Meanwhile nobody else calls the platform for this account either.
    """
    async with run.context() as ctx:
        now = await store.now(ctx)
        await rate.slow_down(ctx, post["client_id"], account.id, "publish", wait.after)
    if wait.after > patience:
        return await for_platform(run, post, attempt, wait)
    tried = now - attempt["started_at"]
    if tried + wait.after > patience:
        return await outcome.stop(run, attempt, wait)
    raise jobs.RetryLater(wait.detail, after=max(wait.after, min(tried, _DOZE)))


async def for_platform(run: JobRun, post: Row, attempt: Row, wait: RetryLater) -> None:
    """Wait until the platform takes more, as long as it said, and say so; that is no trying.

    Nobody waits more than a day for it: then the post fails, with when it would be.
    """
    async with run.context() as ctx:
        now = await store.now(ctx)
        until = now + wait.after
        words = f"It waits for the platform until {await _at(ctx, post, until, now)}. {wait.detail}"
        too_long = until - _begun(attempt) > LONGEST
        if not too_long:
            await attempts.restart(ctx, run, attempt, after=wait.after)
            await store.write_state(ctx, post["id"], "publishing", words)
    if too_long:
        detail = f"{wait.detail.rstrip('.')}, and that is more than a day from when it should have gone out; {_LATER}"
        return await outcome.stop(run, attempt, RetryLater(detail, after=wait.after))
    raise jobs.RetryLater(words, after=wait.after)


async def _at(ctx: Context, post: Row, until: datetime, now: datetime) -> str:
    """The time as the clock of the post's client shows it, with the day when that is another."""
    place = ZoneInfo(await tenancy.client_zone(ctx, post["client_id"]))
    shown, today = until.astimezone(place), now.astimezone(place).date()
    return f"{shown:%H:%M}" if shown.date() == today else f"{shown:%-d %B, %H:%M}"


def _begun(attempt: Row) -> datetime:
    """When the attempt was made, which its id says; its own start moves on with every wait that is no trying."""
    return datetime.fromtimestamp((attempt["id"].int >> 80) / 1000, UTC)
