"""The next thirty times of a schedule, as they would be if nothing changed."""

from collections.abc import Iterator
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo

from greenroom.channels import facade as channels
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.planner import schedule_store as store
from greenroom.planner.fill import from_now
from greenroom.planner.fitting import Fitting, fitting_of
from greenroom.planner.occurrences import Occurrence, Plan
from greenroom.planner.once import note_of
from greenroom.planner.schedule_contracts import ScheduleDraft, ScheduleTime, ScheduleTimes
from greenroom.planner.schedule_read import draft_of, plan_of
from greenroom.planner.schedules import check, new_seed
from greenroom.planner.when import instant, place_of

SHOWN = 30


async def of_draft(ctx: Context, draft: ScheduleDraft) -> ScheduleTimes:
    """Raises what making the schedule would raise. A seed is drawn when the draft has none."""
    draft = draft.model_copy(update={"seed": draft.seed or new_seed()})
    client = await check(ctx, draft)
    return await _times(ctx, await plan_of(ctx, client, draft), [])


async def of_saved(ctx: Context, schedule: UUID) -> ScheduleTimes:
    row = await store.schedule(ctx, schedule)
    if row["state"] == "cancelled":
        return ScheduleTimes(items=(), seed=row["seed"])
    return await _times(
        ctx, await plan_of(ctx, row["client_id"], draft_of(row)), await channels.of_schedule(ctx, schedule)
    )


async def _times(ctx: Context, plan: Plan, posts: list[Row]) -> ScheduleTimes:
    place, now = place_of(plan.draft.zone), await channels.database_now(ctx)
    fitting = await fitting_of(ctx, plan, posts)
    has = {(post["account_id"], post["occurrence"]): post["content_id"] for post in posts}
    times = [
        await _time(ctx, together, place, fitting, has)
        for together in islice(_together(from_now(plan, place, now)), SHOWN)
    ]
    return ScheduleTimes(items=tuple(times), seed=plan.seed)


async def _time(
    ctx: Context,
    together: list[Occurrence],
    place: ZoneInfo,
    fitting: Fitting,
    has: dict[tuple[UUID, str], UUID],
) -> ScheduleTime:
    first, content = together[0], None
    for one in together:
        found = has.get((one.account, one.key))
        if found is None and (fit := await fitting.content(ctx, one)):
            found = fit.id
            fitting.take(one, found)
        content = content or found
    return ScheduleTime(
        wall=first.wall,
        zone=place.key,
        at=instant(first.wall, place),
        note=next(filter(None, (note_of(one, place) for one in together)), None),
        account_ids=tuple(one.account for one in together),
        content_id=content,
    )


def _together(found: Iterator[Occurrence]) -> Iterator[list[Occurrence]]:
    """Times of the same name and moment as one, with their accounts."""
    group: list[Occurrence] = []
    for one in found:
        if group and (group[0].key, group[0].wall) != (one.key, one.wall):
            yield group
            group = []
        group.append(one)
    if group:
        yield group
