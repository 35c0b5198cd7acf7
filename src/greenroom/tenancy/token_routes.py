"""API tokens over HTTP: a person's own, shown once."""

from uuid import UUID

from fastapi import APIRouter

from greenroom.infra.http.context import Ctx
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.infra.http.paging import CursorText, Limit, Page, page_by
from greenroom.tenancy import tokens
from greenroom.tenancy.token_contracts import ApiToken, MadeApiToken, NewApiToken

router = APIRouter(tags=["tokens"], route_class=AnswersOnce)


@router.get("/tokens", operation_id="list_tokens")
async def list_tokens(ctx: Ctx, cursor: CursorText = None, limit: Limit = 200) -> Page[ApiToken]:
    """Your own tokens, the newest first."""
    found = await tokens.list_tokens(ctx)
    return page_by(found, lambda one: (one.created_at.isoformat(), one.id), cursor=cursor, limit=limit, descending=True)


@router.post("/tokens", operation_id="create_token", status_code=201)
async def create_token(ctx: Ctx, form: NewApiToken) -> MadeApiToken:
    """A token for a program, sent as `Authorization: Bearer …`. This answer holds the only copy."""
    return await tokens.create_token(ctx, form)


@router.delete("/tokens/{token_id}", operation_id="delete_token", status_code=204)
async def delete_token(ctx: Ctx, token_id: UUID) -> None:
    await tokens.delete_token(ctx, token_id)
