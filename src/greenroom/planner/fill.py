"""Filling the calendar from a schedule: its times of the next two weeks are compared with its posts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from uuid import UUID
from zoneinfo import ZoneInfo

from greenroom.channels import facade as channels
from greenroom.infra import audit, events
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.errors import Problem
from greenroom.planner import schedule_store as store
from greenroom.planner.fitting import Fitting, fitting_of
from greenroom.planner.occurrences import Occurrence, Plan, occurrences
from greenroom.planner.once import note_of, once
from greenroom.planner.schedule_read import draft_of, plan_of
from greenroom.planner.when import instant, place_of

AHEAD = timedelta(days=14)
"""How far ahead posts are made."""

AT_ONCE = 40
"""Posts made in one transaction; the tick goes on with the rest."""

_AGAIN = 600
"""Seconds until the tick looks at a schedule again."""

_CHANGED = "Its schedule was changed"
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Filled:
    made: int
    more: bool


async def fill(ctx: Context, schedule: UUID, *, most: int = AT_ONCE) -> Filled:
    """Make the posts that lack, move and take back those whose times changed. Doing it twice changes nothing.

    The schedule is locked, so whoever fills at the same moment comes after and finds the posts there.
    """
    row = await store.schedule(ctx, schedule, lock=True)
    if row["state"] in ("paused", "cancelled"):
        return Filled(0, more=False)
    ctx = ctx.within(row["client_id"])
    plan = await plan_of(ctx, row["client_id"], draft_of(row))
    place = place_of(plan.draft.zone)
    now = await channels.database_now(ctx)
    await channels.lock_accounts(ctx, row["accounts"])
    wanted = {(one.account, one.key): one for one in due_between(plan, place, now, now + AHEAD)}
    posts = await channels.of_schedule(ctx, schedule)
    for post in posts:
        await _follow(ctx, plan, place, now, post, wanted.get((post["account_id"], post["occurrence"])))
    posts = await channels.of_schedule(ctx, schedule)
    there = {(post["account_id"], post["occurrence"]) for post in posts}
    lacking = [one for key, one in wanted.items() if key not in there]
    fitting = await fitting_of(ctx, plan, posts)
    made, gaps, left = await _make(ctx, row, plan, place, lacking, fitting, most)
    await _tell_gaps(ctx, row, gaps)
    state = _state(plan, place, now)
    await store.filled(ctx, schedule, state, seconds=0 if left else _AGAIN)
    if made:
        await _tell_made(ctx, row, made)
    return Filled(len(made), more=bool(left))


async def withdraw_all(ctx: Context, schedule: UUID, *, moved: bool = False) -> None:
    """Take back the schedule's posts that wait; with `moved` also those that a person gave another time."""
    await channels.lock_accounts(ctx, (await store.schedule(ctx, schedule))["accounts"])
    now = await channels.database_now(ctx)
    for post in await channels.of_schedule(ctx, schedule):
        if moved or (_untouched(post) and post["due_at"] and post["due_at"] > now):
            await channels.withdraw(ctx, post["id"], _CHANGED)


def due_between(plan: Plan, place: ZoneInfo, after: datetime, until: datetime) -> Iterator[Occurrence]:
    """The times after `after` and up to `until`, both instants."""
    return takewhile(lambda one: instant(one.wall, place) <= until, from_now(plan, place, after))


def from_now(plan: Plan, place: ZoneInfo, now: datetime) -> Iterator[Occurrence]:
    """The times after `now`, an instant, in the order in which they come. Endless when the schedule is."""
    # A wall time and its instant are never a day apart, so this sees all of them, in whatever order clocks put them.
    begin = now.astimezone(place).replace(tzinfo=None) - _A_DAY
    return (one for one in once(occurrences(plan, begin), place) if instant(one.wall, place) > now)


async def _follow(
    ctx: Context, plan: Plan, place: ZoneInfo, now: datetime, post: Row, wanted: Occurrence | None
) -> None:
    """What waits follows its time, or is taken back when that is no more; what a person moved stays."""
    if not _untouched(post) or post["due_at"] is None or post["due_at"] <= now:
        return
    if wanted is None:
        await channels.withdraw(ctx, post["id"], _CHANGED)
    elif (wanted.wall, place.key) != (post["wall_time"], post["zone"]):
        try:
            async with ctx.db.savepoint():
                await _put(ctx, post["id"], place, wanted)
        except Problem:
            # Its new time is taken; the time is filled anew, or becomes a gap that says why.
            await channels.withdraw(ctx, post["id"], _CHANGED)


async def _make(
    ctx: Context, row: Row, plan: Plan, place: ZoneInfo, lacking: list[Occurrence], fitting: Fitting, most: int
) -> tuple[list[UUID], list[dict[str, object]], int]:
    """The posts made, the times that stay empty with why, and how many times were left for later."""
    made: list[UUID] = []
    gaps: list[dict[str, object]] = []
    for number, one in enumerate(lacking):
        if len(made) >= most:
            return made, gaps, len(lacking) - number
        gap = {"account": one.account, "key": one.key, "wall": one.wall}
        content = await fitting.content(ctx, one)
        if content is None:
            gaps.append({**gap, "reason": fitting.why_none(one)})
            continue
        try:
            async with ctx.db.savepoint():
                due = channels.Due(one.wall, place.key, instant(one.wall, place), note_of(one, place))
                by = channels.MadeBy(row["id"], one.key)
                post = await channels.add_scheduled(
                    ctx, content, one.account, due, again=plan.draft.repeat_queue, by=by
                )
        except Problem as refused:
            gaps.append({**gap, "reason": refused.detail[:1000]})
        else:
            fitting.take(one, content.id)
            made.append(post)
    return made, gaps, 0


async def _put(ctx: Context, post: UUID, place: ZoneInfo, one: Occurrence) -> None:
    await channels.schedule(
        ctx, post, wall=one.wall, zone=place.key, due=instant(one.wall, place), note=note_of(one, place)
    )
    await channels.remark(ctx, post, one.wall)


def _untouched(post: Row) -> bool:
    """Waits where its schedule put it."""
    return post["state"] in ("draft", "approved", "scheduled") and post["wall_time"] == post["occurrence_wall"]


def _state(plan: Plan, place: ZoneInfo, now: datetime) -> str:
    wall = now.astimezone(place).replace(tzinfo=None)
    if plan.draft.kind != "slots" and next(occurrences(plan, wall), None) is None:
        return "completed"
    return "pending" if plan.draft.start > wall else "active"


async def _tell_gaps(ctx: Context, row: Row, gaps: list[dict[str, object]]) -> None:
    """Write down the times that stay empty, and tell of those that are new, once."""
    before = {(gap["account_id"], gap["occurrence"]) for gap in await store.gaps(ctx, [row["id"]])}
    new = [gap for gap in gaps if (gap["account"], gap["key"]) not in before]
    await store.write_gaps(ctx, row["client_id"], row["id"], gaps)
    if new:
        many = "A time has" if len(new) == 1 else f"{len(new)} times have"
        await events.emit(
            ctx,
            "planner.schedule.gap",
            subject=("schedule", row["id"]),
            severity="warning",
            message=f"{many} no post in “{row['name']}”. {new[0]['reason']}",
            data={"times": len(new), "first": f"{new[0]['wall']:%Y-%m-%dT%H:%M}"},
        )


async def _tell_made(ctx: Context, row: Row, made: list[UUID]) -> None:
    await events.emit(
        ctx,
        "planner.schedule.filled",
        subject=("schedule", row["id"]),
        message=f"“{row['name']}” planned {len(made)} {'post' if len(made) == 1 else 'posts'}",
        data={"posts": len(made)},
    )
    await audit.record(
        ctx,
        "schedule.filled",
        ("schedule", row["id"]),
        after={"posts": made},
        client=row["client_id"],
    )
