"""The apps that only a person tends, one phone at a time: those that ship, and what an organisation adds."""

from uuid import UUID, uuid5

from greenroom.infra import audit, events
from greenroom.infra.context import Context
from greenroom.kit.errors import Conflict, Forbidden
from greenroom.kit.ids import uuid7
from greenroom.phones import attended_store as store
from greenroom.phones.access import sees_all
from greenroom.phones.attended_apps import is_attended, shipped
from greenroom.phones.contracts import AttendedApp, NewAttendedApp

_SHIPPED = UUID("5b0f9d2e-6a34-4c1b-9d65-1f2a7f0c8e11")
"""The namespace in which a shipped app's id is made from its package, so that it is the same everywhere."""


async def of(ctx: Context) -> frozenset[str]:
    """The organisation's additions in small letters, for `attended_apps.is_attended`, which knows the shipped ones."""
    return frozenset(row["app"] for row in await store.added(ctx))


async def list_attended(ctx: Context) -> list[AttendedApp]:
    """Shipped and added."""
    added = [AttendedApp(**row, shipped=False) for row in await store.added(ctx)]
    return [*added, *_shipped()]


async def add_attended(ctx: Context, form: NewAttendedApp) -> AttendedApp:
    """For the whole organisation. Raises Conflict for what is attended already, Forbidden but for super users."""
    _only_super(ctx)
    id = uuid7()
    added_by = ctx.actor.id if ctx.actor.kind == "user" else None
    row = {"id": id, "app": form.app, "name": form.name, "added_by": added_by}
    if is_attended(form.app) or not await store.add(ctx, row):
        raise Conflict(f"{form.app} is attended already")
    await _tell(ctx, id)
    await audit.record(ctx, "attended_app.added", ("attended_app", id), after={"app": form.app, "name": form.name})
    return next(one for one in await list_attended(ctx) if one.id == id)


async def remove_attended(ctx: Context, id: UUID) -> None:
    """An own addition; Forbidden for what ships, NotFound for what is not on the list."""
    if any(one.id == id for one in _shipped()):
        raise Forbidden("This app ships as attended and stays so; only apps that you added can be removed")
    _only_super(ctx)
    row = await store.remove(ctx, id)
    await _tell(ctx, id)
    await audit.record(ctx, "attended_app.removed", ("attended_app", id), before=row)


def _shipped() -> list[AttendedApp]:
    return [
        AttendedApp(id=uuid5(_SHIPPED, app), app=app, name=name, shipped=True, added_by=None, created_at=None)
        for app, name in shipped().items()
    ]


def _only_super(ctx: Context) -> None:
    if not sees_all(ctx):
        raise Forbidden("Ask a super user; the list holds for every client of the organisation")


async def _tell(ctx: Context, id: UUID) -> None:
    await events.emit(
        ctx,
        "phones.attended.changed",
        subject=("attended_app", id),
        message="The list of attended apps was changed",
        whole=True,
    )
