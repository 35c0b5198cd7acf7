"""Holds accounts to their pace: what may be planned on a day, what is put off when it is due, and what room is left."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from greenroom.channels import account_store, pace_store
from greenroom.channels import post_store as posts
from greenroom.channels.contracts import DayRoom, PaceChange
from greenroom.channels.pacing import Pace
from greenroom.infra import audit
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.errors import Conflict, Stale
from greenroom.tenancy import facade as tenancy

_A_DAY = timedelta(days=1)
_A_MINUTE = timedelta(minutes=1)

_FAR = timedelta(days=60)
"""How far is looked for a free time."""


async def check_room(ctx: Context, post: UUID, account: UUID, due: datetime) -> None:
    """Conflict, with the next time that is free, when the account may not post then. Lock the account first."""
    row = await pace_store.pace(ctx, account)
    place = ZoneInfo(await tenancy.client_zone(ctx, row["client_id"]))
    pace = pace_of(row)
    day = due.astimezone(place).date()
    begin, end = _span(day, place)
    others = await pace_store.standing(ctx, account, post, begin - _A_DAY, end + _A_DAY)
    cap, used = pace.cap_on(day), _used(others, day, place)
    if used < cap and pace.free_from(due, others) == due:
        return
    if used >= cap:
        phase = pace.phase_on(day)
        ramp = f" in phase {phase.number} of its ramp" if phase else ""
        why = f"{row['name']} has {cap} {'post' if cap == 1 else 'posts'} a day{ramp}, and {day:%-d %B} has them"
    else:
        why = f"{row['name']} keeps {row['minutes_apart']} minutes between two posts"
    free = await next_free(ctx, account, due, post=post)
    if free is None:
        raise Conflict(
            f"{why}; nothing is free for {_FAR.days} days, so change the account's pace",
            fields={"at.wall": "Choose another day"},
        )
    shown = free.astimezone(place)
    raise Conflict(
        f"{why}; the next free time is {shown:%-d %B, %H:%M}",
        fields={"at.wall": f"{shown:%-d %B, %H:%M} is free"},
        free=shown.replace(tzinfo=None).isoformat(timespec="minutes"),
    )


async def next_free(ctx: Context, account: UUID, wanted: datetime, *, post: UUID | None = None) -> datetime | None:
    """The first time, `wanted` or later, at which the account may have one more post; None for two months."""
    row = await pace_store.pace(ctx, account)
    place = ZoneInfo(await tenancy.client_zone(ctx, row["client_id"]))
    others = await pace_store.standing(ctx, account, post, wanted - 2 * _A_DAY, wanted + _FAR)
    pace, last, wall = pace_of(row), wanted + _FAR, wanted.astimezone(place).time()
    while wanted < last:
        day = wanted.astimezone(place).date()
        if _used(others, day, place) >= pace.cap_on(day):
            wanted = datetime.combine(day + _A_DAY, wall, place).astimezone(UTC)
        elif (free := pace.free_from(wanted, others)) == wanted:
            return wanted
        else:
            wanted = free
    return None


async def free_among(ctx: Context, account: UUID, wanted: Sequence[datetime]) -> list[bool]:
    """For each of these times, whether no post stands at it and the account's pace allows one."""
    if not wanted:
        return []
    row = await pace_store.pace(ctx, account)
    place = ZoneInfo(await tenancy.client_zone(ctx, row["client_id"]))
    pace = pace_of(row)
    others = await pace_store.standing(ctx, account, None, min(wanted) - 2 * _A_DAY, max(wanted) + 2 * _A_DAY)

    def free(at: datetime) -> bool:
        day = at.astimezone(place).date()
        room = _used(others, day, place) < pace.cap_on(day) and pace.free_from(at, others) == at
        return room and all(abs(other - at) >= _A_MINUTE for other in others)

    return [free(at) for at in wanted]


async def full(ctx: Context, post: Row) -> str | None:
    """Why the account may have no further post today; None when it may."""
    row = await pace_store.pace(ctx, post["account_id"])
    place = ZoneInfo(await tenancy.client_zone(ctx, row["client_id"]))
    now = await posts.now(ctx)
    today = now.astimezone(place).date()
    cap = pace_of(row).cap_on(today)
    begin = _span(today, place)[0]
    if len(await pace_store.out_since(ctx, post["account_id"], post["id"], begin)) < cap:
        return None
    return f"{row['name']} has had its {cap} for today; give it another day or change the account's pace"


async def wait(ctx: Context, post: Row) -> datetime | None:
    """Until when a post that is due keeps the distance to the account's last one; None when it may go now."""
    row = await pace_store.pace(ctx, post["account_id"])
    apart, now = timedelta(minutes=row["minutes_apart"]), await posts.now(ctx)
    out = await pace_store.out_since(ctx, post["account_id"], post["id"], now - apart)
    return out[-1] + apart if out and apart else None


async def crowded_out(ctx: Context, post: Row, until: datetime, patience: timedelta) -> str | None:
    """Why the post can't be put off until then; None when that is within the distance and `patience` of its time."""
    row = await pace_store.pace(ctx, post["account_id"])
    if until <= post["due_at"] + timedelta(minutes=row["minutes_apart"]) + patience:
        return None
    kept = f"{row['name']} keeps {row['minutes_apart']} minutes between two posts"
    return f"{kept} and had no room in time; give it another time or change the account's pace"


async def rooms(ctx: Context, account: UUID | None, first: date, last: date, zone: str) -> list[DayRoom]:
    """For each account that posts can go to and each day: how many it may have, and how many stand."""
    place = ZoneInfo(zone)
    begin, end = _span(first, place)[0], _span(last, place)[1]
    found = await pace_store.counts(ctx, account, begin, end, zone)
    used = {(row["account_id"], row["day"]): row["posts"] for row in found}
    shown = []
    for one in await account_store.accounts(ctx):
        if one["state"] == "closed" or account not in (None, one["id"]):
            continue
        pace = pace_of(await pace_store.pace(ctx, one["id"]))
        for day in _days(first, last):
            phase = pace.phase_on(day)
            shown.append(
                DayRoom(
                    account_id=one["id"], day=day, cap=pace.cap_on(day), used=used.get((one["id"], day), 0),
                    phase=phase.number if phase else None,
                )
            )  # fmt: skip
    return shown


async def change_pace(ctx: Context, account: UUID, version: int, change: PaceChange) -> None:
    """New bounds for the account's posts; those that are planned already stay. Stale when it changed meanwhile."""
    before = await account_store.account(ctx, account, lock=True)
    if before["version"] != version:
        raise Stale("This account was changed meanwhile; look again")
    old = await pace_store.pace(ctx, account)
    kept = {name: old[name] for name in PaceChange.model_fields} | change.model_dump(exclude_unset=True)
    await pace_store.write_pace(ctx, account, kept)
    await audit.record(
        ctx,
        "account.pace",
        ("account", account),
        before={name: old[name] for name in kept},
        after=kept,
        client=before["client_id"],
    )


def pace_of(row: Row) -> Pace:
    return Pace(row["daily_cap"], timedelta(minutes=row["minutes_apart"]), row["ramp_from"])


def _span(day: date, place: ZoneInfo) -> tuple[datetime, datetime]:
    """From the day's beginning to the next one's; 23 to 25 hours."""
    return datetime.combine(day, time(0), place), datetime.combine(day + _A_DAY, time(0), place)


def _used(others: Iterable[datetime], day: date, place: ZoneInfo) -> int:
    begin, end = _span(day, place)
    return sum(begin <= at < end for at in others)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += _A_DAY
