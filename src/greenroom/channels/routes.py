"""Accounts and links over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from greenroom.channels import accounts, linking, links
from greenroom.channels.contracts import Account, Link, LinkChange, NewLink
from greenroom.channels.linking_contracts import AccountChange, NewAccount, Reconnection
from greenroom.infra.http.context import Ctx
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.infra.http.paging import CursorText, Limit, Page, page_by
from greenroom.infra.http.steps import InSteps
from greenroom.infra.http.versions import Version

router = APIRouter(tags=["channels"], route_class=AnswersOnce)


@router.get("/accounts", operation_id="list_accounts")
async def list_accounts(ctx: Ctx, cursor: CursorText = None, limit: Limit = 200) -> Page[Account]:
    """The accounts that you see, by name."""
    found = await accounts.list_accounts(ctx)
    return page_by(found, lambda one: (one.name.casefold(), one.id), cursor=cursor, limit=limit)


@router.post("/accounts", operation_id="link_account", status_code=201)
async def link_account(steps: InSteps, form: NewAccount) -> Account:
    """Sign in to an account elsewhere and keep it; the password goes to its own server and into the vault."""
    return await linking.link(steps, form)


@router.patch("/accounts/{account_id}", operation_id="change_account")
async def change_account(ctx: Ctx, account_id: UUID, version: Version, change: AccountChange) -> Account:
    """Pause the account, or let it post again."""
    return await linking.change(ctx, account_id, version, change)


@router.post("/accounts/{account_id}/connection", operation_id="reconnect_account")
async def reconnect_account(steps: InSteps, account_id: UUID, form: Reconnection) -> Account:
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
    found = await links.list_links(ctx, account)
    return page_by(found, lambda one: (f"{one.account_id} {one.position:010}", one.id), cursor=cursor, limit=limit)


@router.post("/links", operation_id="create_link", status_code=201)
async def create_link(ctx: Ctx, new: NewLink) -> Link:
    return await links.add_link(ctx, new)


@router.patch("/links/{link_id}", operation_id="change_link")
async def change_link(ctx: Ctx, link_id: UUID, version: Version, change: LinkChange) -> Link:
    return await links.change_link(ctx, link_id, version, change)


@router.delete("/links/{link_id}", operation_id="delete_link", status_code=204)
async def delete_link(ctx: Ctx, link_id: UUID) -> None:
    await links.remove_link(ctx, link_id)
