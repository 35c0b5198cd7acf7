"""The state of accounts over HTTP: each as it stands now, its history, and what a person does about it."""

from uuid import UUID

from fastapi import APIRouter

from greenroom.channels import account_acts, account_moves, accounts_now
from greenroom.channels.contracts import AccountMove, AccountNow
from greenroom.channels.linking_contracts import AccountMoveForm, AccountReversal
from greenroom.infra.http.context import Ctx
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.infra.http.paging import CursorText, Limit, Page, page_of, read_cursor
from greenroom.infra.http.versions import Version

router = APIRouter(tags=["channels"], route_class=AnswersOnce)


@router.get("/accounts/{account_id}", operation_id="get_account")
async def get_account(ctx: Ctx, account_id: UUID) -> AccountNow:
    """The account with what it may post now, where its ramp is, and how healthy it is."""
    return await accounts_now.account_now(ctx, account_id)


@router.get("/accounts/{account_id}/moves", operation_id="list_account_moves")
async def list_account_moves(
    ctx: Ctx, account_id: UUID, cursor: CursorText = None, limit: Limit = 50
) -> Page[AccountMove]:
    """From which state to which it was moved, by whom or what, when and why; the newest first."""
    found = await account_moves.list_moves(ctx, account_id, read_cursor(cursor), limit + 1)
    return page_of(found, limit, lambda one: (one.at, one.id))


@router.post("/accounts/{account_id}/moves", operation_id="move_account")
async def move_account(ctx: Ctx, account_id: UUID, version: Version, form: AccountMoveForm) -> AccountNow:
    """Pause it, let it rest until a time, or let it post again. What its platform did only the platform lifts."""
    await account_acts.do(ctx, account_id, version, form)
    return await accounts_now.account_now(ctx, account_id)


@router.post("/accounts/{account_id}/reversal", operation_id="reverse_account_move")
async def reverse_account_move(ctx: Ctx, account_id: UUID, version: Version, form: AccountReversal) -> AccountNow:
    """Take back what a rule did last: the end of a phase, a cooldown, a flag."""
    before = await account_acts.at_version(ctx, account_id, version)
    await account_acts.reverse(ctx, before, form.why)
    return await accounts_now.account_now(ctx, account_id)
