"""One endpoint's turn: look what happened, send what is due one after the other, leave it in peace when it fails.

Whether it may still be told, where, and signed with what is asked anew before each delivery: a turn may last for
minutes, and who loses a client meanwhile is told nothing more of it.
"""

from datetime import timedelta
from uuid import UUID, uuid4

from greenroom.infra.context import Context, House
from greenroom.infra.database import Row
from greenroom.infra.fetch.resolve import Resolver
from greenroom.tenancy.webhooks import delivery_store
from greenroom.tenancy.webhooks import webhook_store as store
from greenroom.tenancy.webhooks.access import reach_now
from greenroom.tenancy.webhooks.acting import acting, seeing
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
        clients = await _reach(ctx, webhook) if webhook is not None else None
    if webhook is None or clients is None:
        return
    async with acting(house, organisation, clients) as ctx:
        await fan_out(ctx, webhook, claim)
    rest = await _Turn(house, organisation, own, place["id"], claim, resolver).deliver()
    if rest is not None:
        async with acting(house, organisation, own) as ctx:
            await store.release(ctx, place["id"], claim, rest)


async def _reach(ctx: Context, webhook: Row) -> tuple[UUID, ...] | None:
    """The clients it may be told of now; when its person may not have it any more it is switched off."""
    clients = await reach_now(ctx, webhook)
    if clients is None:
        await disable(ctx, webhook["id"], "Whoever answers for it no longer manages what it is told about")
    return clients


class _Turn:
    """One endpoint while it is ours. Secrets are opened when something is due, and again only when they changed."""

    def __init__(
        self, house: House, organisation: UUID, own: tuple[UUID, ...], id: UUID, claim: UUID, resolver: Resolver
    ) -> None:
        self._house, self._organisation, self._own = house, organisation, own
        self._id, self._claim, self._resolver = id, claim, resolver
        self._opened: tuple[UUID, UUID | None] | None = None
        self._secrets: tuple[str, ...] = ()

    async def deliver(self) -> timedelta | None:
        """How long to leave the endpoint in peace now; None when it is no longer ours."""
        for _ in range(AT_MOST):
            async with acting(self._house, self._organisation, self._own) as ctx:
                webhook = await self._hold(ctx)
                clients = await _reach(ctx, webhook) if webhook is not None else None
                if webhook is None or clients is None:
                    return None
                row = await delivery_store.next_due(await seeing(ctx, clients), self._id)
                if row is None:
                    return NOTHING
                if row["id"] is None:
                    await delivery_store.write_answer(ctx, row["delivery"], _UNREADABLE, state="dead", wait=NOTHING)
                    continue
                await self._open(ctx, webhook)
            said = await self._send(webhook["address"], row)
            # What was said is lost when this process dies here: it is sent again, under the same id.
            async with acting(self._house, self._organisation, self._own) as ctx:
                if await self._hold(ctx) is None:
                    return None
                rest = await settle(ctx, self._id, row, said)
            if not said.well:
                return rest
        return NOTHING

    async def _hold(self, ctx: Context) -> Row | None:
        return await store.hold(ctx, self._id, self._claim, LEASE)

    async def _send(self, address: str, row: Row) -> Said:
        body = body_of(self._organisation, row)
        headers = headers_of(row["id"], row["now"], body, self._secrets)
        return await send(self._house.settings, address, headers, body, resolver=self._resolver)

    async def _open(self, ctx: Context, webhook: Row) -> None:
        """Have the secrets that sign now, the newest first; an older one whose time is over is forgotten."""
        vault, newest, previous = self._house.vault, webhook["secret_id"], webhook["previous_secret_id"]
        if previous is not None and not webhook["previous_signs"]:
            await store.forget_previous(ctx, self._id)
            await vault.forget(ctx, previous)
            previous = None
        if self._opened == (newest, previous):
            return
        secrets = [await vault.open(ctx, newest, why="To sign what a webhook is told")]
        if previous is not None:
            why = "To sign what a webhook is told, until its receiver has the new one"
            secrets.append(await vault.open(ctx, previous, why=why))
        self._opened, self._secrets = (newest, previous), tuple(secret.text() for secret in secrets)
