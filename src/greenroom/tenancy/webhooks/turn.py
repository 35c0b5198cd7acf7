"""One endpoint's turn: look what happened, send what is due one after the other, leave it in peace when it fails."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from greenroom.infra.context import Context, House
from greenroom.infra.database import Row
from greenroom.infra.fetch.resolve import Resolver
from greenroom.tenancy.webhooks import delivery_store
from greenroom.tenancy.webhooks import webhook_store as store
from greenroom.tenancy.webhooks.access import reach_now
from greenroom.tenancy.webhooks.acting import acting
from greenroom.tenancy.webhooks.fan_out import fan_out
from greenroom.tenancy.webhooks.send import Said, send
from greenroom.tenancy.webhooks.settle import NOTHING, disable, settle
from greenroom.tenancy.webhooks.signature import body_of, headers_of

LEASE = timedelta(seconds=30)
"""How long an endpoint stays taken when whoever delivers dies; longer than one request may last."""
AT_MOST = 20
"""Deliveries of one turn, so that an endpoint with a long queue lets others go before."""
_UNREADABLE = {
    "status": None,
    "answer": "",
    "error": "What happened may no longer be read by whoever answers for this webhook",
    "duration_ms": 0,
}


async def take_turn(house: House, place: Row, resolver: Resolver) -> None:
    """Deliver what is due for the endpoint, if nobody else does and its person may still have it."""
    organisation, own = place["organisation_id"], (place["client_id"],) if place["client_id"] else ()
    claim = uuid4()
    async with acting(house, organisation, own) as ctx:
        webhook = await store.take(ctx, place["id"], claim, LEASE)
        if webhook is None:
            return
        clients = await reach_now(ctx, webhook)
        if clients is None:
            await disable(ctx, webhook["id"], "Whoever answers for it no longer manages what it is told about")
            return
    async with acting(house, organisation, clients) as ctx:
        await fan_out(ctx, webhook, claim)
    turn = _Turn(house, organisation, clients, webhook, claim, resolver)
    rest = await turn.deliver()
    if rest is not None:
        async with acting(house, organisation, clients) as ctx:
            await store.release(ctx, webhook["id"], claim, rest)


class _Turn:
    """What stays the same from one delivery to the next; secrets are opened once, and only when something is due."""

    def __init__(
        self,
        house: House,
        organisation: UUID,
        clients: tuple[UUID, ...],
        webhook: dict[str, Any],
        claim: UUID,
        resolver: Resolver,
    ) -> None:
        self._house, self._organisation, self._clients = house, organisation, clients
        self._webhook, self._claim, self._resolver = webhook, claim, resolver
        self._secrets: tuple[str, ...] = ()

    async def deliver(self) -> timedelta | None:
        """How long to leave the endpoint in peace now; None when it is no longer ours."""
        for _ in range(AT_MOST):
            async with acting(self._house, self._organisation, self._clients) as ctx:
                if not await self._held(ctx):
                    return None
                row = await delivery_store.next_due(ctx, self._webhook["id"])
                if row is None:
                    return NOTHING
                if row["id"] is None:
                    await self._give_up(ctx, row)
                    continue
                self._secrets = self._secrets or await self._open(ctx)
            said = await self._send(row)
            # What was said is lost when this process dies here: it is sent again, under the same id.
            async with acting(self._house, self._organisation, self._clients) as ctx:
                if not await self._held(ctx):
                    return None
                rest = await settle(ctx, self._webhook["id"], row, said)
            if not said.well:
                return rest
        return NOTHING

    async def _held(self, ctx: Context) -> bool:
        return await store.hold(ctx, self._webhook["id"], self._claim, LEASE)

    async def _send(self, row: Row) -> Said:
        body = body_of(self._organisation, row)
        headers = headers_of(row["id"], row["now"], body, self._secrets)
        return await send(self._house.settings, self._webhook["address"], headers, body, resolver=self._resolver)

    async def _open(self, ctx: Context) -> tuple[str, ...]:
        """The secrets that sign now, the newest first; an older one whose time is over is forgotten."""
        vault, webhook = self._house.vault, self._webhook
        newest = await vault.open(ctx, webhook["secret_id"], why="To sign what a webhook is told")
        previous = webhook["previous_secret_id"]
        if previous is None:
            return (newest.text(),)
        if not webhook["previous_signs"]:
            await store.forget_previous(ctx, webhook["id"])
            await vault.forget(ctx, previous)
            self._webhook = {**webhook, "previous_secret_id": None}
            return (newest.text(),)
        older = await vault.open(
            ctx, previous, why="To sign what a webhook is told, until its receiver has the new one"
        )
        return newest.text(), older.text()

    async def _give_up(self, ctx: Context, row: Row) -> None:
        await delivery_store.write_answer(ctx, row["delivery"], _UNREADABLE, state="dead", wait=NOTHING)
