"""Who holds the phones of a wall, as it is told: a phone is its person's once nothing of who had it before comes."""

import asyncio
from uuid import UUID

from greenroom.phones import agent_desk
from greenroom.phones.lines import Heard, Lines
from greenroom.phones.wall_outbox import Outbox
from greenroom.wire.messages import Held, LeaseSeen

WITHIN = agent_desk.PATIENCE.total_seconds()
"""Seconds after which a phone is its person's in any case: an agent that was not heard of for so long is gone, and
with it whatever was on its way there."""


class Told:
    """One wall's. The agent says which epoch it takes; until then the former holder's input may still arrive."""

    def __init__(self, lines: Lines, out: Outbox) -> None:
        self._lines, self._out = lines, out
        self._held: dict[UUID, Held] = {}
        self._waits: dict[UUID, asyncio.TimerHandle] = {}

    def tell(self, phone: UUID, held: Held) -> None:
        """As it was read just now; its agent was told before."""
        if self._held.get(phone) != held:
            self.forget(phone)
            self._held[phone] = held
            self._waits[phone] = asyncio.get_running_loop().call_later(WITHIN, self._say, phone)
            self._lines.listen(phone, self._hear)
        if phone in self._waits and (not held.mine or self._is_free(phone, held.epoch)):
            self._say(phone)

    def forget(self, phone: UUID) -> None:
        self._held.pop(phone, None)
        self._stop(phone)

    def _hear(self, phone: UUID, what: Heard) -> None:
        if isinstance(what, LeaseSeen) and what.epoch >= self._held[phone].epoch:
            self._say(phone)

    def _is_free(self, phone: UUID, epoch: int) -> bool:
        way = self._lines.of(phone)
        return way is None or way[0].passed.get(phone, 0) >= epoch

    def _say(self, phone: UUID) -> None:
        self._stop(phone)
        self._out.put(self._held[phone])

    def _stop(self, phone: UUID) -> None:
        timer = self._waits.pop(phone, None)
        if timer is not None:
            timer.cancel()
            self._lines.stop(phone, self._hear)
