"""What tenancy does by itself, again and again."""

import logging

from greenroom.infra.context import Actor, Context, House
from greenroom.infra.database import Scope
from greenroom.infra.http import idempotency_store, limit_store
from greenroom.infra.jobs import Registry
from greenroom.tenancy import service_key_store, service_keys, session_store

log = logging.getLogger(__name__)

_ACTOR = Actor("system", None, "tenancy")


def register(registry: Registry) -> None:
    registry.every("tenancy.tidy", tidy, seconds=3600)
    registry.every("tenancy.service_keys", warn_of_keys, seconds=3600)


async def tidy(house: House) -> None:
    """Forget sign-ins and kept answers that are over, so that knocking at the door fills no table."""
    async with house.database.transaction() as tx:
        await session_store.tidy(tx)
        await idempotency_store.tidy(tx)
        await limit_store.tidy(tx)


async def warn_of_keys(house: House) -> None:
    """Tell of service keys that end soon or have ended, each in a transaction of its own."""
    now = house.clock.now()
    async with house.database.transaction() as tx:
        found = await service_key_store.to_warn(tx, now + service_keys.SOON, now)
    for row in found:
        organisation, client = row["organisation_id"], row["client_id"]
        clients = (client,) if client else ()
        try:
            async with house.database.transaction(Scope(organisation, clients, str(_ACTOR))) as tx:
                ctx = Context(organisation, clients, client, _ACTOR, tx, house.clock, house)
                await service_keys.warn(ctx, row["id"])
        except Exception:
            log.exception("service key %s could not be warned of; the next tick tries again", row["id"])
