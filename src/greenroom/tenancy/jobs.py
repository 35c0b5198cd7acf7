"""What tenancy does by itself, again and again."""

from greenroom.infra.context import House
from greenroom.infra.http import idempotency_store
from greenroom.infra.jobs import Registry
from greenroom.tenancy import session_store


def register(registry: Registry) -> None:
    registry.every("tenancy.tidy", tidy, seconds=3600)


async def tidy(house: House) -> None:
    """Forget sign-ins and kept answers that are over, so that knocking at the door fills no table."""
    async with house.database.transaction() as tx:
        await session_store.tidy(tx)
        await idempotency_store.tidy(tx)
