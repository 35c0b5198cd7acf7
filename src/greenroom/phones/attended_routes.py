"""Attended apps over HTTP."""

from uuid import UUID

from fastapi import APIRouter

from greenroom.infra.http.context import Ctx
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.infra.http.paging import CursorText, Limit, Page, page_by
from greenroom.phones import attended
from greenroom.phones.contracts import AttendedApp, NewAttendedApp

router = APIRouter(tags=["phones"], route_class=AnswersOnce)


@router.get("/attended-apps", operation_id="list_attended_apps")
async def list_attended_apps(ctx: Ctx, cursor: CursorText = None, limit: Limit = 200) -> Page[AttendedApp]:
    """Apps in which nothing is done on more than one phone at once: those that ship, and the organisation's own."""
    found = await attended.list_attended(ctx)
    return page_by(found, lambda one: (f"{one.shipped:d}{one.name.lower()}", one.id), cursor=cursor, limit=limit)


@router.post("/attended-apps", operation_id="create_attended_app", status_code=201)
async def create_attended_app(ctx: Ctx, form: NewAttendedApp) -> AttendedApp:
    """Add one for the whole organisation, by its Android package or iOS bundle id."""
    return await attended.add_attended(ctx, form)


@router.delete("/attended-apps/{attended_app_id}", operation_id="delete_attended_app", status_code=204)
async def delete_attended_app(ctx: Ctx, attended_app_id: UUID) -> None:
    """Take back what the organisation added; what ships stays."""
    await attended.remove_attended(ctx, attended_app_id)
