"""Outgoing webhooks over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from greenroom.infra.http.context import Ctx
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.infra.http.paging import CursorText, Limit, Page, page_by, page_of, read_cursor
from greenroom.infra.http.steps import InSteps
from greenroom.infra.http.versions import Version
from greenroom.tenancy.webhooks import deliveries, endpoints
from greenroom.tenancy.webhooks.contracts import (
    Delivery,
    DeliveryState,
    MadeWebhook,
    NewWebhook,
    Webhook,
    WebhookChange,
)

router = APIRouter(tags=["webhooks"], route_class=AnswersOnce)


@router.get("/webhooks", operation_id="list_webhooks")
async def list_webhooks(ctx: Ctx, cursor: CursorText = None, limit: Limit = 200) -> Page[Webhook]:
    """Endpoints that are told what happens, each with its newest answer."""
    found = await endpoints.list_webhooks(ctx)
    return page_by(found, lambda one: (one.created_at.isoformat(), one.id), cursor=cursor, limit=limit, descending=True)


@router.post("/webhooks", operation_id="create_webhook", status_code=201)
async def create_webhook(steps: InSteps, form: NewWebhook) -> MadeWebhook:
    """An endpoint for what happens from now on. This answer holds the only copy of the secret that signs."""
    return await endpoints.create_webhook(steps, form)


@router.patch("/webhooks/{webhook_id}", operation_id="change_webhook")
async def change_webhook(steps: InSteps, webhook_id: UUID, version: Version, form: WebhookChange) -> Webhook:
    """Change it, or switch it on or off. What happens while it is off is not sent."""
    return await endpoints.change_webhook(steps, webhook_id, version, form)


@router.delete("/webhooks/{webhook_id}", operation_id="delete_webhook", status_code=204)
async def delete_webhook(ctx: Ctx, webhook_id: UUID) -> None:
    await endpoints.delete_webhook(ctx, webhook_id)


@router.post("/webhooks/{webhook_id}/secret", operation_id="rotate_webhook_secret", status_code=201)
async def rotate_webhook_secret(ctx: Ctx, webhook_id: UUID) -> MadeWebhook:
    """Another secret, shown once. For 24 hours both sign."""
    return await endpoints.rotate_secret(ctx, webhook_id)


@router.post("/webhooks/{webhook_id}/test", operation_id="test_webhook", status_code=202)
async def test_webhook(ctx: Ctx, webhook_id: UUID) -> Delivery:
    """Send a test event; its answer is in the list of deliveries within seconds."""
    return await deliveries.send_test(ctx, webhook_id)


@router.get("/webhooks/{webhook_id}/deliveries", operation_id="list_webhook_deliveries")
async def list_webhook_deliveries(
    ctx: Ctx,
    webhook_id: UUID,
    state: Annotated[DeliveryState | None, Query(description="Only those in this state")] = None,
    cursor: CursorText = None,
    limit: Limit = 50,
) -> Page[Delivery]:
    """What it was sent and what it answered, the newest first; kept for 30 days."""
    found = await deliveries.list_deliveries(ctx, webhook_id, state=state, before=read_cursor(cursor), limit=limit + 1)
    return page_of(found, limit, lambda one: (one.created_at, one.id))


@router.post(
    "/webhooks/{webhook_id}/deliveries/{delivery_id}/send-again",
    operation_id="redeliver_webhook",
    status_code=202,
)
async def redeliver_webhook(ctx: Ctx, webhook_id: UUID, delivery_id: UUID) -> Delivery:
    """Send a delivery once more, under the same webhook-id."""
    return await deliveries.send_again(ctx, webhook_id, delivery_id)
