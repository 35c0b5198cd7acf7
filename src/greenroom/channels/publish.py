"""The job that brings one claimed post to its account: once, whatever dies on the way.

Each step is written down before it is taken, in a transaction of its own (`publish_attempt.phase`):

    intent → prepare (repeatable) → commit (the one irreversible call) → observe → finish

A run that finds an attempt in `commit` does not know what happened; it looks for the post before anything else.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from greenroom.channels import account_store, attempts, health_note, looking, outcome, rate, waiting
from greenroom.channels.arming import Arming
from greenroom.channels.contracts import Account
from greenroom.channels.errors import (
    Held,
    NeedsPerson,
    Queued,
    Reconnect,
    Rejected,
    Resting,
    RetryLater,
    Unfinished,
)
from greenroom.channels.package import check, pack, request_hash
from greenroom.channels.platforms.adapter import CALLS, Adapter, Desk, Package, Partly, Prepared, Receipt
from greenroom.channels.platforms.registry import adapter_for
from greenroom.channels.points import reached
from greenroom.channels.posts import open_for_posts
from greenroom.infra import jobs
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.infra.jobs import Fenced, JobRun
from greenroom.kit.errors import Conflict

log = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=15)
"""How long transient errors are tried again, and an unknown outcome is looked into, before a person is asked; longer
while nothing is answered (`looking`)."""

KEPT = timedelta(minutes=30)
"""How long platforms surely keep files that no post names yet; after it they are uploaded again."""

_PREPARED_AT = "prepared_at"
_NOT_OUT = "It was looked for and is not out. Publish it again or cancel it"
_SILENT = (
    "It may be out or not, and {account} can't be looked at just now. Greenroom goes on looking; if you see there "
    "whether it is out, say so here"
)
_REST = "A part of it is out, and the rest is not yet: {why}. Greenroom goes on trying to send it"


@dataclass(slots=True)
class Going:
    """A post on its way: the run that has it, and its live attempt as last written."""

    run: JobRun
    post: Row
    attempt: Row
    account: Account
    send: bool = True  # else it is only looked for
    arming: Arming = field(default_factory=Arming)
    adapter: Adapter = field(init=False)
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.adapter = adapter_for(self.account.platform)
        self.desk = Desk(self.account, self.run.context, self.arming.in_time, self.arm)

    async def arm(self) -> None:
        """An irreversible call may begin from now on; Overtaken when another worker has the attempt."""
        self.arming.begin()
        async with self.run.context() as ctx:
            await attempts.write(ctx, self.run, self.attempt, "commit", remote=looking.AFRESH)


async def publish(run: JobRun) -> dict[str, Any] | None:
    """Publish the post of this job's payload; gives its state. Does nothing when it is not on its way any more, or
    another job has it."""
    return await _bring(run, send=True)


async def look_only(run: JobRun) -> dict[str, Any] | None:
    """Find out whether the post of this job's payload, whose publishing was stopped, is out; it is not sent."""
    return await _bring(run, send=False)


async def _bring(run: JobRun, *, send: bool) -> dict[str, Any]:
    post = UUID(run.job.payload["post"])
    begun = await attempts.begin(run, post)
    if begun is None:
        return {"post": str(post), "state": "not on its way"}
    row, attempt, account = begun
    going = Going(run, row, attempt, account, send)
    reached("begun")
    try:
        receipt = await _resume(going)
        if receipt is not None:
            await _finish(going, receipt)
    except attempts.Overtaken:
        log.warning("post %s is another job's, or was settled; this run changes nothing", post)
    async with run.context() as ctx:  # Fenced when it is this job that another worker has
        return {"post": str(post), "state": await outcome.state(ctx, post)}


async def _resume(going: Going) -> Receipt | None:
    """Go on from the phase that the attempt is in; None when the post has come to rest without being out."""
    phase = going.attempt["phase"]
    if phase in ("observe", "finish"):
        return Receipt(going.attempt["remote"]["remote_id"], going.attempt["remote"].get("permalink"))
    if phase == "commit":
        return await look(going)
    if not going.send:
        await outcome.absent(going.run, going.attempt, _NOT_OUT)
        return None
    return await _send(going)


async def _send(going: Going) -> Receipt | None:
    try:
        package = await _prepare(going)
    except Reconnect as dead:
        await _park(going, dead)
        return None
    except Resting as pause:
        if not await outcome.rest(going.run, going.attempt, pause):
            raise jobs.RetryLater("Its account posts again", after=timedelta(seconds=1)) from pause
        return None
    except (Held, Rejected, NeedsPerson) as refused:
        await outcome.stop(going.run, going.attempt, refused)
        await health_note.in_run(going.run, going.account.id, refused)
        return None
    except Queued as wait:
        await waiting.for_turn(going.run, going.post, going.attempt, wait, patience=PATIENCE)
        return None
    except RetryLater as wait:
        await _wait(going, wait)
        return None
    return await _commit(going, package)


async def _prepare(going: Going) -> Package:
    """Everything before the irreversible call; ends with the attempt armed."""
    async with going.run.context() as ctx:
        package = await _pack(ctx, going)
        check(going.adapter, package)
        hashed = request_hash(package)
        now = await outcome.now(ctx)
        prepared = _kept(going.attempt, hashed, now)
        await attempts.write(ctx, going.run, going.attempt, "prepare", request_hash=hashed)
    if prepared is None:
        prepared = {**await going.adapter.prepare(going.desk, package), _PREPARED_AT: now.isoformat()}
        reached("prepared")
    try:
        async with going.run.context() as ctx:
            await _take_turn(ctx, going, prepared)
    except Queued:
        async with going.run.context() as ctx:
            await attempts.write(ctx, going.run, going.attempt, "prepare", remote=dict(prepared))
        raise
    # Read before the attempt is armed: from then on another worker may look, find nothing, and send it.
    going.arming.begin()
    async with going.run.context() as ctx:
        await _pack(ctx, going)  # an upload takes time; what is approved may have changed meanwhile
        await attempts.write(ctx, going.run, going.attempt, "commit", remote=dict(prepared))
    going.attempt["remote"] = {**going.attempt["remote"], **prepared}
    return package


def _kept(attempt: Row, hashed: str, now: datetime) -> Prepared | None:
    """What an earlier start uploaded for the same package, unless that is too long ago."""
    remote: dict[str, str] = attempt["remote"]
    if attempt["request_hash"] != hashed or _PREPARED_AT not in remote:
        return None
    return remote if now - datetime.fromisoformat(remote[_PREPARED_AT]) < KEPT else None


async def _take_turn(ctx: Context, going: Going, prepared: Prepared) -> None:
    """Take as much of the account's limits as the call costs; Queued while they are used up."""
    client, account, limits = going.post["client_id"], going.account.id, going.adapter.capabilities.limits
    await rate.take_turn(ctx, client, account, limits, "publish", cost=int(prepared.get(CALLS, 1)))


async def _pack(ctx: Context, going: Going) -> Package:
    """The package as it may go out now; Reconnect, Resting, or Held, also when its account is closed."""
    account = await account_store.account(ctx, going.post["account_id"])
    if account["needs_reconnect"] and account["state"] != "closed":
        raise Reconnect(f"It waits until {account['name']} is connected again; do that under Accounts")
    try:
        open_for_posts(account, now=True)
    except Conflict as closed:
        raise (Held if account["state"] == "closed" else Resting)(closed.detail) from closed
    return await pack(ctx, going.post)


async def _commit(going: Going, package: Package) -> Receipt | None:
    reached("armed")
    try:
        going.arming.in_time()
        receipt = await going.adapter.commit(going.desk, package, going.attempt["remote"])
    except Reconnect as dead:
        async with going.run.context() as ctx:
            await attempts.write(ctx, going.run, going.attempt, "prepare")
        await _park(going, dead)
        return None
    except (Rejected, NeedsPerson) as refused:
        await outcome.stop(going.run, going.attempt, refused)
        await health_note.in_run(going.run, going.account.id, refused)
        return None
    except RetryLater as wait:
        async with going.run.context() as ctx:
            await attempts.write(ctx, going.run, going.attempt, "prepare")
        await _wait(going, wait)
        return None
    except (jobs.RetryLater, Fenced):  # from `in_time` and `arm`
        raise
    except Exception as error:
        raise await _look_later(going, error) from error
    reached("sent")
    return receipt


async def _complete(going: Going) -> Receipt | None:
    """Send what is missing of a post that is out in part. Whatever stops that, nobody takes it for not out: what may
    pass is tried again, and what is refused a person has to see to."""
    try:
        async with going.run.context() as ctx:
            package = await _pack(ctx, going)
            await _take_turn(ctx, going, going.attempt["remote"])
        await going.arm()
        receipt = await going.adapter.commit(going.desk, package, going.attempt["remote"])
    except (Held, Rejected, NeedsPerson) as refused:
        await outcome.ask(going.run, going.attempt, going.account, partly=refused.detail)
        return None
    except (jobs.RetryLater, Fenced):
        raise
    except Exception as error:
        async with going.run.context() as ctx:
            tried = await outcome.now(ctx) - going.attempt["started_at"]
        counts, after = looking.after_rest(going.attempt["remote"], tried, PATIENCE)
        if after is None or (isinstance(error, Unfinished) and error.refused):
            await outcome.ask(going.run, going.attempt, going.account, partly=_words(error))
            return None
        reason = _REST.format(why=_words(error).rstrip(".")) if counts else None
        raise await _look_later(going, error, counts=counts, reason=reason, least=after) from error
    reached("sent")
    return receipt


async def _look_later(
    going: Going, error: Exception, *, counts: dict[str, str] | None = None, reason: str | None = None,
    least: timedelta = timedelta(0),
) -> jobs.RetryLater:  # fmt: skip
    """Note that something may be out, and the start to ask for: it looks before it does anything else."""
    log.warning("post %s: outcome unknown after %s", going.post["id"], type(error).__name__, exc_info=error)
    await outcome.unknown(going.run, going.attempt, _words(error), counts=counts, reason=reason)
    await health_note.in_run(going.run, going.account.id, error)
    after = max(going.adapter.capabilities.settle, timedelta(seconds=1), least)
    if isinstance(error, (RetryLater, Unfinished)):
        after = max(after, error.after)
    return jobs.RetryLater("Looking for the post before anything else", after=after)


async def look(going: Going) -> Receipt | None:
    """After an unknown outcome: find the post, or prove that it is not there, or ask a person."""
    capabilities = going.adapter.capabilities
    # Before the look: what stands still between the two must not make an early look count as a late one.
    since = await attempts.since_armed(going.run, going.attempt)
    answered = True
    try:
        found = await going.adapter.probe(going.desk, going.attempt["marker"])
    except Exception as error:
        log.warning("post %s: could not be looked for", going.post["id"], exc_info=error)
        # Who has to see to the account can look there as well. Everything else is no answer.
        found, answered = "unclear", isinstance(error, NeedsPerson)
    if isinstance(found, Receipt):
        return found
    if isinstance(found, Partly) or (found == "absent" and capabilities.probe == "certain"):
        # Whoever armed it may have begun the call so late, and may still be at it.
        proof = looking.proof(capabilities.settle)
        if since < proof:
            await outcome.unknown(going.run, going.attempt, None)
            raise jobs.RetryLater("It may still turn up", after=proof - since)
        if not going.send:
            await _leave(going, found)
            return None
        if isinstance(found, Partly):
            return await _complete(going)
        going.attempt = await attempts.again(going.run, going.post["id"], going.attempt)
        return await _send(going)
    counts, after = looking.after_look(going.attempt["remote"], since, PATIENCE, answered=answered)
    if after is None:
        await outcome.ask(going.run, going.attempt, going.account)
        return None
    reason = _SILENT.format(account=going.account.name) if since >= PATIENCE and not answered else None
    await outcome.unknown(going.run, going.attempt, None, counts=counts, reason=reason)
    raise jobs.RetryLater("Looking for the post on the account", after=after)


async def _leave(going: Going, found: Partly | Literal["absent"]) -> None:
    """It was stopped and is not out, or a part of it is, which only a person can put right."""
    if found == "absent":
        await outcome.absent(going.run, going.attempt, _NOT_OUT)
    else:
        await outcome.ask(going.run, going.attempt, going.account, partly="its publishing was stopped")


async def _finish(going: Going, receipt: Receipt) -> None:
    remote = {"remote_id": receipt.remote_id, **({"permalink": receipt.permalink} if receipt.permalink else {})}
    async with going.run.context() as ctx:
        await attempts.write(ctx, going.run, going.attempt, "observe", remote=remote)
    reached("received")
    disclosure = await _observe(going, receipt)
    reached("observed")
    await outcome.published(going.run, going.attempt, receipt, disclosure)
    reached("finished")


async def _observe(going: Going, receipt: Receipt) -> dict[str, Any]:
    """What was said about AI and whether it is seen out there. A look that fails never makes a post fail."""
    try:
        async with going.run.context() as ctx:
            package = await pack(ctx, going.post)
        seen = await going.adapter.observe(going.desk, package, receipt)
    except Exception as error:
        log.warning("post %s: could not be looked at", going.post["id"], exc_info=error)
        return {"read_back": None}
    as_meant = {} if seen.as_meant is None else {"as_meant": seen.as_meant}
    sent = {"line": package.disclosure, "label": package.label}
    return {"sent": sent, "read_back": seen.disclosed, **as_meant, **seen.detail}


async def _park(going: Going, dead: Reconnect) -> None:
    if not await outcome.park(going.run, going.attempt, going.account, dead):
        await _wait(going, RetryLater(dead.detail, after=timedelta(minutes=1)))


async def _wait(going: Going, wait: RetryLater) -> None:
    await health_note.in_run(going.run, going.account.id, wait)
    await waiting.to_try_again(going.run, going.post, going.attempt, going.account, wait, patience=PATIENCE)


def _words(error: Exception) -> str:
    if isinstance(error, (RetryLater, Unfinished)):
        return error.detail
    return f"The call ended without an answer ({type(error).__name__})"
