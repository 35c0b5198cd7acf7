"""Schedules over HTTP."""

from uuid import UUID

from fastapi import APIRouter

from greenroom.infra.http.context import Ctx
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.infra.http.paging import CursorText, Limit, Page, page_from, read_key
from greenroom.infra.http.versions import Version
from greenroom.planner import schedules, times
from greenroom.planner.schedule_contracts import NewSchedule, Schedule, ScheduleChange, ScheduleDraft, ScheduleTimes

router = APIRouter(tags=["planner"], route_class=AnswersOnce)


@router.get("/schedules", operation_id="list_schedules")
async def list_schedules(ctx: Ctx, cursor: CursorText = None, limit: Limit = 200) -> Page[Schedule]:
    """Schedules by name, without those that were deleted."""
    found = await schedules.list_schedules(ctx, after=read_key(cursor, str, UUID), limit=limit + 1)
    return page_from(found, limit, lambda one: (one.name, one.id))


@router.post("/schedules", operation_id="create_schedule", status_code=201)
async def create_schedule(ctx: Ctx, new: NewSchedule) -> Schedule:
    """Make a schedule and its posts of the next two weeks."""
    return await schedules.create(ctx, new)


@router.post("/schedules/preview", operation_id="preview_schedule")
async def preview_schedule(ctx: Ctx, draft: ScheduleDraft) -> ScheduleTimes:
    """The next thirty times of a schedule that is being written. Makes nothing; keep the `seed` to get these times."""
    return await times.of_draft(ctx, draft)


@router.get("/schedules/{schedule_id}", operation_id="get_schedule")
async def get_schedule(ctx: Ctx, schedule_id: UUID) -> Schedule:
    return await schedules.get(ctx, schedule_id)


@router.patch("/schedules/{schedule_id}", operation_id="change_schedule")
async def change_schedule(ctx: Ctx, schedule_id: UUID, version: Version, change: ScheduleChange) -> Schedule:
    """Posts that wait follow the change; those that a person moved, and those that went out, stay."""
    return await schedules.change(ctx, schedule_id, version, change)


@router.delete("/schedules/{schedule_id}", operation_id="delete_schedule", status_code=204)
async def delete_schedule(ctx: Ctx, schedule_id: UUID) -> None:
    """End the schedule; its posts that wait are cancelled."""
    await schedules.end(ctx, schedule_id)


@router.post("/schedules/{schedule_id}/pause", operation_id="pause_schedule")
async def pause_schedule(ctx: Ctx, schedule_id: UUID) -> Schedule:
    """Hold the schedule and its posts that wait."""
    return await schedules.pause(ctx, schedule_id)


@router.post("/schedules/{schedule_id}/resume", operation_id="resume_schedule")
async def resume_schedule(ctx: Ctx, schedule_id: UUID) -> Schedule:
    """Go on. What passed meanwhile is skipped or asks a person, as the schedule says."""
    return await schedules.resume(ctx, schedule_id)


@router.get("/schedules/{schedule_id}/times", operation_id="list_schedule_times")
async def list_schedule_times(ctx: Ctx, schedule_id: UUID) -> ScheduleTimes:
    """The next thirty times."""
    return await times.of_saved(ctx, schedule_id)
