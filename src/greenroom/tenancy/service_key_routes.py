"""Service keys over HTTP. No answer holds a value, whoever asks."""

from uuid import UUID

from fastapi import APIRouter

from greenroom.infra.http.context import Ctx
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.infra.http.paging import CursorText, Limit, Page, page_by
from greenroom.infra.http.versions import Version
from greenroom.tenancy import service_key_use, service_keys
from greenroom.tenancy.service_key_contracts import (
    NewServiceKey,
    Service,
    ServiceKey,
    ServiceKeyChange,
    ServiceShare,
    ServiceShareChange,
)
from greenroom.tenancy.service_registry import services

router = APIRouter(tags=["service keys"], route_class=AnswersOnce)


@router.get("/services", operation_id="list_services")
async def list_services(ctx: Ctx) -> Page[Service]:
    """The external services that Greenroom can use, and what they are for."""
    return Page(items=list(services()))


@router.get("/service-keys", operation_id="list_service_keys")
async def list_service_keys(ctx: Ctx, cursor: CursorText = None, limit: Limit = 200) -> Page[ServiceKey]:
    """The organisation's keys and those of the clients that you see, by service; without their values."""
    found = await service_keys.list_keys(ctx)
    return page_by(found, lambda one: (one.service, one.id), cursor=cursor, limit=limit)


@router.post("/service-keys", operation_id="create_service_key", status_code=201)
async def create_service_key(ctx: Ctx, form: NewServiceKey) -> ServiceKey:
    """Keep a key in the vault. The value is never shown again; replace it where it is lost."""
    return await service_keys.add_key(ctx, form)


@router.patch("/service-keys/{service_key_id}", operation_id="change_service_key")
async def change_service_key(ctx: Ctx, service_key_id: UUID, version: Version, form: ServiceKeyChange) -> ServiceKey:
    return await service_keys.change_key(ctx, service_key_id, version, form)


@router.delete("/service-keys/{service_key_id}", operation_id="delete_service_key", status_code=204)
async def delete_service_key(ctx: Ctx, service_key_id: UUID) -> None:
    await service_keys.delete_key(ctx, service_key_id)


@router.get("/service-shares", operation_id="list_service_shares")
async def list_service_shares(ctx: Ctx, cursor: CursorText = None, limit: Limit = 200) -> Page[ServiceShare]:
    """Which clients may use the organisation's keys where they have none of their own that works."""
    found = await service_key_use.list_shares(ctx)
    return page_by(found, lambda one: (one.service, one.client_id), cursor=cursor, limit=limit)


@router.put("/clients/{client_id}/service-shares", operation_id="share_service_key", status_code=204)
async def share_service_key(ctx: Ctx, client_id: UUID, form: ServiceShareChange) -> None:
    await service_key_use.share_key(ctx, client_id, form.service, shared=form.shared)
