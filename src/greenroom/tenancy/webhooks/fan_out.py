"""From the events to one endpoint's deliveries: its place moves with them, so none is lost and none is there twice."""

from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.feed import Cursor, present, read_news
from greenroom.kit.ids import uuid7
from greenroom.tenancy.webhooks import delivery_store, webhook_store
from greenroom.tenancy.webhooks.rules import hears


async def fan_out(ctx: Context, webhook: dict[str, Any], claim: UUID) -> None:
    """Write down what the endpoint is to be told of the next events, in the context of what it may see."""
    after = Cursor(int(webhook["after_xid"]), webhook["after_id"])
    here = await present(ctx)
    news = await read_news(ctx, after)
    wanted = [
        {"id": uuid7(), "xid": str(place.xid), "event": place.id, "kind": event["kind"]}
        for place, event in news.events
        if hears(webhook["kinds"], event["kind"]) and webhook["client_id"] in (None, event["client_id"])
    ]
    if wanted:
        await delivery_store.add(ctx, webhook["id"], webhook["client_id"], wanted)
    # Past what it may not see too, or each look would begin there again.
    place = news.cursor if news.more else max(news.cursor, here)
    await webhook_store.move_on(ctx, webhook["id"], claim, place.xid, place.id)
