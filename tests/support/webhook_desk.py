"""Webhooks in the hands of a test: a signed-in browser, events, turns of the courier, time that passes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx

from greenroom.entrypoints.api import create_app
from greenroom.infra import events
from greenroom.infra.context import House
from greenroom.infra.fetch.resolve import Resolver, system_resolver
from greenroom.kit.ids import uuid7
from greenroom.tenancy.sign_in import start_session
from greenroom.tenancy.webhooks.courier import deliver_due
from tests.support.house import Tenant
from tests.support.settled import settled
from tests.support.webhook_receiver import Receiver

# What lets the receivers of a test be told although they are on loopback.
LOOPBACK = "127.0.0.1"


@dataclass
class HookDesk:
    """One organisation's administrator."""

    tenant: Tenant
    house: House
    browser: httpx.AsyncClient

    async def made(self, address: str, **form: Any) -> tuple[dict[str, Any], str]:
        """An endpoint for the tenant's client, and its secret."""
        body = {"address": address, "client_id": str(self.tenant.client), **form}
        answer = await self.browser.post("/webhooks", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()["made"], answer.json()["secret"]

    async def happened(
        self, *kinds: str, client: UUID | None = None, whole: bool = False, wait: bool = True
    ) -> list[str]:
        """An event of each kind, in a transaction of its own; their ids. Without `wait` they may have no place yet."""
        told = []
        for kind in kinds:
            seen = (client or self.tenant.client,)
            async with self.tenant.context(clients=seen) as ctx:
                event = await events.emit(ctx, kind, subject=("post", uuid7()), message=kind, whole=whole)
            told.append(str(event.id))
        if wait:
            await settled(self.tenant)
        return told

    async def deliver(self, *, resolver: Resolver = system_resolver) -> None:
        """A turn of the courier, with everything that was committed in its place."""
        await settled(self.tenant)
        await deliver_due(self.house, resolver=resolver)

    async def pass_time(self, by: timedelta, *clients: UUID) -> None:
        """Everything that webhooks remember happened that much earlier."""
        async with self.tenant.context(clients=clients) as ctx:
            await ctx.db.execute(
                """update webhook set rests_until = rests_until - %(by)s, failing_since = failing_since - %(by)s,
                          previous_until = previous_until - %(by)s""",
                {"by": by},
            )
            await ctx.db.execute(
                """update webhook_delivery set next_at = next_at - %(by)s, since = since - %(by)s,
                          created_at = created_at - %(by)s""",
                {"by": by},
            )

    async def webhook(self, id: str) -> dict[str, Any]:
        listed = (await self.browser.get("/webhooks")).json()["items"]
        found: dict[str, Any] = next(one for one in listed if one["id"] == id)
        return found

    async def deliveries(self, id: str) -> list[dict[str, Any]]:
        """The oldest first."""
        answer = await self.browser.get(f"/webhooks/{id}/deliveries")
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.json()["items"]
        return items[::-1]


@asynccontextmanager
async def hook_desk(tenant: Tenant, *receivers: Receiver) -> AsyncIterator[HookDesk]:
    """The administrator of an installation that may tell these receivers."""
    allowed = ",".join(f"{LOOPBACK}:{receiver.port}" for receiver in receivers)
    settings = tenant.house.settings.model_copy(update={"fetch_allow": allowed})
    house = replace(tenant.house, settings=settings)
    cookie = await start_session(house, tenant.organisation, tenant.user, address="", agent="test")
    browser = httpx.AsyncClient(
        transport=httpx.ASGITransport(app=create_app(house)),
        base_url="http://localhost/api/v1",
        headers={"Cookie": f"greenroom={cookie}"},
    )
    async with browser:
        yield HookDesk(tenant, house, browser)
