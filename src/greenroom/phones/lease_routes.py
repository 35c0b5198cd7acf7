"""Who holds a phone, over HTTP: taken, kept, asked for, handed over, broken in, given back."""

from uuid import UUID

from fastapi import APIRouter

from greenroom.infra.http.context import Ctx
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.infra.http.paging import CursorText, Limit, Page, a_number, page_from, read_key
from greenroom.phones import lease_changes, leases
from greenroom.phones.contracts import BreakIn, Lease, LeaseAsk, LeaseEnd, LeaseRenewal, PastLease

router = APIRouter(tags=["phones"], route_class=AnswersOnce)


@router.post("/phones/{phone_id}/lease", operation_id="take_phone")
async def take_phone(ctx: Ctx, phone_id: UUID) -> Lease:
    """Hold the phone for a minute; renew it to keep it. Whoever holds it already gets the same lease."""
    return await leases.take(ctx, phone_id, "person", ctx.person())


@router.post("/phones/{phone_id}/lease/renewal", operation_id="renew_phone_lease")
async def renew_phone_lease(ctx: Ctx, phone_id: UUID, form: LeaseRenewal) -> Lease:
    """Keep it for another minute. 409 says why it was lost."""
    return await leases.renew(ctx, phone_id, form.epoch, ctx.person(), touched=form.touched)


@router.post("/phones/{phone_id}/lease/release", operation_id="release_phone", status_code=204)
async def release_phone(ctx: Ctx, phone_id: UUID, form: LeaseEnd) -> None:
    """Give it back."""
    await leases.release(ctx, phone_id, form.epoch, ctx.person())


@router.post("/phones/{phone_id}/lease/asking", operation_id="ask_for_phone")
async def ask_for_phone(ctx: Ctx, phone_id: UUID, form: LeaseAsk) -> Lease:
    """Let the person who holds it know that you want it next."""
    return await lease_changes.ask(ctx, phone_id, form.note)


@router.post("/phones/{phone_id}/lease/hand-over", operation_id="hand_phone_over")
async def hand_phone_over(ctx: Ctx, phone_id: UUID, form: LeaseEnd) -> Lease:
    """To who asked for it last."""
    return await lease_changes.hand_over(ctx, phone_id, form.epoch)


@router.post("/phones/{phone_id}/lease/break-in", operation_id="break_in_phone")
async def break_in_phone(ctx: Ctx, phone_id: UUID, form: BreakIn) -> Lease:
    """Take it from who holds it; they are told by whom and why, and it is in the audit trail."""
    return await lease_changes.break_in(ctx, phone_id, form.why)


@router.get("/phones/{phone_id}/leases", operation_id="list_phone_leases")
async def list_phone_leases(ctx: Ctx, phone_id: UUID, cursor: CursorText = None, limit: Limit = 50) -> Page[PastLease]:
    """Leases that ended, each with its reason; the newest first."""
    before = read_key(cursor, a_number)
    found = await leases.past_leases(ctx, phone_id, before=before[0] if before else None, limit=limit + 1)
    return page_from(found, limit, lambda one: (one.epoch,))
