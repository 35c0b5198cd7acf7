"""The endpoints of an organisation: made, changed, given another secret, removed."""

import hashlib
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from greenroom.infra import audit, events
from greenroom.infra.context import Context
from greenroom.infra.feed import present
from greenroom.infra.http.steps import Steps
from greenroom.kit.errors import Conflict, Stale
from greenroom.kit.ids import uuid7
from greenroom.tenancy.people import is_super
from greenroom.tenancy.webhooks import webhook_store as store
from greenroom.tenancy.webhooks.access import check_reach
from greenroom.tenancy.webhooks.address import check_address
from greenroom.tenancy.webhooks.contracts import MadeWebhook, NewWebhook, Webhook, WebhookChange
from greenroom.tenancy.webhooks.rules import OLD_SECRET
from greenroom.tenancy.webhooks.signature import new_secret

MOST = 50
"""Endpoints that an organisation may have."""
_TOLD = {"client_id", "description", "kinds", "active", "disabled_reason"}


async def list_webhooks(ctx: Context) -> list[Webhook]:
    """The endpoints of the clients that the actor manages, the newest first; a super user's hold the others too."""
    return [Webhook(**row) for row in await store.webhooks(ctx, whole=await _whole(ctx))]


async def get_webhook(ctx: Context, webhook_id: UUID) -> Webhook:
    return Webhook(**await store.webhook(ctx, webhook_id, whole=await _whole(ctx)))


async def create_webhook(steps: Steps, form: NewWebhook) -> MadeWebhook:
    """An endpoint that hears what happens from now on. Raises AddressRefused, Conflict, Forbidden, NotFound."""
    async with steps.open() as looking:
        await check_reach(looking, form.client_id)
    await check_address(steps.house.settings, form.address)
    ctx = await steps.last()
    await check_reach(ctx, form.client_id)
    if await store.count(ctx) >= MOST:
        raise Conflict(f"There are {MOST} webhooks already; delete one that nobody needs")
    id, secret, here = uuid7(), new_secret(), await present(ctx)
    kept = await _keep(ctx, id, form.client_id, secret)
    await store.add(
        ctx,
        {
            "client": form.client_id, "id": id, "user": ctx.person(), "address": form.address,
            "description": form.description, "kinds": list(form.kinds), "secret": kept,
            "after_xid": str(here.xid), "after_id": here.id,
        },
    )  # fmt: skip
    made = await get_webhook(ctx, id)
    await tell(ctx, "created", made, "A webhook was made", after=made)
    return MadeWebhook(secret=secret, made=made)


async def change_webhook(steps: Steps, webhook_id: UUID, version: int, form: WebhookChange) -> Webhook:
    """Change it; whoever does answers for it from now on, with what they may see. Raises Stale and the same."""
    async with steps.open() as looking:
        before = await _reached(looking, webhook_id)
    if form.address is not None and form.address != before.address:
        await check_address(steps.house.settings, form.address)
    ctx = await steps.last()
    before = await _reached(ctx, webhook_id)
    here = await present(ctx)
    fields = {**before.model_dump(), **form.model_dump(exclude_none=True)}
    row = {name: fields[name] for name in ("address", "description", "active")}
    row |= {"kinds": list(fields["kinds"]), "user": ctx.person(), "after_xid": str(here.xid), "after_id": here.id}
    if not await store.change(ctx, webhook_id, version, row):
        present_state = (await get_webhook(ctx, webhook_id)).model_dump(mode="json")
        raise Stale("This webhook was changed meanwhile; look again", present=present_state)
    after = await get_webhook(ctx, webhook_id)
    await tell(ctx, "changed", after, "A webhook was changed", before=before, after=after)
    return after


async def rotate_secret(ctx: Context, webhook_id: UUID) -> MadeWebhook:
    """Another secret; the old one signs beside it for 24 h, so that the receiver can be changed in peace."""
    webhook = await get_webhook(ctx, webhook_id)
    await check_reach(ctx, webhook.client_id)
    held = await store.keys(ctx, webhook_id)
    secret = new_secret()
    kept = await _keep(ctx, webhook_id, webhook.client_id, secret)
    await store.rotate(ctx, webhook_id, kept, OLD_SECRET)
    if held["previous_secret_id"] is not None:
        await ctx.house.vault.forget(ctx, held["previous_secret_id"])
    await tell(ctx, "secret_rotated", webhook, "A webhook got another secret")
    return MadeWebhook(secret=secret, made=await get_webhook(ctx, webhook_id))


async def delete_webhook(ctx: Context, webhook_id: UUID) -> None:
    """Remove it with its deliveries and secrets; what is on its way still arrives, nothing else does."""
    before = await get_webhook(ctx, webhook_id)
    await check_reach(ctx, before.client_id)
    held = await store.keys(ctx, webhook_id)
    await store.remove(ctx, webhook_id)
    for secret in (held["secret_id"], held["previous_secret_id"]):
        if secret is not None:
            await ctx.house.vault.forget(ctx, secret)
    await tell(ctx, "deleted", before, "A webhook was deleted", before=before)


async def tell(
    ctx: Context,
    what: str,
    webhook: Webhook,
    message: str,
    *,
    before: Webhook | None = None,
    after: Webhook | None = None,
    severity: events.Severity = "info",
) -> None:
    """The event `tenancy.webhook.WHAT` and the entry `webhook.WHAT` of the audit trail."""
    await events.emit(
        ctx,
        f"tenancy.webhook.{what}",
        subject=("webhook", webhook.id),
        message=message,
        severity=severity,
        client=webhook.client_id,
        whole=webhook.client_id is None,
    )
    shown = [_told(one) if one else None for one in (before, after)]
    await audit.record(
        ctx, f"webhook.{what}", ("webhook", webhook.id), before=shown[0], after=shown[1], client=webhook.client_id
    )


def _told(webhook: Webhook) -> dict[str, Any]:
    """What the trail keeps for good. Addresses often hold a secret, so only the host, and a digest that shows a change.

    The webhook's id is hashed with it: the same address is not found again at another one.
    """
    digest = hashlib.sha256(f"{webhook.id}\0{webhook.address}".encode()).hexdigest()[:16]
    return webhook.model_dump(include=_TOLD) | {"host": urlsplit(webhook.address).hostname, "address_digest": digest}


async def _reached(ctx: Context, webhook_id: UUID) -> Webhook:
    """The endpoint; raises Forbidden where the actor may not have one."""
    webhook = await get_webhook(ctx, webhook_id)
    await check_reach(ctx, webhook.client_id)
    return webhook


async def _whole(ctx: Context) -> bool:
    """Whether the organisation's own endpoints are shown: to super users who did not ask for one client."""
    return ctx.client is None and await is_super(ctx)


async def _keep(ctx: Context, id: UUID, client: UUID | None, secret: str) -> UUID:
    return await ctx.house.vault.put(
        ctx, secret, kind="webhook", subject=("webhook", id), client=client, whole=client is None
    )
