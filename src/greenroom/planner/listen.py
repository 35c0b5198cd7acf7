"""What the planner hears: a client's zone may have changed, and with it what its slots mean."""

from greenroom.infra import events
from greenroom.infra.context import Context
from greenroom.infra.events import Event
from greenroom.planner import schedule_store


def register() -> None:
    events.listen("tenancy.client.changed", follow_client)


async def follow_client(ctx: Context, event: Event) -> None:
    await schedule_store.fill_slots_soon(ctx, event.about)
