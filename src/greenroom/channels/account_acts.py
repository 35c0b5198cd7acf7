"""What a person does with an account's state: pauses it, lets it rest or post again, takes back what a rule did."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from greenroom.channels import account_moves_store as store
from greenroom.channels import account_store, pace_store, post_store
from greenroom.channels.account_moves import held_back, move, standing
from greenroom.channels.account_states import (
    PASSING,
    POSTING,
    AccountState,
    check_person_moves,
    check_reversal,
    in_words,
)
from greenroom.channels.linking_contracts import AccountMoveForm
from greenroom.channels.linking_news import changed
from greenroom.channels.pacing import begins_again
from greenroom.channels.platforms.registry import adapter_for
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.errors import Conflict, Invalid, Stale
from greenroom.tenancy import facade as tenancy

LONGEST_REST = timedelta(days=366)


async def begin(ctx: Context, account: UUID, *, established: bool) -> None:
    """It was linked just now: its ramp begins today, unless the person said that it is established."""
    before = await account_store.account(ctx, account, lock=True) | {"state": "created"}
    who = ctx.actor.name
    if established:
        await move(ctx, before, "active", by="person", who=who, why=f"Linked by {who} as an established account")
        return
    await _begin_ramp(ctx, account)
    at = await standing(ctx, account)
    why = f"Linked by {who}; a new account begins slowly"
    await move(ctx, before, at.state, by="person", who=who, why=why, until=at.until, phase=at.phase)


async def do(ctx: Context, account: UUID, version: int, form: AccountMoveForm) -> None:
    """Move it as the person wants. Raises Stale, Invalid, and Conflict for a state that is not a person's to end."""
    before = await at_version(ctx, account, version)
    if form.to == "active":
        await resume(ctx, before, form.why)
    elif form.to == "paused":
        await pause(ctx, before, form.why)
    else:
        await rest(ctx, before, form.until, form.why)


async def pause(ctx: Context, before: Row, why: str = "") -> None:
    _check(before, "paused")
    await _by_person(ctx, before, "paused", f"Paused by {ctx.actor.name}", why, "paused")


async def rest(ctx: Context, before: Row, until: datetime | None, why: str = "") -> None:
    """Nothing goes out until then; posts that are due before wait, and later ones can be planned."""
    _check(before, "resting")
    now = await post_store.now(ctx)
    if until is None or not now < until <= now + LONGEST_REST:
        sentence = "Say until when it rests: a time to come, within a year"
        raise Invalid(sentence, fields={"until": sentence})
    await _by_person(ctx, before, "resting", f"{ctx.actor.name} lets it rest", why, "put to rest", until=until)


async def resume(ctx: Context, before: Row, why: str = "") -> None:
    """It posts again. Ending what a rule did is taking it back."""
    if before["state"] in POSTING:
        raise Conflict(f"{before['name']} {in_words(before['state'])} and posts already", state=before["state"])
    _check(before, "active")
    if before["state_by"] == "rule":
        await reverse(ctx, before, why)
        return
    at = await standing(ctx, before["id"])
    await move(
        ctx, before, at.state, by="person", who=ctx.actor.name,
        why=_because(f"{ctx.actor.name} lets it post again", why), until=at.until, phase=at.phase,
    )  # fmt: skip
    await changed(ctx.within(before["client_id"]), before["id"], "resumed", before)


async def reverse(ctx: Context, before: Row, why: str = "") -> None:
    """Take back what a rule did last. A phase of the ramp that was over begins again today."""
    last = await store.newest(ctx, before["id"])
    platform = adapter_for(before["platform"]).capabilities.title
    check_reversal(
        before["name"], platform, before["state"], before["state_reason"], by=before["state_by"],
        who=before["state_who"] or "",
    )  # fmt: skip
    if last is None or (last["was"] in PASSING and before["state"] in POSTING):
        raise Conflict(f"{before['name']} has rested; let it rest again instead", state=before["state"])
    if last["was_phase"] is not None and last["was"] == "ramping" and before["state"] in POSTING:
        await _begin_ramp(ctx, before["id"], last["was_phase"])
    at = await standing(ctx, before["id"])
    await move(
        ctx, before, at.state, by="person", who=ctx.actor.name,
        why=_because(f"{ctx.actor.name} took back what {last['who']} did", why), until=at.until, phase=at.phase,
        reverses=last["id"],
    )  # fmt: skip
    await changed(ctx.within(before["client_id"]), before["id"], "moved back", before)


async def follow_ramp(ctx: Context, before: Row) -> None:
    """Its ramp was begun, moved or ended by the form of its pace: an account that posts shows it in its state."""
    at = await standing(ctx, before["id"])
    last = await store.newest(ctx, before["id"])
    if before["state"] not in POSTING:
        return
    shown = (before["state"], last["phase"] if last else None, before["state_until"])
    if shown == (at.state, at.phase.number if at.phase else None, at.until):
        return
    who = ctx.actor.name
    why = f"{who} put it into phase {at.phase.number} of its ramp" if at.phase else f"{who} ended its ramp"
    await move(ctx, before, at.state, by="person", who=who, why=why, until=at.until, phase=at.phase)


async def at_version(ctx: Context, account: UUID, version: int) -> Row:
    """The account, locked. Raises Stale, NotFound."""
    before = await account_store.account(ctx, account, lock=True)
    if before["version"] != version:
        raise Stale("This account was changed meanwhile; look again")
    return before


async def _by_person(
    ctx: Context, before: Row, to: AccountState, done: str, why: str, what: str, *, until: datetime | None = None
) -> None:
    told = _because(done, why)
    await move(ctx, before, to, by="person", who=ctx.actor.name, why=told, until=until)
    waits = await held_back(ctx, before["id"], until)
    await changed(ctx.within(before["client_id"]), before["id"], what, before, reason=why, more=waits)


async def _begin_ramp(ctx: Context, account: UUID, phase: int = 1) -> None:
    row = await pace_store.pace(ctx, account)
    place = ZoneInfo(await tenancy.client_zone(ctx, row["client_id"]))
    today = (await post_store.now(ctx)).astimezone(place).date()
    await pace_store.write_ramp(ctx, account, begins_again(phase, today))


def _check(before: Row, to: AccountState) -> None:
    platform = adapter_for(before["platform"]).capabilities.title
    check_person_moves(before["name"], platform, before["state"], before["state_reason"], to)


def _because(done: str, why: str) -> str:
    return f"{done}: {why}" if why else done
