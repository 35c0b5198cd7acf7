"""API tokens over HTTP: a person's own, shown once."""

from uuid import UUID

from fastapi import APIRouter

from greenroom.infra.http.context import Ctx
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.infra.http.paging import Page
from greenroom.tenancy import tokens
from greenroom.tenancy.token_contracts import ApiToken, MadeApiToken, NewApiToken

router = APIRouter(tags=["tokens"], route_class=AnswersOnce)


@router.get("/tokens", operation_id="list_tokens")
async def list_tokens(ctx: Ctx) -> Page[ApiToken]:
    return Page(items=await tokens.list_tokens(ctx))


@router.post("/tokens", operation_id="create_token", status_code=201)
async def create_token(ctx: Ctx, form: NewApiToken) -> MadeApiToken:
    """A token for a program, sent as `Authorization: Bearer …`. This answer holds the only copy."""
    return await tokens.create_token(ctx, form)


@router.delete("/tokens/{token_id}", operation_id="delete_token", status_code=204)
async def delete_token(ctx: Ctx, token_id: UUID) -> None:
    await tokens.delete_token(ctx, token_id)
