"""Accounts, links and corrections over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from greenroom.channels import accounts_now, correct, linking, links
from greenroom.channels.contracts import AccountNow, Link, LinkChange, NewCorrection, NewLink, Post
from greenroom.channels.linking_contracts import AccountChange, NewAccount, Reconnection
from greenroom.infra.http.context import Ctx
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.infra.http.paging import CursorText, Limit, Page, a_number, page_from, read_key
from greenroom.infra.http.steps import InSteps
from greenroom.infra.http.versions import Version

router = APIRouter(tags=["channels"], route_class=AnswersOnce)


@router.get("/accounts", operation_id="list_accounts")
async def list_accounts(ctx: Ctx, cursor: CursorText = None, limit: Limit = 200) -> Page[AccountNow]:
    """The accounts that you see, by name."""
    found = await accounts_now.list_accounts(ctx, after=read_key(cursor, str, UUID), limit=limit + 1)
    return page_from(found, limit, lambda one: (one.name, one.id))


@router.post("/accounts", operation_id="link_account", status_code=201)
async def link_account(steps: InSteps, form: NewAccount) -> AccountNow:
    """Sign in to an account elsewhere and keep it; the password goes to its own server and into the vault."""
    return await linking.link(steps, form)


@router.patch("/accounts/{account_id}", operation_id="change_account")
async def change_account(ctx: Ctx, account_id: UUID, version: Version, change: AccountChange) -> AccountNow:
    """Pause the account, or let it post again."""
    await linking.change(ctx, account_id, version, change)
    return await accounts_now.account_now(ctx, account_id)


@router.post("/accounts/{account_id}/connection", operation_id="reconnect_account")
async def reconnect_account(steps: InSteps, account_id: UUID, form: Reconnection) -> AccountNow:
    """Sign in again with a new app password of the same account."""
    return await linking.reconnect(steps, account_id, form)


@router.delete("/accounts/{account_id}", operation_id="unlink_account", status_code=204)
async def unlink_account(ctx: Ctx, account_id: UUID) -> None:
    """Forget the login. What was posted stays there."""
    await linking.unlink(ctx, account_id)


@router.get("/links", operation_id="list_links")
async def list_links(
    ctx: Ctx, account: Annotated[UUID | None, Query()] = None, cursor: CursorText = None, limit: Limit = 200
) -> Page[Link]:
    """Links in the order in which their page shows them, also those that are not shown now."""
    found = await links.list_links(ctx, account, after=read_key(cursor, UUID, a_number, UUID), limit=limit + 1)
    return page_from(found, limit, lambda one: (one.account_id, one.position, one.id))


@router.post("/links", operation_id="create_link", status_code=201)
async def create_link(ctx: Ctx, new: NewLink) -> Link:
    return await links.add_link(ctx, new)


@router.patch("/links/{link_id}", operation_id="change_link")
async def change_link(ctx: Ctx, link_id: UUID, version: Version, change: LinkChange) -> Link:
    return await links.change_link(ctx, link_id, version, change)


@router.delete("/links/{link_id}", operation_id="delete_link", status_code=204)
async def delete_link(ctx: Ctx, link_id: UUID) -> None:
    await links.remove_link(ctx, link_id)


@router.post("/posts/{post_id}/correct", operation_id="correct_post")
async def correct_post(ctx: Ctx, post_id: UUID, version: Version, wanted: NewCorrection) -> Post:
    """Give a published post other words where its platform lets one; `corrections` say what became of it."""
    return await correct.correct(ctx, post_id, version, wanted.caption)
