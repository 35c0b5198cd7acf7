"""What an endpoint was sent and what it answered; a test event; one delivery once more."""

from datetime import datetime
from uuid import UUID

from greenroom.infra import events
from greenroom.infra.context import Context
from greenroom.kit.errors import Conflict
from greenroom.kit.ids import uuid7
from greenroom.tenancy.webhooks import delivery_store as store
from greenroom.tenancy.webhooks import webhook_store
from greenroom.tenancy.webhooks.contracts import Delivery, DeliveryState, Webhook
from greenroom.tenancy.webhooks.endpoints import get_webhook
from greenroom.tenancy.webhooks.rules import TEST


async def list_deliveries(
    ctx: Context,
    webhook_id: UUID,
    *,
    state: DeliveryState | None,
    before: tuple[datetime, UUID] | None,
    limit: int,
) -> list[Delivery]:
    """The newest first."""
    await get_webhook(ctx, webhook_id)
    rows = await store.deliveries(ctx, webhook_id, state=state, before=before, limit=limit)
    return [Delivery(**row) for row in rows]


async def send_test(ctx: Context, webhook_id: UUID) -> Delivery:
    """An event of the kind `tenancy.webhook.test`, for this endpoint only, whatever it chose; it goes first."""
    webhook = _switched_on(await get_webhook(ctx, webhook_id))
    event = await events.emit(
        ctx,
        TEST,
        subject=("webhook", webhook_id),
        message="A test, sent by hand",
        client=webhook.client_id,
        whole=webhook.client_id is None,
    )
    id = uuid7()
    await store.add_test(ctx, webhook_id, webhook.client_id, id, event.id)
    await webhook_store.wake(ctx, webhook_id)
    return Delivery(**await store.delivery(ctx, webhook_id, id))


async def send_again(ctx: Context, webhook_id: UUID, delivery_id: UUID) -> Delivery:
    """Send it once more and before all others, under the same webhook-id, with a new round of attempts."""
    webhook = await get_webhook(ctx, webhook_id)
    await store.delivery(ctx, webhook_id, delivery_id)
    _switched_on(webhook)
    await store.send_again(ctx, webhook_id, delivery_id)
    await webhook_store.wake(ctx, webhook_id)
    return Delivery(**await store.delivery(ctx, webhook_id, delivery_id))


def _switched_on(webhook: Webhook) -> Webhook:
    if not webhook.active:
        raise Conflict("This webhook is switched off; switch it on first")
    return webhook
