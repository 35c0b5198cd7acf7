"""Turns for all endpoints that have something to hear, several at once: one that hangs holds up only itself."""

import asyncio
import logging
from uuid import UUID

from greenroom.infra.context import House
from greenroom.infra.fetch.resolve import Resolver, system_resolver
from greenroom.tenancy.webhooks.acting import due
from greenroom.tenancy.webhooks.turn import take_turn

log = logging.getLogger(__name__)

AT_ONCE = 16
"""Endpoints that are spoken with at the same time."""
_LOOK = 0.5
"""Seconds after which somebody new is looked for while others are spoken with."""


async def deliver_due(house: House, *, resolver: Resolver = system_resolver, at_once: int = AT_ONCE) -> None:
    """Deliver until nothing is due and nobody is spoken with. Cancelled, it leaves what is on its way to others."""
    turns: dict[UUID, asyncio.Task[None]] = {}
    try:
        while True:
            for place in await due(house, at_once):
                if place["id"] not in turns and len(turns) < at_once:
                    turns[place["id"]] = asyncio.create_task(take_turn(house, place, resolver))
            if not turns:
                return
            await asyncio.wait(turns.values(), timeout=_LOOK, return_when=asyncio.FIRST_COMPLETED)
            for id in [id for id, turn in turns.items() if turn.done()]:
                _look_at(id, turns.pop(id))
    finally:
        for turn in turns.values():
            turn.cancel()
        await asyncio.gather(*turns.values(), return_exceptions=True)


def _look_at(id: UUID, turn: asyncio.Task[None]) -> None:
    """A turn that broke leaves its endpoint taken until the lease is over, and others have theirs meanwhile."""
    if not turn.cancelled() and (error := turn.exception()) is not None:
        log.error("webhook %s: its turn broke off and is taken again", id, exc_info=error)
