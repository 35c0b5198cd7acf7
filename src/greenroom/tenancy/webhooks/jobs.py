"""What webhooks do by themselves: one worker at a time delivers."""

from greenroom.infra.context import House
from greenroom.infra.jobs import Registry
from greenroom.tenancy.webhooks.acting import tidy
from greenroom.tenancy.webhooks.courier import deliver_due


def register(registry: Registry) -> None:
    registry.every("webhooks.deliver", _deliver, seconds=1)
    registry.every("webhooks.tidy", tidy, seconds=3600)


async def _deliver(house: House) -> None:
    await deliver_due(house)
