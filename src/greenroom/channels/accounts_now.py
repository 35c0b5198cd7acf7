"""Accounts as they stand now: what each may post today and next, and how healthy it is. A few questions for all."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from greenroom.channels import account_store, health_store, pace_store, post_store
from greenroom.channels.account_states import PASSING, POSTING
from greenroom.channels.allowance import within_limits
from greenroom.channels.contracts import AccountNow, AccountPace, DayRoom, Health, HealthReason, Ramp, RampPhase
from greenroom.channels.health import Trouble, health_of
from greenroom.channels.pace import pace_of
from greenroom.channels.pacing import RAMP, used_on
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.tenancy import facade as tenancy

AHEAD = timedelta(days=14)
"""How far a free time is looked for."""

OUTAGE_SHOWN = timedelta(hours=1)


async def list_accounts(
    ctx: Context, *, after: tuple[str, UUID] | None = None, limit: int | None = None
) -> list[AccountNow]:
    """All that the caller sees but those that were unlinked, by name: those `after` a name and id, so many."""
    return await _as_now(ctx, await account_store.accounts(ctx, after=after, limit=limit))


async def account_now(ctx: Context, account: UUID) -> AccountNow:
    """Raises NotFound."""
    (found,) = await _as_now(ctx, [await account_store.account(ctx, account)])
    return found


async def _as_now(ctx: Context, rows: Sequence[Row]) -> list[AccountNow]:
    ids = [row["id"] for row in rows]
    now = await post_store.now(ctx)
    zones = {client: ZoneInfo(await tenancy.client_zone(ctx, client)) for client in {row["client_id"] for row in rows}}
    last = {row["account_id"]: row["at"] for row in await account_store.last_posts(ctx)}
    held_to = {row["id"]: row for row in await pace_store.paces(ctx, ids[0] if len(ids) == 1 else None)}
    standing = await pace_store.standing_of(ctx, ids, now - timedelta(days=2), now + AHEAD + timedelta(days=1))
    times = {row["account_id"]: row["times"] for row in standing}
    troubles: dict[UUID, list[Row]] = {}
    for one in await health_store.troubles(ctx, ids, now):
        troubles.setdefault(one["account_id"], []).append(one)
    paces = {
        row["id"]: _pace(row, held_to[row["id"]], times.get(row["id"], []), zones[row["client_id"]], now)
        for row in rows
    }
    most = await _within_limits(ctx, paces)
    return [
        AccountNow(
            **_without_old_outage(row, now),
            last_posted_at=last.get(row["id"]),
            pace=paces[row["id"]].model_copy(update={"cap_today": most.get(row["id"], paces[row["id"]].cap_today)}),
            health=_health(troubles.get(row["id"], []), now),
            reversible=row["state_by"] == "rule",
        )
        for row in rows
    ]


async def _within_limits(ctx: Context, paces: Mapping[UUID, AccountPace]) -> dict[UUID, int]:
    """The caps of today, none larger than what the platform takes of the account."""
    today = [
        DayRoom(account_id=account, day=pace.today, cap=pace.cap_today, used=pace.used_today, phase=None)
        for account, pace in paces.items()
    ]
    return {room.account_id: room.cap for room in await within_limits(ctx, today)}


def _without_old_outage(row: Row, now: datetime) -> Row:
    """An outage is told of for an hour after its last sign: nobody may have asked its server since."""
    at = row["server_down_at"]
    return row | {"server_down_at": at if at and now - at < OUTAGE_SHOWN else None}


def _pace(account: Row, held_to: Row, times: Sequence[datetime], place: ZoneInfo, now: datetime) -> AccountPace:
    pace, today = pace_of(held_to), now.astimezone(place).date()
    phase, ends = pace.phase_on(today), pace.phase_ends(today)
    ramp = None
    if phase is not None and ends is not None and pace.ramp_from is not None:
        day = max(0, (today - pace.ramp_from).days) + 1
        phases = tuple(RampPhase(number=one.number, days=one.days, posts=one.posts) for one in RAMP)
        ramp = Ramp(phase=phase.number, day=day, ends=ends, phases=phases)
    state, until = account["state"], account["state_until"]
    free = None
    if not account["needs_reconnect"] and (state in POSTING or (state in PASSING and until is not None)):
        begin = now if state in POSTING else max(now, until)
        free = pace.next_free(begin, times, place, last=now + AHEAD)
    return AccountPace(
        zone=place.key,
        today=today,
        daily_cap=pace.daily_cap,
        minutes_apart=held_to["minutes_apart"],
        ramp_from=pace.ramp_from,
        ramp=ramp,
        cap_today=pace.cap_on(today),
        used_today=used_on(times, today, place),
        free_now=free == now,
        next_free_at=None if free == now else free,
    )


def _health(rows: Sequence[Row], now: datetime) -> Health:
    found = health_of([Trouble(row["kind"], row["at"]) for row in rows], now)
    reasons = tuple(
        HealthReason(kind=one.kind, words=one.words, points=one.points, count=one.count, last_at=one.last_at)
        for one in found.reasons
    )
    return Health(score=found.score, reasons=reasons)
