"""Holds accounts to their pace: what may be planned on a day, what is put off when it is due, and what room is left."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from greenroom.channels import pace_store
from greenroom.channels import post_store as posts
from greenroom.channels.account_states import PASSING, in_words
from greenroom.channels.contracts import DayRoom
from greenroom.channels.pacing import Pace, day_span, used_on
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.errors import Conflict
from greenroom.tenancy import facade as tenancy

_A_DAY = timedelta(days=1)
_A_MINUTE = timedelta(minutes=1)

_FAR = timedelta(days=60)
"""How far is looked for a free time."""


async def check_room(ctx: Context, post: UUID, account: UUID, due: datetime) -> None:
    """Conflict, with the next time that is free, when the account may not post then. Lock the account first."""
    row = await pace_store.pace(ctx, account)
    place = ZoneInfo(await tenancy.client_zone(ctx, row["client_id"]))
    pace, rests = pace_of(row), _rests_until(row)
    day = due.astimezone(place).date()
    begin, end = day_span(day, place)
    others = await pace_store.standing(ctx, account, post, begin - _A_DAY, end + _A_DAY)
    cap, used = pace.cap_on(day), used_on(others, day, place)
    resting = rests is not None and due < rests
    if not resting and used < cap and pace.free_from(due, others) == due:
        return
    if rests is not None and resting:
        why = f"{row['name']} {in_words(row['state'])} until {rests.astimezone(place):%-d %B, %H:%M}"
    elif used >= cap:
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
    wanted = max(wanted, _rests_until(row) or wanted)
    place = ZoneInfo(await tenancy.client_zone(ctx, row["client_id"]))
    others = await pace_store.standing(ctx, account, post, wanted - 2 * _A_DAY, wanted + _FAR)
    return pace_of(row).next_free(wanted, others, place, last=wanted + _FAR)


async def free_among(ctx: Context, account: UUID, wanted: Sequence[datetime]) -> list[bool]:
    """For each of these times, whether no post stands at it, the account rests no more and its pace allows one."""
    if not wanted:
        return []
    row = await pace_store.pace(ctx, account)
    place = ZoneInfo(await tenancy.client_zone(ctx, row["client_id"]))
    pace, rests = pace_of(row), _rests_until(row)
    others = await pace_store.standing(ctx, account, None, min(wanted) - 2 * _A_DAY, max(wanted) + 2 * _A_DAY)

    def free(at: datetime) -> bool:
        if rests is not None and at < rests:
            return False
        day = at.astimezone(place).date()
        room = used_on(others, day, place) < pace.cap_on(day) and pace.free_from(at, others) == at
        return room and all(abs(other - at) >= _A_MINUTE for other in others)

    return [free(at) for at in wanted]


async def full(ctx: Context, post: Row) -> str | None:
    """Why the account may have no further post today; None when it may."""
    row = await pace_store.pace(ctx, post["account_id"])
    place = ZoneInfo(await tenancy.client_zone(ctx, row["client_id"]))
    now = await posts.now(ctx)
    today = now.astimezone(place).date()
    cap = pace_of(row).cap_on(today)
    begin = day_span(today, place)[0]
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


async def rooms(ctx: Context, account: UUID | None, first: date, last: date) -> list[DayRoom]:
    """For each account that posts can go to and each day, as its client's clock counts it: how many it may have, and
    how many stand."""
    accounts = [row for row in await pace_store.paces(ctx, account) if row["state"] != "closed"]
    zones = {client: await tenancy.client_zone(ctx, client) for client in {row["client_id"] for row in accounts}}
    found = await pace_store.counts(ctx, account, first, last, zones)
    used = {(row["account_id"], row["day"]): row["posts"] for row in found}
    shown = []
    for row in accounts:
        pace = pace_of(row)
        for day in _days(first, last):
            phase = pace.phase_on(day)
            shown.append(
                DayRoom(
                    account_id=row["id"], day=day, cap=pace.cap_on(day), used=used.get((row["id"], day), 0),
                    phase=phase.number if phase else None,
                )
            )  # fmt: skip
    return shown


def _rests_until(row: Row) -> datetime | None:
    """When a state that the account is in passes by itself, to the next full minute; None when it is in none."""
    if row["state"] not in PASSING or row["state_until"] is None:
        return None
    until: datetime = row["state_until"]
    full = until.replace(second=0, microsecond=0)
    return full if full == until else full + _A_MINUTE


def pace_of(row: Row) -> Pace:
    return Pace(row["daily_cap"], timedelta(minutes=row["minutes_apart"]), row["ramp_from"])


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += _A_DAY
