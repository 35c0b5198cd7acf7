"""The tick that sees servers that are down: what failed alike on several accounts is held against none of them."""

import logging
from collections import defaultdict
from urllib.parse import urlsplit
from uuid import UUID

from greenroom.channels import account_store, health_store
from greenroom.channels.health_outage import LEAST, LOOK_BACK, Failing, excused
from greenroom.infra import events
from greenroom.infra.context import Actor, House
from greenroom.infra.database import Row
from greenroom.infra.jobs.contexts import context_for

log = logging.getLogger(__name__)

_ACTOR = Actor("rule", None, "channels")


async def tick(house: House) -> None:
    await excuse_outages(house)


async def tidy(house: House) -> None:
    async with house.database.transaction() as tx:
        await health_store.tidy(tx)


async def excuse_outages(house: House) -> int:
    """Find the accounts that fail because their server is down, and clear them; gives how many."""
    now = house.clock.now()
    async with house.database.transaction() as tx:
        rows = await health_store.failing_together(tx, now - LOOK_BACK, LEAST)
    groups: dict[tuple[UUID, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["organisation_id"], row["service"], row["kind"]].append(row)
    cleared = 0
    for found in groups.values():
        failing = [Failing(row["account_id"], row["first_at"], row["last_at"]) for row in found]
        innocent = excused(failing, max(now, *(one.last_at for one in failing)))
        for row in found:
            if row["account_id"] in innocent and not row["excused"]:
                try:
                    await _clear(house, row, len(innocent))
                    cleared += 1
                except Exception:
                    log.exception("account %s could not be excused; the next tick tries again", row["account_id"])
    return cleared


async def _clear(house: House, row: Row, together: int) -> None:
    async with context_for(house, row["organisation_id"], row["client_id"], _ACTOR) as ctx:
        account = await account_store.account(ctx, row["account_id"], lock=True)  # before its troubles, as `note` does
        since = house.clock.now() - LOOK_BACK
        if not await health_store.excuse(ctx, row["account_id"], row["service"], row["kind"], since):
            return
        server = urlsplit(row["service"]).hostname or row["service"]
        await events.emit(
            ctx, "channels.account.server_down", subject=("account", account["id"]), client=account["client_id"],
            severity="warning",
            message=f"{server} seems down: {together} accounts fail alike. It is not held against {account['name']}",
        )  # fmt: skip
