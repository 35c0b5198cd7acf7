"""Turns for all endpoints that have something to hear, several at once: one that hangs holds up only itself."""

import asyncio
import logging
import time
from dataclasses import dataclass
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
_PAUSES = (1, 5, 30, 120)
"""Seconds in which an endpoint whose turns break off one after the other is not tried; the last one goes on."""


@dataclass(frozen=True, slots=True)
class _Broken:
    """An endpoint whose last turns broke off, and when it is tried again, by the process's own clock."""

    times: int
    until: float


_broken: dict[UUID, _Broken] = {}
"""In memory, for a turn may break before anything is written: nothing in the database keeps it from being due."""


async def deliver_due(house: House, *, resolver: Resolver = system_resolver, at_once: int = AT_ONCE) -> None:
    """Deliver until nothing is due and nobody is spoken with. Cancelled, it leaves what is on its way to others."""
    turns: dict[UUID, asyncio.Task[None]] = {}
    _forget_old()
    try:
        while True:
            for place in await due(house, at_once + len(_broken)):
                if place["id"] not in turns and len(turns) < at_once and not _rests(place["id"]):
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
    """A turn that broke is taken again after a pause that grows, and others have theirs meanwhile."""
    if turn.cancelled():
        return
    error = turn.exception()
    if error is None:
        _broken.pop(id, None)
        return
    times = _broken[id].times + 1 if id in _broken else 1
    pause = _PAUSES[min(times, len(_PAUSES)) - 1]
    _broken[id] = _Broken(times, time.monotonic() + pause)
    log.error("webhook %s: its turn broke off and is taken again in %s s", id, pause, exc_info=error)


def _forget_old() -> None:
    """Whoever was not tried for as long as the longest pause is gone or well, and begins anew."""
    for id in [id for id, one in _broken.items() if time.monotonic() > one.until + _PAUSES[-1]]:
        del _broken[id]


def _rests(id: UUID) -> bool:
    return id in _broken and time.monotonic() < _broken[id].until
