"""What platforms take on a day, seen in advance: from the documents, and for today from what is left of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from greenroom.channels import account_store, allowance_store
from greenroom.channels import post_store as posts
from greenroom.channels.contracts import DayRoom
from greenroom.channels.platforms.registry import adapters
from greenroom.channels.rate import Limit
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.tenancy import facade as tenancy

_A_DAY = timedelta(days=1)
_FOR_A_POST = ("publish", "upload")


async def within_limits(ctx: Context, rooms: Sequence[DayRoom]) -> list[DayRoom]:
    """The same rooms, none of them larger than what its platform takes on that day."""
    accounts = {row["id"]: row for row in await account_store.accounts(ctx)}
    known = {one.capabilities.platform: one.capabilities.limits for one in adapters()}
    limits = {
        account: [one for one in known.get(row["platform"], ()) if one.operation in _FOR_A_POST]
        for account, row in accounts.items()
    }
    most = {account: in_a_day(found) for account, found in limits.items() if found}
    today = {
        account: await _today(ctx, accounts[account], limits[account], rows)
        for account, rows in (await _touched(ctx, list(most))).items()
    }
    return [_bounded(room, most.get(room.account_id), today.get(room.account_id)) for room in rooms]


def in_a_day(limits: Iterable[Limit]) -> int:
    """Posts that the limits leave room for in a day."""
    return min(int(limit.most * (_A_DAY / limit.per) / limit.cost) for limit in limits)


def _bounded(room: DayRoom, most: int | None, today: tuple[datetime, int] | None) -> DayRoom:
    bounds = [room.cap]
    if most is not None:
        bounds.append(most)
    if today is not None and today[0].date() == room.day:
        bounds.append(today[1])
    return room.model_copy(update={"cap": min(bounds)})


async def _touched(ctx: Context, accounts: list[UUID]) -> dict[UUID, dict[str, Row]]:
    """By account, the buckets that are not simply full."""
    found: dict[UUID, dict[str, Row]] = {}
    for row in await allowance_store.levels(ctx, accounts):
        if row["closed"] or row["level"] < row["capacity"]:
            found.setdefault(row["account_id"], {})[row["operation"]] = row
    return found


async def _today(ctx: Context, account: Row, limits: Iterable[Limit], rows: Mapping[str, Row]) -> tuple[datetime, int]:
    """Now on the client's wall, and how many posts today may come to: those that are out, and those still left."""
    place = ZoneInfo(await tenancy.client_zone(ctx, account["client_id"]))
    now = (await posts.now(ctx)).astimezone(place)
    begin = datetime.combine(now.date(), time(0), place)
    end = datetime.combine(now.date() + _A_DAY, time(0), place)
    seconds = (end.astimezone(UTC) - now.astimezone(UTC)).total_seconds()
    left = []
    for limit in limits:
        closed = max((rows[name]["closed"] for name in {limit.kept_as, limit.operation} & set(rows)), default=0.0)
        level = rows[limit.kept_as]["level"] if limit.kept_as in rows else float(limit.most)
        left.append(0 if closed >= seconds else int((level + limit.refill * seconds) / limit.cost))
    return now, await allowance_store.out_between(ctx, account["id"], begin, end) + min(left)
