"""How a publication ends, or stays open: the post's state, the attempt's outcome and the news of it, together."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from greenroom.channels import account_store, attempts, login_state, looking, pace_store
from greenroom.channels import post_store as store
from greenroom.channels.account_states import POSTING
from greenroom.channels.contracts import Account, Resolution
from greenroom.channels.errors import Held, Reconnect, Resting
from greenroom.channels.platforms.adapter import Receipt
from greenroom.channels.platforms.registry import adapter_for
from greenroom.channels.posts import locked
from greenroom.channels.states import State, step
from greenroom.infra import audit, events
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.infra.events import Severity
from greenroom.infra.jobs import JobRun
from greenroom.kit.errors import Conflict, Problem

_SERVER_DOWN = timedelta(minutes=5)
"""How long a post waits when not its account but its server is to blame."""

NOBODY_KNOWS = "It may be out or not. Greenroom is looking for it and does nothing else meanwhile"


async def now(ctx: Context) -> datetime:
    return await store.now(ctx)


async def state(ctx: Context, post: UUID) -> str:
    found: str = (await store.by_id(ctx, post))["state"]
    return found


# What a run says of its attempt counts while the attempt is its own: each of these raises Overtaken otherwise, and
# then nothing has changed.


async def published(run: JobRun, attempt: Row, receipt: Receipt, disclosure: dict[str, Any]) -> None:
    async with run.context() as ctx:
        row = await _post_of(ctx, run, attempt)
        at = await store.now(ctx)
        await _publish(ctx, row, at, receipt, disclosure)
        await attempts.write(ctx, run, attempt, "finish")
        await store.end_attempt(ctx, attempt["id"], "published")


async def stop(run: JobRun, attempt: Row, why: Problem) -> None:
    """It did not go out, and will not by itself: held when its content has to be approved again, else failed."""
    held = isinstance(why, Held)
    async with run.context() as ctx:
        row = await _post_of(ctx, run, attempt)
        await store.end_attempt(ctx, attempt["id"], "held" if held else "failed", why.detail)
        await fail(ctx, row, why.detail, to="draft" if held else "failed")


async def absent(run: JobRun, attempt: Row, why: str) -> None:
    """It was proved not to be there, and is not to be sent any more."""
    async with run.context() as ctx:
        row = await _post_of(ctx, run, attempt)
        await store.end_attempt(ctx, attempt["id"], "absent", "Looked for it: it is not there")
        await fail(ctx, row, why)


async def park(run: JobRun, attempt: Row, account: Account, why: Reconnect) -> bool:
    """The account's login is dead: the post waits, scheduled, until that is mended, and the late policy holds.

    False, and it waits for nothing, when the login is not dead: its server is down for many, or the account (`account`:
    as the run began with it) was reconnected since.
    """
    async with run.context() as ctx:
        await locked(ctx, attempt["post_id"])
        row = await _post_of(ctx, run, attempt)
        present = await account_store.account(ctx, account.id)
        if not present["needs_reconnect"] and present["linked_at"] == account.linked_at:
            if await login_state.note(ctx, account, why):
                await pace_store.write_not_before(ctx, row["id"], await store.now(ctx) + _SERVER_DOWN)
            present = await account_store.account(ctx, account.id)
        if not present["needs_reconnect"]:
            return False
        await _wait_for_account(ctx, row, attempt, why.detail)
        return True


async def rest(run: JobRun, attempt: Row, why: Resting) -> bool:
    """The account takes no posts just now, and nothing was sent: the post waits, scheduled, until it does, and the
    late policy holds. False, and it waits for nothing, when it takes posts again."""
    async with run.context() as ctx:
        account = (await locked(ctx, attempt["post_id"]))["account_id"]
        row = await _post_of(ctx, run, attempt)
        if (await account_store.account(ctx, account))["state"] in POSTING:
            return False
        await _wait_for_account(ctx, row, attempt, why.detail)
        return True


async def _wait_for_account(ctx: Context, row: Row, attempt: Row, why: str) -> None:
    await store.end_attempt(ctx, attempt["id"], "held", why)
    await store.write_state(ctx, row["id"], step(row["state"], "scheduled"), why)
    await tell(ctx, row, "channels.post.held", "warning", f"“{row['title']}” waits. {why}")


async def missed(run: JobRun, attempt: Row, why: str) -> None:
    """It is too late for it; a person gives it another time or sends it now."""
    async with run.context() as ctx:
        row = await _post_of(ctx, run, attempt)
        await store.end_attempt(ctx, attempt["id"], "failed", why)
        await miss(ctx, row, why)


async def miss(ctx: Context, row: Row, reason: str) -> None:
    await store.write_state(ctx, row["id"], step(row["state"], "missed"), reason)
    await tell(ctx, row, "channels.post.missed", "warning", f"“{row['title']}” was missed. {reason}")


async def skip(ctx: Context, row: Row, reason: str) -> None:
    await store.write_state(ctx, row["id"], step(row["state"], "cancelled"), f"Skipped by its schedule. {reason}")
    await tell(ctx, row, "channels.post.skipped", "info", f"“{row['title']}” was skipped. {reason}")


async def fail(ctx: Context, row: Row, reason: str, *, to: State = "failed") -> None:
    await store.write_state(ctx, row["id"], step(row["state"], to), reason)
    kind = "channels.post.held" if to == "draft" else "channels.post.failed"
    await tell(ctx, row, kind, "warning" if to == "draft" else "error", f"“{row['title']}” did not go out. {reason}")


async def still_out(ctx: Context, row: Row, why: str) -> None:
    """Taking it down did not work; it stays published, and says so."""
    reason = f"It could not be taken down and is still out: {why.rstrip('.')}. Take it down again or delete it there"
    await store.write_state(ctx, row["id"], "published", reason)
    await tell(ctx, row, "channels.post.still_out", "error", f"“{row['title']}”: {reason}")


async def seen_gone(ctx: Context, row: Row) -> None:
    """The published, locked post is not on its platform any more, and it was not us who took it down."""
    reason = f"It is not on {row['account_name']} any more: it was deleted there"
    await store.write_state(ctx, row["id"], step(row["state"], "removed"), reason)
    await tell(ctx, row, "channels.post.removed", "warning", f"“{row['title']}”: {reason}")


async def unknown(
    run: JobRun, attempt: Row, error: str | None, *, counts: dict[str, str] | None = None, reason: str | None = None
) -> None:
    """Nobody knows whether it is out; it is being looked for. `counts`: of tries, by `looking`; `reason`: what to say
    of it from now on."""
    async with run.context() as ctx:
        row = await _post_of(ctx, run, attempt)
        if error is not None:
            await store.note_error(ctx, attempt["id"], error)
        if counts:
            await store.note_tries(ctx, attempt["id"], counts)
        await look_for(ctx, row)
        if reason is not None and reason != row["state_reason"]:
            await store.write_state(ctx, row["id"], "unknown", reason)


async def look_for(ctx: Context, row: Row) -> None:
    """Say that the locked post is being looked for, unless that was said already."""
    if row["state"] == "publishing":
        await store.write_state(ctx, row["id"], step("publishing", "unknown"), NOBODY_KNOWS)
        await tell(ctx, row, "channels.post.unknown", "warning", f"“{row['title']}”: {NOBODY_KNOWS}")


async def ask(run: JobRun, attempt: Row, account: Account, *, partly: str = "") -> None:
    """Looking did not help; a person has to. `partly`: why no more than a part of it went out."""
    async with run.context() as ctx:
        await leave_to_person(ctx, await _post_of(ctx, run, attempt), account.name, partly=partly)


async def leave_to_person(ctx: Context, row: Row, account: str, *, partly: str = "") -> None:
    reason = f"It could not be found out whether it is out. Look on {account} and say here what you see"
    if partly:
        why = partly.rstrip(".")
        reason = f"A part of it went out: {why}. Complete or delete it on {account} and say here what you see"
    if row["state"] != "unknown":
        step(row["state"], "unknown")
    await store.write_state(ctx, row["id"], "unknown", reason)
    await tell(ctx, row, "channels.post.unknown", "error", f"“{row['title']}”: {reason}")


async def resolve(ctx: Context, post: UUID, seen: Resolution) -> None:
    """A person looked and says whether it is out; Conflict when nobody asked."""
    row = await store.by_id(ctx, post, lock=True)
    if row["state"] != "unknown":
        raise Conflict("The outcome of this post is known; there is nothing to settle", state=row["state"])
    attempt = await store.live_attempt(ctx, post)
    if seen.published:
        remote = attempt["remote"] if attempt else {}
        receipt = Receipt(remote.get("remote_id", ""), seen.permalink or remote.get("permalink"))
        at = (attempt and attempt["armed_at"]) or await store.now(ctx)
        await _publish(ctx, row, at, receipt, {"read_back": None, "seen_by": str(ctx.actor)})
    else:
        await _no_call_arrives(ctx, row, attempt)
        await fail(ctx, row, "A person looked and it is not there; publish it again or cancel it")
    if attempt is not None:
        await store.end_attempt(ctx, attempt["id"], "published" if seen.published else "absent", "Settled by a person")


async def _no_call_arrives(ctx: Context, row: Row, attempt: Row | None) -> None:
    """Conflict while a call that was begun may still reach the platform: what is not there yet may be soon."""
    if attempt is None or attempt["armed_at"] is None:
        return
    certain = attempt["armed_at"] + looking.proof(adapter_for(row["platform"]).capabilities.settle)
    if await store.now(ctx) < certain:
        raise Conflict(f"It may still turn up on {row['account_name']}; look again after {certain:%H:%M:%S} UTC")


async def _post_of(ctx: Context, run: JobRun, attempt: Row) -> Row:
    """The attempt's post, locked; Overtaken when the attempt is not this run's."""
    row = await store.by_id(ctx, attempt["post_id"], lock=True)
    await attempts.own(ctx, run, attempt)
    return row


async def _publish(ctx: Context, row: Row, at: datetime, receipt: Receipt, disclosure: dict[str, Any]) -> None:
    links = await account_store.active_links(ctx, row["account_id"], at)
    await store.write_published(
        ctx,
        row["id"],
        remote_id=receipt.remote_id,
        permalink=receipt.permalink,
        at=at,
        disclosure=disclosure,
        links=[{"id": str(link["id"]), "title": link["title"], "address": link["address"]} for link in links],
    )
    reason = None
    if disclosure.get("read_back") is False:
        reason = "The line that says it is AI could not be read back; look at the post"
    elif disclosure.get("as_meant") is False:
        reason = "It does not say there what was meant, perhaps from an earlier try; look at the post"
    await store.write_state(ctx, row["id"], step(row["state"], "published"), reason)
    message = f"“{row['title']}” is published on {row['account_name']}"
    await tell(
        ctx,
        row,
        "channels.post.published",
        "warning" if reason else "info",
        f"{message}. {reason}" if reason else message,
        permalink=receipt.permalink,
    )


async def tell(ctx: Context, row: Row, kind: str, severity: Severity, message: str, **data: Any) -> None:
    """The news of what became of a post (`row`: as it was), and its entry in the trail."""
    await events.emit(
        ctx,
        kind,
        subject=("post", row["id"]),
        client=row["client_id"],
        severity=severity,
        message=message,
        data={"content": str(row["content_id"]), "account": str(row["account_id"]), **data},
    )
    await _record(ctx, row, kind.removeprefix("channels."))


async def _record(ctx: Context, before: Row, action: str) -> None:
    """What became of a post by itself, with the person who decided about it last. What people do with a post is the
    planner's to record; what follows for others, of a schedule that goes on, is not."""
    if ctx.actor.kind == "user" and action not in ("post.missed", "post.skipped"):
        return
    after = await store.by_id(ctx, before["id"])
    decided_by = await audit.last_person(ctx, before["id"])
    await audit.record(
        ctx,
        action,
        ("post", before["id"]),
        before={"state": before["state"], "permalink": before["permalink"]},
        after={"state": after["state"], "permalink": after["permalink"], "decided_by": decided_by},
        client=before["client_id"],
        reason=after["state_reason"] or "",
    )
