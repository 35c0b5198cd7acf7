"""Making, changing, pausing and ending schedules. Each change fills the calendar again."""

import secrets
from typing import Any
from uuid import UUID

from greenroom.channels import facade as channels
from greenroom.infra import audit, events, versions
from greenroom.infra.context import Context
from greenroom.kit.errors import Conflict, Invalid, NotFound, Stale
from greenroom.kit.ids import uuid7
from greenroom.planner import schedule_store as store
from greenroom.planner.fill import fill, withdraw_all
from greenroom.planner.occurrences import check_plan
from greenroom.planner.schedule_contracts import NewSchedule, Schedule, ScheduleChange, ScheduleDraft
from greenroom.planner.schedule_read import KIND, draft_of, plan_of, row_of, said, shown
from greenroom.planner.when import place_of
from greenroom.studio import facade as studio

_NULLABLE = {"rule", "window"}


async def list_schedules(
    ctx: Context, *, after: tuple[str, UUID] | None = None, limit: int | None = None
) -> list[Schedule]:
    """By name: those after a name and id, so many."""
    return await shown(ctx, await store.schedules(ctx, after, limit))


async def get(ctx: Context, schedule: UUID) -> Schedule:
    (found,) = await shown(ctx, [await store.schedule(ctx, schedule)])
    return found


async def create(ctx: Context, new: NewSchedule) -> Schedule:
    """Raises NotFound for accounts and contents that are not here, Invalid for what can't be a schedule."""
    draft = ScheduleDraft.model_validate(dict(new) | {"seed": new.seed or new_seed()})
    client = await check(ctx, draft)
    schedule = uuid7()
    await store.insert(ctx, client, row_of(schedule, draft))
    await versions.kept(ctx.within(client), KIND, schedule, said(draft))
    await fill(ctx, schedule)
    return await _changed(ctx, schedule, "was made", before=None)


async def change(ctx: Context, schedule: UUID, version: int, wanted: ScheduleChange, *, reason: str = "") -> Schedule:
    """Change what is given; posts that wait follow. Stale when it was changed meanwhile, Conflict when it was ended."""
    row = await store.schedule(ctx, schedule, lock=True)
    if row["version"] != version:
        present = (await get(ctx, schedule)).model_dump(mode="json")
        raise Stale("This schedule was changed meanwhile; look again", present=present)
    if row["state"] == "cancelled":
        raise Conflict("This schedule was ended; make a new one")
    before = draft_of(row)
    given = {name: getattr(wanted, name) for name in wanted.model_fields_set}
    given = {name: value for name, value in given.items() if value is not None or name in _NULLABLE}
    draft = _merged(before, given)
    if draft == before:
        return await get(ctx, schedule)
    client = await check(ctx, draft)
    if client != row["client_id"]:
        raise Invalid("A schedule stays with its client", fields={"accounts": "Choose accounts of the same client"})
    await store.write(ctx, client, row_of(schedule, draft))
    await versions.kept(ctx.within(client), KIND, schedule, said(draft), before=said(before), reason=reason)
    if draft.contents != before.contents:
        await withdraw_all(ctx, schedule)
    if row["state"] != "paused":
        await fill(ctx, schedule)
    return await _changed(ctx, schedule, "was changed", before=before, reason=reason)


async def pause(ctx: Context, schedule: UUID) -> Schedule:
    """Hold it and its posts that wait. Doing it twice changes nothing."""
    row = await store.schedule(ctx, schedule, lock=True)
    if row["state"] == "paused":
        return await get(ctx, schedule)
    if row["state"] not in ("pending", "active"):
        raise Conflict(f"This schedule is {row['state']}; there is nothing to pause")
    await channels.hold(ctx, schedule)
    return await _step(ctx, schedule, "paused", "was paused")


async def resume(ctx: Context, schedule: UUID) -> Schedule:
    """Go on; what passed meanwhile is skipped or missed, as the schedule says."""
    row = await store.schedule(ctx, schedule, lock=True)
    if row["state"] in ("pending", "active"):
        return await get(ctx, schedule)
    if row["state"] != "paused":
        raise Conflict(f"This schedule is {row['state']}; make a new one")
    passed = await channels.release(ctx, schedule, skip=row["misfire"] == "skip")
    await store.write_state(ctx, schedule, "active")
    await fill(ctx, schedule)
    what = "goes on" if not passed else f"goes on; {passed} of its times passed meanwhile"
    return await _changed(ctx, schedule, what, before=None, state=(row["state"], "active"))


async def end(ctx: Context, schedule: UUID) -> None:
    """End it for good and cancel its posts that wait. Doing it twice changes nothing."""
    row = await store.schedule(ctx, schedule, lock=True)
    if row["state"] != "cancelled":
        await withdraw_all(ctx, schedule, moved=True)
        await store.write_gaps(ctx, row["client_id"], schedule, [])
        await _step(ctx, schedule, "cancelled", "was ended")


async def check(ctx: Context, draft: ScheduleDraft) -> UUID:
    """The client that the draft is for. NotFound, Invalid, with what to change."""
    clients = {(await channels.get_account(ctx, account)).client_id for account in draft.accounts}
    if len(clients) > 1:
        raise Invalid("A schedule is for one client", fields={"accounts": "Choose accounts of one client"})
    (client,) = clients
    if set((await studio.clients_of(ctx, draft.contents)).values()) - {client}:
        raise NotFound("There is no such video here")
    place_of(draft.zone)
    check_plan(await plan_of(ctx, client, draft))
    return client


def new_seed() -> str:
    return secrets.token_hex(4)


def _merged(before: ScheduleDraft, given: dict[str, Any]) -> ScheduleDraft:
    try:
        return ScheduleDraft.model_validate(dict(before) | given)
    except ValueError as error:
        raise Invalid(
            "These do not go together; give kind, rule and window as one", fields={"kind": str(error)}
        ) from error


async def _step(ctx: Context, schedule: UUID, state: str, what: str) -> Schedule:
    before = (await store.schedule(ctx, schedule))["state"]
    await store.write_state(ctx, schedule, state)
    return await _changed(ctx, schedule, what, before=None, state=(before, state))


async def _changed(
    ctx: Context,
    schedule: UUID,
    what: str,
    *,
    before: ScheduleDraft | None,
    state: tuple[str, str] | None = None,
    reason: str = "",
) -> Schedule:
    after = await get(ctx, schedule)
    await events.emit(
        ctx,
        "planner.schedule.changed",
        subject=("schedule", schedule),
        client=after.client_id,
        message=f"The schedule “{after.name}” {what}",
        data={"state": after.state},
    )
    stood: dict[str, Any] | None = said(before) if before else None
    stands = said(after)
    if state is not None:
        stood, stands = {"state": state[0]}, {"state": state[1]}
    await audit.record(
        ctx,
        "schedule.changed" if stood else "schedule.created",
        ("schedule", schedule),
        before=stood,
        after=stands,
        client=after.client_id,
        reason=reason or what,
    )
    return after
