"""A process that delivers webhooks once: `python -m tests.chaos.webhook_courier URL HOME ALLOWED`."""

import asyncio
import sys
from pathlib import Path

from greenroom.entrypoints.house import make_house, opened
from greenroom.infra.settings import Settings
from greenroom.tenancy.webhooks.courier import deliver_due


async def deliver() -> None:
    url, home, allowed = sys.argv[1:4]
    house = make_house(Settings(home=Path(home), fetch_allow=allowed), url, connections=3)
    async with opened(house):
        await deliver_due(house)


if __name__ == "__main__":
    asyncio.run(deliver())
