"""What follows from an endpoint's answer: delivered, tried again, given up, or the endpoint switched off."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.kit.chance import Chance
from greenroom.tenancy.webhooks import delivery_store, webhook_store
from greenroom.tenancy.webhooks.contracts import Webhook
from greenroom.tenancy.webhooks.endpoints import tell
from greenroom.tenancy.webhooks.rules import DISABLE, next_try, rest, retry_after
from greenroom.tenancy.webhooks.send import Said

NOTHING = timedelta(0)


async def settle(ctx: Context, webhook: UUID, row: dict[str, Any], said: Said) -> timedelta:
    """Write the answer down; gives how long the endpoint's other deliveries wait. Raises nothing of its own."""
    answer = {
        "status": said.status,
        "answer": said.answer,
        "error": said.error,
        "duration_ms": round(said.duration.total_seconds() * 1000),
    }
    delivery = row["delivery"]
    if said.well:
        await delivery_store.write_answer(ctx, delivery, answer, state="delivered", wait=NOTHING)
        await webhook_store.note(ctx, webhook, well=True)
        return NOTHING
    asked = None if said.gone else retry_after(said.headers, row["now"])
    chance = Chance(f"{delivery}/{row['attempts']}")
    wait = None if said.gone else next_try(row["attempts"] + 1, row["age"], chance, asked=asked)
    await delivery_store.write_answer(
        ctx, delivery, answer, state="dead" if wait is None else "failed", wait=wait or NOTHING
    )
    failing = await webhook_store.note(ctx, webhook, well=False)
    if said.gone:
        await disable(ctx, webhook, "It answered 410 Gone: it wants no more")
    elif failing >= DISABLE:
        await disable(ctx, webhook, f"It has given no good answer for {failing.days} days")
    return rest(wait or NOTHING, asked=asked)


async def disable(ctx: Context, webhook: UUID, reason: str) -> None:
    """Switch the endpoint off, with an event and an entry in the audit trail."""
    before = Webhook(**await webhook_store.webhook(ctx, webhook, whole=True))
    if await webhook_store.disable(ctx, webhook, reason):
        after = Webhook(**await webhook_store.webhook(ctx, webhook, whole=True))
        message = f"A webhook was switched off. {reason}"
        await tell(ctx, "disabled", after, message, before=before, after=after, severity="error")
