"""Moves an account from one state to another: by a person, a rule or its platform, and writes down who and why."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from greenroom.channels import account_moves_store as store
from greenroom.channels import account_store, pace_store, post_store
from greenroom.channels.account_states import PLATFORMS_OWN, POSTING, AccountState, MovedBy, in_words
from greenroom.channels.contracts import AccountMove
from greenroom.channels.pace import pace_of
from greenroom.channels.pacing import Phase, day_span
from greenroom.infra import audit, events
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.ids import uuid7
from greenroom.tenancy import facade as tenancy

QUIET: frozenset[AccountState] = frozenset({"created", "ramping", "active"})
"""States that need no reason to be shown beside the account's name."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an account that nothing keeps from posting stands: in a phase of its ramp until then, or active."""

    state: AccountState
    phase: Phase | None
    until: datetime | None


async def list_moves(ctx: Context, account: UUID, after: tuple[datetime, UUID] | None, most: int) -> list[AccountMove]:
    """The account's moves, the newest first. Raises NotFound."""
    await account_store.account(ctx, account)
    return [AccountMove(**row) for row in await store.moves(ctx, account, after, most)]


async def move(
    ctx: Context,
    before: Row,
    to: AccountState,
    *,
    by: MovedBy,
    who: str,
    why: str,
    until: datetime | None = None,
    phase: Phase | None = None,
    reverses: UUID | None = None,
) -> None:
    """Put the account, which the caller has locked as `before`, into that state, and keep it in its history."""
    last = await store.newest(ctx, before["id"])
    now = {"state": to, "by": by, "who": who[:200], "until": until}
    await store.write_move(ctx, before["id"], {**now, "reason": None if to in QUIET else why[:1000]})
    await store.insert_move(
        ctx,
        before["client_id"],
        before["id"],
        {
            **now,
            "id": uuid7(),
            "was": before["state"],
            "was_phase": last["phase"] if last else None,
            "phase": phase.number if phase else None,
            "actor": ctx.actor.id,
            "why": why[:1000],
            "reverses": reverses,
        },
    )


async def by_rule(
    ctx: Context, before: Row, to: AccountState, rule: str, why: str, *, until: datetime | None = None,
    phase: Phase | None = None,
) -> None:  # fmt: skip
    """As `move`, and tell people: loudly when posts have to wait now."""
    await move(ctx, before, to, by="rule", who=rule, why=why, until=until, phase=phase)
    await _tell(ctx, before, to, why, until, loud=to not in POSTING)


async def by_platform(ctx: Context, before: Row, to: AccountState, why: str) -> None:
    """The platform said so itself; nobody here can take it back."""
    await move(ctx, before, to, by="platform", who=before["platform"].capitalize(), why=why)
    await _tell(ctx, before, to, why, None, loud=to not in POSTING, severe=True)


async def let_in(ctx: Context, account: UUID) -> None:
    """The platform let us in again: what it had done to the account is over."""
    before = await account_store.account(ctx, account, lock=True)
    if before["state"] not in PLATFORMS_OWN:
        return
    at = await standing(ctx, account)
    who = before["platform"].capitalize()
    await move(
        ctx, before, at.state, by="platform", who=who, why=f"{who} let us in again", until=at.until, phase=at.phase
    )


async def standing(ctx: Context, account: UUID) -> Standing:
    """What the account is when nothing keeps it from posting: still in its ramp, or active."""
    row = await pace_store.pace(ctx, account)
    place = ZoneInfo(await tenancy.client_zone(ctx, row["client_id"]))
    today = (await post_store.now(ctx)).astimezone(place).date()
    phase, ends = pace_of(row).phase_on(today), pace_of(row).phase_ends(today)
    if phase is None or ends is None:
        return Standing("active", None, None)
    return Standing("ramping", phase, day_span(ends, place)[0])


async def held_back(ctx: Context, account: UUID, until: datetime | None) -> str:
    """How many posts wait because of its state, as the end of a sentence; nothing when none does."""
    count = await store.waiting(ctx, account, until)
    if count == 0:
        return ""
    return f". {'1 post waits' if count == 1 else f'{count} posts wait'} for it in the next 7 days"


async def _tell(
    ctx: Context, before: Row, to: AccountState, why: str, until: datetime | None, *, loud: bool, severe: bool = False
) -> None:
    waits = await held_back(ctx, before["id"], until) if loud else ""
    await events.emit(
        ctx, "channels.account.moved", subject=("account", before["id"]), client=before["client_id"],
        severity="error" if loud and severe else "warning" if loud else "info",
        message=f"{before['name']} {in_words(to)}: {why.rstrip('.')}{waits}",
        data={"was": before["state"], "state": to},
    )  # fmt: skip
    await audit.record(
        ctx, "account.moved", ("account", before["id"]), client=before["client_id"], reason=why,
        before={"state": before["state"]}, after={"state": to},
    )  # fmt: skip
