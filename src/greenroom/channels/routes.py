"""Accounts and links over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from greenroom.channels import accounts, links
from greenroom.channels.contracts import Account, Link, LinkChange, NewLink
from greenroom.infra.http.context import Ctx
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.infra.http.paging import Page
from greenroom.infra.http.versions import Version

router = APIRouter(tags=["channels"], route_class=AnswersOnce)


@router.get("/accounts", operation_id="list_accounts")
async def list_accounts(ctx: Ctx) -> Page[Account]:
    """All accounts that you see, by name."""
    return Page(items=await accounts.list_accounts(ctx))


@router.get("/links", operation_id="list_links")
async def list_links(ctx: Ctx, account: Annotated[UUID | None, Query()] = None) -> Page[Link]:
    """Links in the order in which their page shows them, also those that are not shown now."""
    return Page(items=await links.list_links(ctx, account))


@router.post("/links", operation_id="create_link", status_code=201)
async def create_link(ctx: Ctx, new: NewLink) -> Link:
    return await links.add_link(ctx, new)


@router.patch("/links/{link_id}", operation_id="change_link")
async def change_link(ctx: Ctx, link_id: UUID, version: Version, change: LinkChange) -> Link:
    return await links.change_link(ctx, link_id, version, change)


@router.delete("/links/{link_id}", operation_id="delete_link", status_code=204)
async def delete_link(ctx: Ctx, link_id: UUID) -> None:
    await links.remove_link(ctx, link_id)
